import { type Tx, undone } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import type { Localized } from '../../rating/index.ts'
import { settleOldestFirst } from '../../receivables/index.ts'
import { cancelUsage, getUsage, postUsage, type UsageQuantity } from '../../usage/index.ts'
import * as store from '../store/charge.ts'
import type { Charge, ChargeKey, ChargeLine } from './charge.ts'
import { recordCharges } from './freeze.ts'
import { chargeAfter } from './life-cycle.ts'
import { priceAgain } from './reprice.ts'
import { type Correction, releaseUsage, reverseCharge } from './reverse.ts'
import { type WholeCharge, wholeCharges } from './whole-charge.ts'

/** What was measured in the place of usage that was posted wrong. */
export interface CorrectedUsage {
  startDate: LocalDate
  endDate: LocalDate
  estimated?: boolean
  quantities: readonly UsageQuantity[]
}

export interface RebillPeriodsInput {
  customerId: number
  agreementId: number
  /** Charges that begin on this day or later are billed again. */
  from: LocalDate
  /** And end on this day or earlier; all later ones when absent. */
  to?: LocalDate
  /** Takes the place of what was posted for these charges: every day that they cover. */
  usages?: readonly CorrectedUsage[]
  correctedOn: LocalDate
  accountingDate?: LocalDate
  reason: string
  now: Instant
}

/** One period as it was billed, as it is billed now, and the difference by rule of the plan. */
export interface RebilledPeriod {
  startDate: LocalDate
  endDate: LocalDate
  /** Null: the period was, or is, cut otherwise. */
  oldChargeId: number | null
  newChargeId: number | null
  oldCents: Cents
  newCents: Cents
  differenceCents: Cents
  lines: RebilledLine[]
}

export interface RebilledLine {
  ruleCode: string
  text: Localized
  oldCents: Cents
  newCents: Cents
  differenceCents: Cents
}

export interface Rebill {
  periods: RebilledPeriod[]
  oldCents: Cents
  newCents: Cents
  differenceCents: Cents
}

/** This will show what `rebillPeriods` would do, through the same steps, and undo them. Refuses what it refuses. */
export function previewRebill(tx: Tx, input: RebillPeriodsInput): Promise<Rebill> {
  return undone(tx, () => rebillAll(tx, input))
}

/**
 * This will bill every charge of an agreement from a day on again, as one act: each is priced from what is known now and
 * from the history of the corrected one before it. All days that were charged stay charged, once; a charge covers other
 * days than before only where corrected usage is cut otherwise. Refuses: no charge from that day, a charge that is
 * pending cancel, and whatever stops a pricing.
 */
export async function rebillPeriods(tx: Tx, input: RebillPeriodsInput & { actor: Actor }): Promise<Rebill> {
  const made = await rebillAll(tx, input)
  const { customerId, agreementId, from, reason, now, actor } = input
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'rebillPeriods',
    subject: `agreement:${customerId}-${agreementId}`,
    detail: { from, reason, periods: made.periods.length, differenceCents: made.differenceCents },
  })
  return made
}

async function rebillAll(tx: Tx, input: RebillPeriodsInput): Promise<Rebill> {
  const { customerId, agreementId, from, to } = input
  await lockCustomers(tx, [customerId])
  const all = await store.selectChargesOfAgreement(tx, customerId, agreementId)
  const olds = all
    .filter((one) => one.kind === 'service' && (one.status === 'frozen' || one.status === 'pending_cancel'))
    .filter((one) => one.startDate >= from && (to === undefined || one.endDate <= to))
    .sort((a, b) => (a.startDate < b.startDate ? -1 : 1))
  if (olds.length === 0) throw nothingToRebill(from)
  for (const old of olds) chargeAfter(old, 'rebill')
  const keys = await rebill(tx, olds, input)
  const oldIds = olds.map((charge) => charge.chargeId)
  const newIds = keys.map((key) => key.chargeId)
  const whole = await wholeCharges(
    tx,
    customerId,
    await store.selectChargesByIds(tx, customerId, [...oldIds, ...newIds]),
  )
  const among = (ids: readonly number[]) => whole.filter((one) => ids.includes(one.chargeId))
  return compare(among(oldIds), among(newIds))
}

