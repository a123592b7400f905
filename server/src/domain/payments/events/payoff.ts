import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import { agreementsOnAccounts } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'
import {
  type Ask,
  cancelEntry,
  changeAsked,
  deferredItems,
  type PostingDates,
  unsettledItems,
} from '../../receivables/index.ts'
import type { Payment } from '../payment.ts'
import { selectAsked } from '../store/payment.ts'
import type { NumberedPayment } from './post.ts'

/**
 * This will ask an account for as much of what it owes but was not asked for as a payment can pay beyond what is asked:
 * agreement by agreement.
 */
export async function askPayoff(tx: Tx, payment: NumberedPayment & AccountKey, now: Instant): Promise<void> {
  const { customerId, paymentNumber, paymentDate: effectiveDate, accountingDate } = payment
  const agreements = await agreementsOnAccounts(tx, [payment])
  const own = new Map(agreements.map((agreement) => [agreement.agreementId, agreement]))
  const sumOf = (items: readonly { agreementId: number; unsettledCents: number }[]) =>
    items
      .filter((item) => own.has(item.agreementId) && item.unsettledCents > 0)
      .reduce((sum, item) => sum + item.unsettledCents, 0)
  let leftCents = payment.amountCents - sumOf(await unsettledItems(tx, [customerId]))
  const deferred = Map.groupBy(await deferredItems(tx, [customerId]), ({ agreementId }) => agreementId)
  const asks: Ask[] = []
  for (const [agreementId, items] of deferred) {
    const agreement = own.get(agreementId)
    const amountCents = Math.min(leftCents, sumOf(items))
    if (!agreement || amountCents <= 0) continue
    leftCents -= amountCents
    asks.push({ customerId, agreement, reference: `payment:${paymentNumber}-${agreementId}`, amountCents })
  }
  if (asks.length > 0) await changeAsked(tx, asks, { effectiveDate, accountingDate, now })
}

/** This will put off again what payments had asked for, when they are cancelled. */
export async function withdrawPayoff(
  tx: Tx,
  payments: readonly Payment[],
  dates: PostingDates,
): Promise<void> {
  const asked = await selectAsked(
    tx,
    payments.filter(({ targetKind }) => targetKind === 'payoff'),
  )
  for (const entry of asked) await cancelEntry(tx, { ...entry, ...dates, entryKind: 'deferral_cancel' })
}
