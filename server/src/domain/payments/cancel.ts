import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { clientOf, lockCustomers } from '../customers/index.ts'
import { type Actor, audit } from '../identity/index.ts'
import { reverseEntry } from '../ledger/index.ts'
import { cancelItem, itemsOf, settleOldestFirst } from '../receivables/index.ts'
import { clearingOf } from './events/record.ts'
import type { Payment } from './payment.ts'
import * as store from './store/payment.ts'

export interface CancelPaymentInput {
  payerCustomerId: number
  eventNumber: number
  reason: string
  cancelledOn: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will cancel the tender of a payment event and with it every payment that it made: what they paid is owed again.
 * Refuses: an unknown event, or one that was cancelled before.
 */
export async function cancelPayment(tx: Tx, input: CancelPaymentInput): Promise<void> {
  const { payerCustomerId, eventNumber, reason, cancelledOn, now, actor } = input
  const payments = await store.selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
  if (payments.length === 0) {
    throw new Refusal(
      'not_found',
      'payment_unknown',
      `There is no payment event ${eventNumber} of this payer.`,
    )
  }
  const customerIds = payments.map((payment) => payment.customerId)
  await lockCustomers(tx, [payerCustomerId, ...customerIds])
  if (!(await store.updateEventCancelled(tx, payerCustomerId, eventNumber, reason))) {
    throw new Refusal('conflict', 'payment_cancelled', `Payment event ${eventNumber} was cancelled already.`)
  }
  const tenderEntry = await store.selectTenderEntry(tx, payerCustomerId, eventNumber)
  const reversal = {
    kind: 'payment_cancel' as const,
    effectiveDate: cancelledOn,
    accountingDate: cancelledOn,
    now,
    ...(tenderEntry !== undefined && { clearingEvent: `${clearingOf(payerCustomerId, eventNumber)}:cancel` }),
  }
  if (tenderEntry !== undefined)
    await reverseEntry(tx, { ...reversal, customerId: payerCustomerId, entryId: tenderEntry })
  for (const payment of payments) {
    const { customerId, entryId } = payment
    const cancelEntry = await reverseEntry(tx, { ...reversal, customerId, entryId })
    await cancelItems(tx, payment, cancelEntry, input)
  }
  await settleOldestFirst(tx, { customerIds, now })
  const subject = `payment_event:${payerCustomerId}-${eventNumber}`
  const detail = { reason }
  await audit(tx, {
    clientId: clientOf(payerCustomerId),
    at: now,
    actor,
    operation: 'cancelPayment',
    subject,
    detail,
  })
}

async function cancelItems(
  tx: Tx,
  payment: Payment,
  entryId: number,
  { cancelledOn, now }: CancelPaymentInput,
): Promise<void> {
  const reference = `payment:${payment.paymentNumber}`
  for (const item of await itemsOf(tx, payment.customerId, 'payment', reference)) {
    const { customerId, agreementId, accountNumber, debtClass } = item
    const owner = { customerId, agreementId, accountNumber, debtClass }
    const amountCents = -item.amountCents
    const cancelling = {
      ...owner,
      kind: 'payment_cancel' as const,
      reference,
      entryId,
      aroseOn: cancelledOn,
      amountCents,
    }
    await cancelItem(tx, { item, cancelling, now })
  }
}
