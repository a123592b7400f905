import { sql } from 'kysely'
import { insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { MarketInvoice, MarketInvoiceStatus } from '../charges/market-invoice.ts'

export async function insertInvoices(
  tx: Tx,
  invoices: readonly Omit<MarketInvoice, 'invoiceNumber'>[],
): Promise<number[]> {
  const next = await numbersAfter(
    tx,
    'market_invoice',
    'invoice_number',
    invoices.map((invoice) => invoice.customerId),
  )
  const columns = {
    customer_id: 'int8',
    invoice_number: 'int4',
    agreement_id: 'int4',
    charge_id: 'int4',
    amount_cents: 'int8',
    status: 'text',
    invoice_date: 'date',
    external_id: 'text',
    created_at: 'timestamptz',
  } as const
  const rows = invoices.map((invoice) => ({
    customer_id: invoice.customerId,
    invoice_number: next(invoice.customerId),
    agreement_id: invoice.agreementId,
    charge_id: invoice.chargeId,
    amount_cents: invoice.amountCents,
    status: invoice.status,
    invoice_date: invoice.invoiceDate,
    external_id: invoice.externalId,
    created_at: invoice.createdAt,
  }))
  await insertRows(tx, 'market_invoice', columns, rows)
  return rows.map((row) => row.invoice_number)
}

const invoiceColumns = sql`
  customer_id as "customerId", invoice_number as "invoiceNumber", agreement_id as "agreementId",
  charge_id as "chargeId", amount_cents as "amountCents", status, invoice_date as "invoiceDate",
  external_id as "externalId", created_at as "createdAt"`

export async function selectInvoice(tx: Tx, customerId: number, invoiceNumber: number) {
  const { rows } = await sql<MarketInvoice>`
    select ${invoiceColumns} from market_invoice
     where customer_id = ${customerId} and invoice_number = ${invoiceNumber}`.execute(tx)
  return rows[0]
}

export async function selectLiveInvoiceOfCharge(tx: Tx, customerId: number, chargeId: number) {
  const { rows } = await sql<MarketInvoice>`
    select ${invoiceColumns} from market_invoice
     where customer_id = ${customerId} and charge_id = ${chargeId} and status <> 'cancelled'`.execute(tx)
  return rows[0]
}

export async function updateInvoiceStatus(
  tx: Tx,
  key: { customerId: number; invoiceNumber: number },
  status: MarketInvoiceStatus,
  externalId: string | null,
): Promise<void> {
  await sql`
    update market_invoice set status = ${status}, external_id = coalesce(${externalId}, external_id)
     where customer_id = ${key.customerId} and invoice_number = ${key.invoiceNumber}`.execute(tx)
}
