import type { Tx } from '../../../platform/db/index.ts'
import { compare, decimal, ONE, parseDecimal, ZERO } from '../../../platform/decimal.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import type { AgreementFlag, AgreementKey, Exemption } from '../agreement.ts'
import { checkPeriod, overlaps } from '../period.ts'
import {
  insertExemption,
  insertFact,
  insertFlag,
  insertPlan,
  updateFactEnd,
  updateFlagEnd,
  updatePlanEnd,
} from '../store/term.ts'
import { lockAgreement, requirePlan } from './agreement.ts'

/**
 * This will put an agreement on a plan from a day on and end the plan before it that day. Refuses a plan of another
 * kind of service, a day outside the agreement or before the plan in force began, and a gap after the last plan.
 */
export async function assignPlan(
  tx: Tx,
  input: AgreementKey & { tariffId: number; startDate: LocalDate; endDate?: LocalDate },
): Promise<number> {
  const agreement = await lockAgreement(tx, input)
  const period = { startDate: input.startDate, endDate: input.endDate ?? null }
  checkPeriod(period)
  await requirePlan(tx, clientOf(input.customerId), input.tariffId, agreement.serviceKind)
  if (period.startDate < agreement.startDate)
    throw new Refusal(
      'rule',
      'plan_before_agreement',
      `The agreement starts on ${agreement.startDate}; its plan cannot start before.`,
    )
  const last = agreement.plans.at(-1)
  const covered = last === undefined ? agreement.startDate : last.endDate
  if (covered !== null && period.startDate > covered)
    throw new Refusal(
      'rule',
      'plan_gap',
      `The agreement has no plan from ${covered} to ${period.startDate}; start the plan on ${covered}.`,
    )
  if (last && period.startDate <= last.startDate)
    throw new Refusal(
      'conflict',
      'plan_overlaps',
      `The agreement is on another plan from ${last.startDate}; the new plan must start later.`,
    )
  if (last && last.endDate !== period.startDate) await updatePlanEnd(tx, last, period.startDate)
  const assignmentNumber = (last?.assignmentNumber ?? 0) + 1
  await insertPlan(tx, { ...input, ...period, assignmentNumber })
  return assignmentNumber
}

/** This will set a fact from a day on and end the one before it that day. Refuses a day with another value. */
export async function addFact(
  tx: Tx,
  input: AgreementKey & { factCode: string; startDate: LocalDate; endDate?: LocalDate; value: unknown },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const period = { startDate: input.startDate, endDate: input.endDate ?? null }
  checkPeriod(period)
  const present = agreement.facts.filter((fact) => fact.factCode === input.factCode)
  const last = present.at(-1)
  if (last && overlaps(last, period) && last.startDate < period.startDate) {
    await updateFactEnd(tx, last, period.startDate)
  } else if (present.some((fact) => overlaps(fact, period)))
    throw new Refusal(
      'conflict',
      'fact_overlaps',
      `The agreement has ${input.factCode} in that time already.`,
    )
  await insertFact(tx, { ...input, ...period })
}

/** This will end a fact that counts on a day, that day. Nothing happens when there is none. */
export async function endFact(
  tx: Tx,
  input: AgreementKey & { factCode: string; endDate: LocalDate },
): Promise<void> {
  const { factCode, endDate } = input
  const { facts } = await lockAgreement(tx, input)
  const present = facts.find(
    (one) =>
      one.factCode === factCode && one.startDate < endDate && (one.endDate === null || one.endDate > endDate),
  )
  if (present) await updateFactEnd(tx, present, endDate)
}

/** This will exempt an agreement from a tax, fee or step and answer its number. The share is 0 to 1. */
export async function addExemption(
  tx: Tx,
  input: AgreementKey & {
    kind: Exemption['kind']
    taxCategory?: string
    share?: string
    certificate?: string
    reason?: string
    startDate: LocalDate
    endDate?: LocalDate
  },
): Promise<number> {
  const agreement = await lockAgreement(tx, input)
  const period = { startDate: input.startDate, endDate: input.endDate ?? null }
  checkPeriod(period)
  const share = input.share ?? '1'
  if (!parseDecimal(share) || compare(decimal(share), ZERO) < 0 || compare(decimal(share), ONE) > 0)
    throw new Refusal('malformed', 'exemption_share', `An exemption's share is 0 to 1; ${share} is not.`)
  const taxCategory = input.taxCategory ?? null
  const twice = agreement.exemptions.some(
    (one) =>
      one.kind === input.kind &&
      one.taxCategory === taxCategory &&
      one.endDate !== one.startDate &&
      overlaps(one, period),
  )
  if (twice)
    throw new Refusal(
      'conflict',
      'exemption_overlaps',
      'The agreement has this exemption in that time already.',
    )
  return await insertExemption(tx, {
    ...input,
    ...period,
    share,
    taxCategory,
    certificate: input.certificate ?? null,
    reason: input.reason ?? '',
  })
}

/** This will raise a flag on an agreement for a time. Refuses one that is raised in that time already. */
export async function setFlag(
  tx: Tx,
  input: AgreementKey & {
    flag: AgreementFlag['flag']
    startDate: LocalDate
    endDate?: LocalDate
    reason: string
  },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const period = { startDate: input.startDate, endDate: input.endDate ?? null }
  checkPeriod(period)
  if (agreement.flags.some((one) => one.flag === input.flag && overlaps(one, period)))
    throw new Refusal(
      'conflict',
      'flag_overlaps',
      `The agreement has the flag ${input.flag} in that time already.`,
    )
  await insertFlag(tx, { ...input, ...period })
}

/** This will end a flag that is raised without an end. Refuses when there is none. */
export async function clearFlag(
  tx: Tx,
  input: AgreementKey & { flag: AgreementFlag['flag']; endDate: LocalDate },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const open = agreement.flags.find((one) => one.flag === input.flag && one.endDate === null)
  if (!open) throw new Refusal('conflict', 'flag_absent', `The agreement has no open flag ${input.flag}.`)
  checkPeriod({ startDate: open.startDate, endDate: input.endDate })
  await updateFlagEnd(tx, open, input.endDate)
}
