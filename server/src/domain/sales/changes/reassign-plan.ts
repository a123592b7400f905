import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { addDays, type Instant, type LocalDate, Temporal } from '../../../platform/time.ts'
import {
  type AgreementKey,
  addFact,
  assignPlan,
  type BillableAgreement,
  endFact,
  getAgreement,
  lockAgreement,
} from '../../agreements/index.ts'
import { chargesOfAgreement } from '../../billing/index.ts'
import { clientOf, getCustomer } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { getPremise } from '../../premises/index.ts'
import { getTariff, tariffVersionsFor } from '../../tariffs/index.ts'

/** The fact that says until which day (exclusive) an agreement is bound to its plan. */
const CONTRACT_END = 'contract_end_date'

/** Where a residential plan must say how long it lasts. Source: the enterprise catalogue, Reassign Plan. */
const TERM_STATES: readonly string[] = ['CT']

/** What has to be known before an agreement goes to another plan. */
export interface PlanChangeTerms {
  agreement: BillableAgreement
  /** Service is charged up to this day (exclusive); null: nothing is. */
  chargedThrough: LocalDate | null
  /** The first day on which the present contract no longer binds; null: there is none. */
  renewalDate: LocalDate | null
  /** Whether the new plan must say for how many months, and until which month, it lasts. */
  needsTerm: boolean
}

/** This will tell from when an agreement may go to another plan, and what that asks for. Refuses an unknown agreement. */
export async function planChangeTerms(tx: Tx, key: AgreementKey): Promise<PlanChangeTerms> {
  const agreement = await getAgreement(tx, key)
  const clientId = clientOf(key.customerId)
  const charges = await chargesOfAgreement(tx, key)
  const live = charges.filter((one) => one.kind === 'service' && one.status === 'frozen')
  const chargedThrough =
    live
      .map((one) => one.endDate)
      .toSorted()
      .at(-1) ?? null
  const contract = agreement.facts.filter((one) => one.factCode === CONTRACT_END).at(-1)
  const { premiseId } = agreement
  const state = premiseId === null ? '' : (await getPremise(tx, clientId, premiseId)).state
  const residential = (await getCustomer(tx, key.customerId)).class === 'residential'
  return {
    agreement,
    chargedThrough,
    renewalDate: contract && contract.endDate === null ? String(contract.value) : null,
    needsTerm: residential && TERM_STATES.includes(state),
  }
}

export interface PlanChange extends AgreementKey {
  tariffId: number
  startDate: LocalDate
  /** It begins when the present contract ends. */
  renewal: boolean
  /** Where a plan must say how long it lasts, and nowhere else. */
  term?: { months: number; lastMonth: string }
  now: Instant
  actor: Actor
}

/**
 * This will put an agreement on another plan from a day on, with the contract that comes with it, and answer the number of
 * the assignment. Refuses a day before the service is charged up to, a plan that is not open to the agreement, a renewal on
 * another day than the contract ends, and a term that is missing, or given where none belongs. Locks the customer.
 */
export async function reassignPlan(tx: Tx, input: PlanChange): Promise<number> {
  await lockAgreement(tx, input)
  const terms = await planChangeTerms(tx, input)
  const { customerId, agreementId, tariffId, startDate, renewal, term, now, actor } = input
  refuseCharged(terms, startDate)
  if (renewal) requireRenewal(terms, startDate)
  await requireOpenPlan(tx, terms.agreement, { tariffId, startDate })
  const contractEnd = contractEndOf(terms, startDate, term)
  const assignmentNumber = await assignPlan(tx, { customerId, agreementId, tariffId, startDate })
  const fact = { customerId, agreementId, factCode: CONTRACT_END }
  if (contractEnd) await addFact(tx, { ...fact, startDate, value: contractEnd })
  else await endFact(tx, { ...fact, endDate: startDate })
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'reassignPlan',
    subject: `agreement:${customerId}-${agreementId}`,
    detail: { tariffId, startDate, renewal, ...(contractEnd && { contractEnd }) },
  })
  return assignmentNumber
}

function refuseCharged({ chargedThrough }: PlanChangeTerms, startDate: LocalDate): void {
  if (chargedThrough === null || startDate >= chargedThrough) return
  throw new Refusal(
    'conflict',
    'plan_before_charge',
    `Service is charged up to ${chargedThrough}; change the plan on that day or later, or cancel the charge first.`,
    [{ pointer: '/startDate', in: 'body', message: 'is before the last charge' }],
  )
}

function requireRenewal({ renewalDate }: PlanChangeTerms, startDate: LocalDate): void {
  if (startDate === renewalDate) return
  throw new Refusal(
    'rule',
    'renewal_date',
    renewalDate === null
      ? 'No contract runs out that could be renewed; change the plan without renewal.'
      : `The contract ends on ${renewalDate}; a renewal begins that day.`,
    [{ pointer: '/startDate', in: 'body', message: 'is not the day on which a contract ends' }],
  )
}

async function requireOpenPlan(
  tx: Tx,
  agreement: BillableAgreement,
  { tariffId, startDate }: { tariffId: number; startDate: LocalDate },
): Promise<void> {
  const clientId = clientOf(agreement.customerId)
  const tariff = await getTariff(tx, clientId, tariffId)
  const customer = await getCustomer(tx, agreement.customerId)
  const open =
    tariff.status === 'active' &&
    tariff.companyId === agreement.companyId &&
    (tariff.customerClass === null || tariff.customerClass === customer.class)
  const inForce = open
    ? await tariffVersionsFor(tx, clientId, [tariffId], startDate, addDays(startDate, 1))
    : []
  if (inForce.length > 0) return
  throw new Refusal(
    'rule',
    'plan_not_valid',
    `Plan ${tariff.code} is not open to this account on ${startDate}; choose one of its valid plans.`,
  )
}

function contractEndOf(
  { needsTerm }: PlanChangeTerms,
  startDate: LocalDate,
  term: PlanChange['term'],
): LocalDate | undefined {
  if (needsTerm !== (term !== undefined))
    throw new Refusal(
      'rule',
      needsTerm ? 'plan_term_missing' : 'plan_term_unused',
      needsTerm
        ? 'Say for how many months the plan lasts, and in which month it ends.'
        : 'A term is for residential accounts where the state asks for one; leave it out.',
    )
  if (!term) return undefined
  const end = Temporal.PlainDate.from(startDate).add({ months: term.months }).toString()
  const lastMonth = addDays(end, -1).slice(0, 7)
  if (lastMonth === term.lastMonth || end.slice(0, 7) === term.lastMonth) return end
  throw new Refusal(
    'rule',
    'plan_term_differs',
    `${term.months} months from ${startDate} end on ${end}, not in ${term.lastMonth}.`,
  )
}
