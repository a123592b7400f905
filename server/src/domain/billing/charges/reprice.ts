import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type BillableAgreement, getAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { readyUsages, type Usage } from '../../usage/index.ts'
import { gather, type PricingTask } from '../pricing/gather.ts'
import { billingPolicy } from '../pricing/policy.ts'
import { priceTask } from '../pricing/price-accounts.ts'
import type { PricedCharge } from '../pricing/pricing.ts'
import type { Period } from '../runs/cycle.ts'
import * as store from '../store/charge.ts'
import type { Charge } from './charge.ts'

/**
 * This will price the periods of an agreement's charges again, from what is known now, in order: each sees the history of
 * the one before it. Where usage was posted, it says where a period begins and ends: charges can then be longer, shorter
 * or of another number than before. The usages of the charges are released. Refuses whatever stops the pricing.
 */
export async function priceAgain(tx: Tx, charges: readonly Charge[]): Promise<PricedCharge[]> {
  const [first] = charges
  if (!first) return []
  const { customerId, agreementId } = first
  const agreement = await getAgreement(tx, first)
  const posted = (await readyUsages(tx, [customerId])).filter((usage) => usage.agreementId === agreementId)
  const tasks = spansOf(charges).flatMap((span) => tasksOf(agreement, span, posted))
  return priceInOrder(tx, agreement, tasks)
}

/** This will price periods of one agreement, each with the history that the one before it hands on. */
export async function priceInOrder(
  tx: Tx,
  agreement: BillableAgreement,
  tasks: readonly PricingTask[],
): Promise<PricedCharge[]> {
  const { customerId, agreementId } = agreement
  const clientId = clientOf(customerId)
  const { missingTolerance } = await billingPolicy(tx, clientId)
  const gathered = await gather(tx, clientId, tasks)
  const priced: PricedCharge[] = []
  for (const task of tasks) {
    const before = priced.at(-1)
    const history =
      before?.period.end === task.period.start
        ? before.rated.carry
        : await store.selectCarryBefore(tx, customerId, agreementId, task.period.start)
    priced.push(priceTask(task, gathered, missingTolerance, history))
  }
  return priced
}

interface Span extends Period {
  periods: Period[]
}

/** Charges that follow each other without a gap are one span. */
function spansOf(charges: readonly Charge[]): Span[] {
  const spans: Span[] = []
  for (const { startDate: start, endDate: end } of charges) {
    const last = spans.at(-1)
    if (last && last.end === start) {
      last.end = end
      last.periods.push({ start, end })
    } else spans.push({ start, end, periods: [{ start, end }] })
  }
  return spans
}

function tasksOf(agreement: BillableAgreement, span: Span, usages: readonly Usage[]): PricingTask[] {
  const posted = usages
    .filter((usage) => usage.startDate < span.end && usage.endDate > span.start)
    .sort((a, b) => (a.startDate < b.startDate ? -1 : 1))
  if (posted.length === 0) return span.periods.map((period) => ({ agreement, period }))
  const starts = [...posted.map((usage) => usage.startDate), span.end]
  const ends = [span.start, ...posted.map((usage) => usage.endDate)]
  if (starts.some((day, index) => day !== ends[index])) throw usageApart(span)
  return posted.map((usage) => ({
    agreement,
    period: { start: usage.startDate, end: usage.endDate },
    posted: usage,
  }))
}

function usageApart({ start, end }: Period): Refusal {
  return new Refusal(
    'rule',
    'rebill_usage_apart',
    `Posted usage does not cover ${start} to ${end} without a gap; post the usage of every day that is billed again.`,
  )
}
