import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { cancelUsage, getUsage } from '../../usage/index.ts'
import { selectLiveInvoiceOfCharge } from '../store/market-invoice.ts'
import type { Charge, ChargeStatus } from './charge.ts'
import { cancelCharge, knownCharge } from './correct.ts'
import type { MarketInvoice } from './market-invoice.ts'
import { deleteCharge } from './pending.ts'
import type { Correction, CorrectionInput } from './reverse.ts'

/** Of charges that are cancelled by their mirror; a charge that was never posted is dropped. */
const POSTED: ReadonlySet<ChargeStatus> = new Set(['frozen', 'pending_cancel', 'cancelled'])

/**
 * This will cancel charges of one agreement, all or none, and on demand the usage that they were made of. The
 * utility that was sent their invoices is told (`invoice.withdrawn`), unless told not to. Answers the charges as they were. Refuses: one of another agreement (as if it did not exist), one named twice, what cancelling one
 * refuses.
 */
export async function cancelCharges(
  tx: Tx,
  input: Correction &
    Pick<CorrectionInput, 'actor'> & {
      customerId: number
      agreementId: number
      chargeIds: readonly number[]
      cancelUsage?: boolean
      withholdInvoices?: boolean
    },
): Promise<Charge[]> {
  const { customerId, agreementId, chargeIds, ...correction } = input
  await lockCustomers(tx, [customerId])
  const charges = []
  for (const chargeId of chargeIds) {
    const charge = await knownCharge(tx, { customerId, chargeId })
    if (charge.agreementId !== agreementId)
      throw new Refusal('not_found', 'charge_unknown', `There is no charge ${chargeId}.`)
    const invoice = await selectLiveInvoiceOfCharge(tx, customerId, chargeId)
    if (POSTED.has(charge.status)) await cancelCharge(tx, { ...correction, customerId, chargeId })
    else await deleteCharge(tx, { ...correction, customerId, chargeId })
    if (invoice && !input.withholdInvoices) await withdraw(tx, invoice, input)
    if (input.cancelUsage) await dropUsage(tx, charge)
    charges.push(charge)
  }
  return charges
}

/** Only who was sent an invoice has to hear that it no longer stands. */
async function withdraw(tx: Tx, invoice: MarketInvoice, { now, reason }: Correction): Promise<void> {
  const { customerId, agreementId, invoiceNumber, chargeId, amountCents, externalId, status } = invoice
  if (status !== 'sent' && status !== 'accepted') return
  const payload = { customerId, agreementId, invoiceNumber, chargeId, amountCents, externalId, reason }
  const subject = `invoice:${customerId}-${invoiceNumber}`
  await emit(tx, [{ clientId: clientOf(customerId), at: now, type: 'invoice.withdrawn', subject, payload }])
}

/** Usage that was made from measurements is superseded already: it is made anew when its days are charged. */
async function dropUsage(tx: Tx, { customerId, usageId }: Charge): Promise<void> {
  if (usageId === null) return
  const { status } = await getUsage(tx, { customerId, usageId })
  if (status === 'ready') await cancelUsage(tx, { customerId, usageId })
}
