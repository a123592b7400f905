import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { selectCharge } from '../store/charge.ts'
import * as store from '../store/market-invoice.ts'
import type { ChargeKey } from './charge.ts'
import type { ChargeDraft, PostingContext } from './freeze.ts'
import { INVOICE_TRANSITIONS, type MarketInvoice } from './market-invoice.ts'

/** This will make ready the invoices of charges that were just recorded, in the same order. */
export async function invoiceNewCharges(
  tx: Tx,
  context: PostingContext,
  drafts: readonly ChargeDraft[],
  keys: readonly ChargeKey[],
): Promise<void> {
  const invoices = drafts.flatMap(({ priced }, index) => {
    const key = keys[index]
    if (!key) return []
    return {
      ...key,
      agreementId: priced.agreement.agreementId,
      amountCents: priced.rated.amountCents,
      status: 'ready' as const,
      invoiceDate: context.effectiveDate,
      externalId: null,
      createdAt: context.now,
    }
  })
  await store.insertInvoices(tx, invoices)
}

/**
 * This will invoice a frozen charge to the utility that bills for us and return the invoice number.
 * Refuses: a charge that is not frozen, is on a bill of ours, or was invoiced before.
 */
export async function invoiceCharge(
  tx: Tx,
  input: ChargeKey & { invoiceDate: LocalDate; now: Instant; actor: Actor },
): Promise<number> {
  const { customerId, chargeId, invoiceDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  const charge = await selectCharge(tx, { customerId, chargeId })
  if (!charge) throw new Refusal('not_found', 'charge_unknown', `There is no charge ${chargeId}.`)
  if (charge.status !== 'frozen' || charge.billId !== null) {
    const state = charge.status !== 'frozen' ? charge.status.replace('_', ' ') : `on bill ${charge.billId}`
    throw new Refusal(
      'conflict',
      'charge_not_invoiceable',
      `Charge ${chargeId} is ${state}; only a frozen charge that no bill shows can be invoiced.`,
    )
  }
  const present = await store.selectLiveInvoiceOfCharge(tx, customerId, chargeId)
  if (present) {
    throw new Refusal(
      'conflict',
      'charge_invoiced',
      `Charge ${chargeId} was invoiced as ${present.invoiceNumber}; cancel that invoice first.`,
    )
  }
  const { agreementId, amountCents } = charge
  const invoice = { customerId, chargeId, agreementId, amountCents, invoiceDate, externalId: null }
  const [invoiceNumber = 0] = await store.insertInvoices(tx, [
    { ...invoice, status: 'ready', createdAt: now },
  ])
  const subject = `invoice:${customerId}-${invoiceNumber}`
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation: 'invoiceCharge', subject })
  return invoiceNumber
}

/** This will move an invoice along its life: sent, accepted, rejected, cancelled. Refuses what its state does not allow. */
export async function changeInvoice(
  tx: Tx,
  input: {
    customerId: number
    invoiceNumber: number
    action: keyof typeof INVOICE_TRANSITIONS
    externalId?: string
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { customerId, invoiceNumber, action, now, actor } = input
  await lockCustomers(tx, [customerId])
  const invoice = await getInvoice(tx, customerId, invoiceNumber)
  const next = INVOICE_TRANSITIONS[action][invoice.status]
  if (!next) {
    throw new Refusal(
      'conflict',
      'invoice_state',
      `Invoice ${invoiceNumber} is ${invoice.status} and cannot ${action}.`,
    )
  }
  await store.updateInvoiceStatus(tx, invoice, next, input.externalId ?? null)
  const subject = `invoice:${customerId}-${invoiceNumber}`
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation: `${action}Invoice`, subject })
}

/** This will read a market invoice. Refuses an unknown one. */
export async function getInvoice(tx: Tx, customerId: number, invoiceNumber: number): Promise<MarketInvoice> {
  const invoice = await store.selectInvoice(tx, customerId, invoiceNumber)
  if (invoice) return invoice
  throw new Refusal('not_found', 'invoice_unknown', `There is no market invoice ${invoiceNumber}.`)
}
