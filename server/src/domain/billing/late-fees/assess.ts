import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { agreementsOfCustomers, type BillableAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit, listCompanies } from '../../identity/index.ts'
import { LEDGER } from '../../ledger/index.ts'
import { cancelEntry, type Move, postMoves, settleOldestFirst } from '../../receivables/index.ts'
import * as store from '../store/late-fee.ts'
import { type FeeDraft, feesOf, type LateFee, type LateFeeRule, type LateItem } from './late-fee.ts'

/** Reads what is protected from fees on a day; the answer tells it of an agreement. */
export type FeeProtection = (
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
) => Promise<(one: { customerId: number; accountNumber: number; agreementId: number }) => boolean>

/** This will list the customers of a client who owe something that was due before a day; none when no rule is in force. */
export async function lateCustomers(
  tx: Tx,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<number[]> {
  const rules = await store.selectRules(tx, clientId, day)
  return rules.length === 0 ? [] : store.selectLateCustomers(tx, clientId, day)
}

/**
 * This will charge these customers of a client the late fees of a day, one an agreement, by the client's rules: shown on
 * their next bill, each with what was late and how long. The same day again charges nothing; nor does a debt that is
 * corrected, or paid and returned. Exempt are agreements with an exemption from late fees, in bankruptcy or written off,
 * and what is protected. Answers how many fees there were. Locks the customers.
 */
export async function assessLateFees(
  tx: Tx,
  input: {
    clientId: number
    customerIds: readonly number[]
    day: LocalDate
    accountingDate?: LocalDate
    protection?: FeeProtection
    now: Instant
    actor: Actor
  },
): Promise<number> {
  const { clientId, customerIds, day, now, actor } = input
  await lockCustomers(tx, customerIds)
  const rules = await store.selectRules(tx, clientId, day)
  const late = await store.selectLateItems(tx, customerIds, day)
  if (rules.length === 0 || late.length === 0) return 0
  const concerned = [...new Set(late.map((item) => item.customerId))]
  const agreements = new Map(
    (await agreementsOfCustomers(tx, concerned)).map((one) => [`${one.customerId}-${one.agreementId}`, one]),
  )
  const isProtected = await input.protection?.(tx, concerned, day)
  const fees = feesOf(rules, late, day, (item) =>
    isProtected?.(item) ? '0' : shareOf(item, agreements, day),
  )
  if (fees.length === 0) return 0
  await postFees(tx, fees, agreements, { day, accountingDate: input.accountingDate ?? day, now })
  const detail = { day, fees: fees.length, amountCents: fees.reduce((sum, fee) => sum + fee.amountCents, 0) }
  const subject = `late_fees:${day}`
  await audit(tx, { clientId, at: now, actor, operation: 'assessLateFees', subject, detail })
  return fees.length
}

type Agreements = ReadonlyMap<string, BillableAgreement>

const DEBT_FLAGS: ReadonlySet<string> = new Set(['bankruptcy', 'write_off'])

function shareOf(item: LateItem, agreements: Agreements, day: LocalDate): string {
  const agreement = agreements.get(`${item.customerId}-${item.agreementId}`)
  const counts = ({ startDate, endDate }: { startDate: LocalDate; endDate: LocalDate | null }) =>
    startDate <= day && (endDate === null || endDate > day)
  if (agreement?.flags.some((flag) => DEBT_FLAGS.has(flag.flag) && counts(flag))) return '0'
  const exemption = agreement?.exemptions.find((one) => one.kind === 'late_fee' && counts(one))
  return exemption ? String(Math.round((1 - Number(exemption.share)) * 10_000) / 10_000) : '1'
}

async function postFees(
  tx: Tx,
  fees: readonly FeeDraft[],
  agreements: Agreements,
  { day, accountingDate, now }: { day: LocalDate; accountingDate: LocalDate; now: Instant },
): Promise<void> {
  const customerIds = [...new Set(fees.map((fee) => fee.customerId))]
  const next = await store.nextFeeNumbers(tx, customerIds)
  const numbered = fees.map((fee) => ({ ...fee, feeNumber: next(fee.customerId) }))
  const moves = numbered.map((fee): Move => {
    const agreement = agreements.get(`${fee.customerId}-${fee.agreementId}`)
    if (!agreement) throw new Error(`late fee of customer ${fee.customerId} has no agreement`)
    const { customerId, feeNumber, amountCents } = fee
    const dates = { effectiveDate: day, accountingDate }
    const kinds = { entryKind: 'adjustment', itemKind: 'fee' } as const
    const changes = [{ agreement, otherCode: LEDGER.lateFeeRevenue, amountCents }]
    return { customerId, ...kinds, reference: `late_fee:${feeNumber}`, ...dates, changes }
  })
  const posted = await postMoves(tx, moves, now)
  const stored = numbered.map((fee, index) => ({ ...fee, entryId: posted[index]?.entryId ?? 0 }))
  await store.insertFees(tx, stored, { day, now })
  await settleOldestFirst(tx, { customerIds, now })
  await emit(
    tx,
    stored.map(({ customerId, feeNumber, accountNumber, agreementId, amountCents }) => ({
      clientId: clientOf(customerId),
      at: now,
      type: 'late_fee.charged',
      subject: `late_fee:${customerId}-${feeNumber}`,
      payload: { customerId, feeNumber, accountNumber, agreementId, amountCents },
    })),
  )
}

/** This will take a late fee back. What was late does not cost one again. Refuses an unknown fee, and one cancelled before. */
export async function cancelLateFee(
  tx: Tx,
  input: {
    customerId: number
    feeNumber: number
    reason: string
    cancelledOn: LocalDate
    accountingDate?: LocalDate
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { customerId, feeNumber, reason, cancelledOn, accountingDate = cancelledOn, now, actor } = input
  await lockCustomers(tx, [customerId])
  const fee = await getLateFee(tx, input)
  if (fee.status === 'cancelled')
    throw new Refusal('conflict', 'late_fee_cancelled', `Late fee ${feeNumber} was cancelled already.`)
  const dates = { effectiveDate: cancelledOn, accountingDate, now }
  await cancelEntry(tx, { customerId, entryId: fee.entryId, entryKind: 'adjustment_cancel', ...dates })
  await store.updateFeeCancelled(tx, input, reason)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const subject = `late_fee:${customerId}-${feeNumber}`
  const row = { clientId: clientOf(customerId), at: now, actor, operation: 'cancelLateFee', subject }
  await audit(tx, { ...row, detail: { reason } })
}

/** This will read a late fee with what was late, the rule as it was applied, and the days. Refuses an unknown one. */
export async function getLateFee(
  tx: Tx,
  { customerId, feeNumber }: { customerId: number; feeNumber: number },
): Promise<LateFee> {
  const [fee] = await store.selectFees(tx, customerId, feeNumber)
  if (fee) return fee
  throw new Refusal('not_found', 'late_fee_unknown', `There is no late fee ${feeNumber}.`)
}

/** This will list the late fees of a customer, oldest first. */
export function lateFees(tx: Tx, customerId: number): Promise<LateFee[]> {
  return store.selectFees(tx, customerId)
}

/**
 * This will make a late fee rule, or change it from now on. Refuses: a rule without percent or amount, figures out of range,
 * a company of another client.
 */
export async function saveLateFeeRule(
  tx: Tx,
  input: LateFeeRule & { clientId: number; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, now, actor, ...rule } = input
  const percent = Number(rule.percent)
  const amounts = [rule.flatCents, rule.minimumCents, rule.capCents ?? 1, rule.graceDays]
  const sane = amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0) && rule.capCents !== 0
  if (
    !/^\d{1,3}(\.\d{1,3})?$/.test(rule.percent) ||
    percent > 100 ||
    !sane ||
    (percent === 0 && rule.flatCents === 0)
  )
    throw new Refusal(
      'malformed',
      'late_fee_rule_malformed',
      'A late fee rule needs a percent up to 100 with at most three decimals, or an amount; and no figure below zero.',
    )
  if (rule.companyId !== null) await requireCompany(tx, clientId, rule.companyId)
  await store.upsertRule(tx, clientId, rule)
  const subject = `late_fee_rule:${rule.ruleCode}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveLateFeeRule', subject, detail: { ...rule } })
}

async function requireCompany(tx: Tx, clientId: number, companyId: number): Promise<void> {
  const companies = await listCompanies(tx, clientId)
  if (companies.some((one) => one.companyId === companyId)) return
  throw new Refusal('not_found', 'company_unknown', 'There is no such company; choose one of the client.')
}

/** This will list a client's late fee rules. */
export function lateFeeRules(tx: Tx, clientId: number): Promise<LateFeeRule[]> {
  return store.selectRules(tx, clientId)
}
