import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { changeInvoice, getInvoice } from '../../billing/index.ts'
import type { Actor } from '../../identity/index.ts'
import { recordPayment } from '../events/record.ts'

/**
 * This will take the utility's payment of market invoices: each pays its own agreement on the billing account of the
 * day, and a sent invoice counts as accepted. Returns the event's number, undefined when this remittance was taken
 * before.
 */
export async function payRemittance(
  tx: Tx,
  input: {
    /** On whose file the money came in: the client's own, when it pays for several customers. */
    payerCustomerId: number
    externalId: string
    paymentDate: LocalDate
    invoices: readonly { customerId: number; invoiceNumber: number; amountCents: number }[]
    now: Instant
    actor: Actor
  },
): Promise<number | undefined> {
  const { invoices, now, actor, ...event } = input
  const accounts = []
  for (const { customerId, invoiceNumber, amountCents } of invoices) {
    const invoice = await getInvoice(tx, customerId, invoiceNumber)
    const { agreementId } = invoice
    const { accountNumber } = await getAgreement(tx, { customerId, agreementId })
    accounts.push({ customerId, accountNumber, amountCents, shares: [{ agreementId, amountCents }] })
    if (invoice.status === 'sent')
      await changeInvoice(tx, { customerId, invoiceNumber, action: 'accept', now, actor })
  }
  const tender = { method: 'remittance' as const, reference: input.externalId }
  return recordPayment(tx, { ...event, accounts, source: 'remittance', tender, now, actor })
}