/**
 * This will take charges of one agreement back and put charges in their place that are priced anew; those due stay due
 * on the same day. Answers the new charges. The caller holds the lock and audits.
 */
export async function rebill(
  tx: Tx,
  olds: readonly Charge[],
  input: Correction & { usages?: readonly CorrectedUsage[] },
): Promise<ChargeKey[]> {
  const [first] = olds
  if (!first) return []
  const { customerId } = first
  const { correctedOn, accountingDate = correctedOn, now } = input
  const dueDates = new Map<number, LocalDate | undefined>()
  for (const old of olds) {
    dueDates.set(old.chargeId, await reverseCharge(tx, old, input))
    await releaseUsage(tx, old)
  }
  if (input.usages) await replaceUsages(tx, olds, input.usages, now)
  const priced = await priceAgain(tx, olds)
  const drafts = priced.map((charge) => {
    const old = olds.findLast((one) => one.startDate <= charge.period.start) ?? first
    const dueDate = dueDates.get(old.chargeId)
    return { priced: charge, rebillsChargeId: old.chargeId, ...(dueDate && { dueDate }) }
  })
  const dates = { clientId: clientOf(customerId), effectiveDate: correctedOn, accountingDate, now }
  const keys = await recordCharges(tx, dates, drafts)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  return keys
}

async function replaceUsages(
  tx: Tx,
  olds: readonly Charge[],
  usages: readonly CorrectedUsage[],
  now: Instant,
): Promise<void> {
  const [first] = olds
  if (!first) return
  const { customerId, agreementId } = first
  for (const { usageId } of olds) {
    const usage = usageId === null ? undefined : await getUsage(tx, { customerId, usageId })
    if (usage?.status === 'ready') await cancelUsage(tx, usage)
  }
  for (const usage of usages) await postUsage(tx, { ...usage, customerId, agreementId, now })
}

function nothingToRebill(from: LocalDate): Refusal {
  return new Refusal(
    'conflict',
    'nothing_to_rebill',
    `The agreement has no frozen charge that begins on ${from} or later; choose an earlier day.`,
  )
}

/** Periods that are cut the same stand side by side; others alone. */
function compare(olds: readonly WholeCharge[], news: readonly WholeCharge[]): Rebill {
  const keyOf = (charge: Charge) => `${charge.startDate} ${charge.endDate}`
  const keys = [...new Set([...olds, ...news].map(keyOf))].sort()
  const periods = keys.map((key): RebilledPeriod => {
    const [before, after] = [olds, news].map((charges) => charges.find((charge) => keyOf(charge) === key))
    const [startDate = '', endDate = ''] = key.split(' ')
    const [oldCents, newCents] = [before?.amountCents ?? 0, after?.amountCents ?? 0]
    const ids = { oldChargeId: before?.chargeId ?? null, newChargeId: after?.chargeId ?? null }
    const figures = { oldCents, newCents, differenceCents: newCents - oldCents }
    return {
      startDate,
      endDate,
      ...ids,
      ...figures,
      lines: compareLines(before?.lines ?? [], after?.lines ?? []),
    }
  })
  const total = (pick: (period: RebilledPeriod) => Cents) => periods.reduce((sum, one) => sum + pick(one), 0)
  const oldCents = total((period) => period.oldCents)
  const newCents = total((period) => period.newCents)
  return { periods, oldCents, newCents, differenceCents: newCents - oldCents }
}

function compareLines(before: readonly ChargeLine[], after: readonly ChargeLine[]): RebilledLine[] {
  const rules = new Map([...before, ...after].map((line) => [line.ruleCode, line.detail.text]))
  const sumOf = (lines: readonly ChargeLine[], ruleCode: string) =>
    lines.filter((line) => line.ruleCode === ruleCode).reduce((sum, line) => sum + line.amountCents, 0)
  return [...rules].map(([ruleCode, text]) => {
    const [oldCents, newCents] = [sumOf(before, ruleCode), sumOf(after, ruleCode)]
    return { ruleCode, text, oldCents, newCents, differenceCents: newCents - oldCents }
  })
}
