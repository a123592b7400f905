import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { reverseEntry } from '../../ledger/index.ts'
import type { Payment, PaymentWish, StoredTender } from '../payment.ts'
import { updateTendersCancelled } from '../store/event.ts'
import { changePayments, type LockedEvent, lockEvent } from './change.ts'
import { clearingOf, totalOf } from './event.ts'
import { receive } from './post.ts'

export interface CancelPaymentInput {
  payerCustomerId: number
  eventNumber: number
  /** One tender of the event; all of them when left out. */
  tenderNumber?: number
  reason: string
  cancelledOn: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will cancel the tenders of a payment event, or one of them, and with it every payment that it made: what they
 * paid is owed again. What other tenders brought pays the same accounts, in their order. Refuses: an unknown event or
 * tender, one that was cancelled before or is not posted yet.
 */
export async function cancelPayment(tx: Tx, input: CancelPaymentInput): Promise<void> {
  await cancelTenders(tx, input)
  await auditEvent(tx, 'cancelPayment', input, { reason: input.reason })
}

/** This will cancel tenders as `cancelPayment` does, for an act that is more than that. Answers the event as it was. */
export async function cancelTenders(
  tx: Tx,
  input: CancelPaymentInput & { returnCode?: string },
): Promise<LockedEvent & { cancelled: StoredTender[] }> {
  const { payerCustomerId, eventNumber, tenderNumber, reason, cancelledOn, returnCode, now, actor } = input
  const locked = await lockEvent(tx, payerCustomerId, eventNumber)
  const cancelled = tendersOf(locked, tenderNumber)
  const rest = locked.tenders.filter((tender) => tender.status === 'valid' && !cancelled.includes(tender))
  const cancel = locked.payments.filter(({ status }) => status !== 'cancelled')
  if (locked.tenderEntryId !== undefined) await moveReceipt(tx, locked, rest, input)
  const make = paidByRest(cancel, totalOf(rest))
  const noted = { cancelledOn, reason, ...(returnCode !== undefined && { returnCode }) }
  await updateTendersCancelled(tx, cancelled, noted)
  await changePayments(tx, locked, { cancel, make, on: cancelledOn, reason, now, actor })
  return { ...locked, cancelled }
}

function tendersOf({ tenders, event }: LockedEvent, tenderNumber: number | undefined): StoredTender[] {
  const wanted = tenders.filter((one) => tenderNumber === undefined || one.tenderNumber === tenderNumber)
  if (wanted.length === 0)
    throw new Refusal(
      'not_found',
      'tender_unknown',
      `Payment event ${event.eventNumber} has no tender ${tenderNumber}.`,
    )
  const valid = wanted.filter(({ status }) => status === 'valid')
  if (valid.length > 0) return valid
  throw new Refusal(
    'conflict',
    'payment_cancelled',
    `Payment event ${event.eventNumber} was cancelled already.`,
  )
}

/** What other tenders brought pays the same accounts, the first ones first. */
function paidByRest(cancel: readonly Payment[], restCents: number): (PaymentWish & { of: Payment })[] {
  let left = restCents
  return cancel.flatMap((payment) => {
    const amountCents = Math.min(left, payment.amountCents)
    left -= amountCents
    const { customerId, accountNumber } = payment
    return amountCents > 0 ? [{ customerId, accountNumber, amountCents, of: payment }] : []
  })
}

/** The payer's side in clearing is turned round and, for what other tenders brought, posted anew. */
async function moveReceipt(
  tx: Tx,
  { event, tenderEntryId }: LockedEvent,
  rest: readonly StoredTender[],
  { tenderNumber, cancelledOn, now }: CancelPaymentInput,
): Promise<void> {
  const { customerId: payerCustomerId, eventNumber, paymentDate } = event
  const clearingEvent = clearingOf(payerCustomerId, eventNumber)
  await reverseEntry(tx, {
    customerId: payerCustomerId,
    entryId: tenderEntryId ?? 0,
    kind: 'payment_cancel',
    effectiveDate: cancelledOn,
    accountingDate: cancelledOn,
    clearingEvent,
    now,
  })
  if (rest.length === 0) return
  const reference = `tender:${eventNumber}-${tenderNumber}`
  const receipt = { payerCustomerId, eventNumber, reference, clearingEvent, paymentDate, tenders: rest }
  await receive(tx, [{ ...receipt, accountingDate: cancelledOn }], now)
}

/** This will record an act on a payment event. */
export function auditEvent(
  tx: Tx,
  operation: string,
  input: { payerCustomerId: number; eventNumber: number; now: Instant; actor: Actor },
  detail: Record<string, unknown>,
): Promise<void> {
  const { payerCustomerId, eventNumber, now, actor } = input
  const subject = `payment_event:${payerCustomerId}-${eventNumber}`
  return audit(tx, { clientId: clientOf(payerCustomerId), at: now, actor, operation, subject, detail })
}
