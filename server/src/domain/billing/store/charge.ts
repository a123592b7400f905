import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { RatingHistory } from '../../rating/index.ts'
import type { Charge, ChargeKey, ChargePart, KeptLine } from '../charges/charge.ts'

export type NewCharge = Omit<
  Charge,
  'cancelBillId' | 'cancelledAt' | 'cancelReason' | 'errorCode' | 'error'
> & {
  parts: ChargePart[]
  lines: KeptLine[]
}

const CHARGE_COLUMNS = {
  customer_id: 'int8',
  charge_id: 'int4',
  agreement_id: 'int4',
  account_number: 'int2',
  kind: 'text',
  usage_id: 'int4',
  start_date: 'date',
  end_date: 'date',
  status: 'text',
  amount_cents: 'int8',
  bill_id: 'int4',
  run_id: 'int4',
  rebills_charge_id: 'int4',
  as_of: 'timestamptz',
  engine: 'text',
  created_at: 'timestamptz',
  frozen_at: 'timestamptz',
  basis: 'jsonb',
} as const satisfies Record<string, BulkType>

const PART_COLUMNS = {
  customer_id: 'int8',
  charge_id: 'int4',
  part_number: 'int2',
  tariff_id: 'int4',
  tariff_version: 'int2',
  start_date: 'date',
  end_date: 'date',
} as const satisfies Record<string, BulkType>

const LINE_COLUMNS = {
  customer_id: 'int8',
  charge_id: 'int4',
  line_number: 'int2',
  part_number: 'int2',
  rule_code: 'text',
  kind: 'text',
  section: 'text',
  quantity: 'int8',
  quantity_scale: 'int2',
  unit: 'text',
  tou_code: 'text',
  price: 'numeric',
  base_cents: 'int8',
  unrounded: 'numeric',
  amount_cents: 'int8',
  ledger_code: 'text',
  tax_category: 'text',
  start_date: 'date',
  end_date: 'date',
  detail: 'jsonb',
} as const satisfies Record<string, BulkType>

export async function insertCharges(tx: Tx, charges: readonly NewCharge[]): Promise<void> {
  await insertRows(tx, 'charge', CHARGE_COLUMNS, charges.map(chargeRow))
  await insertPartsAndLines(tx, charges)
}

/** What a charge is made of; its row is there. */
export async function insertPartsAndLines(tx: Tx, charges: readonly NewCharge[]): Promise<void> {
  await insertRows(
    tx,
    'charge_part',
    PART_COLUMNS,
    charges.flatMap((charge) => charge.parts.map((part) => partRow(charge.customerId, part))),
  )
  await insertRows(
    tx,
    'charge_line',
    LINE_COLUMNS,
    charges.flatMap((charge) => charge.lines.map((line) => lineRow(charge.customerId, line))),
  )
}

function chargeRow(charge: NewCharge) {
  return {
    customer_id: charge.customerId,
    charge_id: charge.chargeId,
    agreement_id: charge.agreementId,
    account_number: charge.accountNumber,
    kind: charge.kind,
    usage_id: charge.usageId,
    start_date: charge.startDate,
    end_date: charge.endDate,
    status: charge.status,
    amount_cents: charge.amountCents,
    bill_id: charge.billId,
    run_id: charge.runId,
    rebills_charge_id: charge.rebillsChargeId,
    as_of: charge.asOf,
    engine: charge.engine,
    created_at: charge.createdAt,
    frozen_at: charge.frozenAt,
    basis: JSON.stringify(charge.basis),
  }
}

function partRow(customerId: number, part: ChargePart) {
  return {
    customer_id: customerId,
    charge_id: part.chargeId,
    part_number: part.partNumber,
    tariff_id: part.tariffId,
    tariff_version: part.tariffVersion,
    start_date: part.startDate,
    end_date: part.endDate,
  }
}

function lineRow(customerId: number, line: KeptLine) {
  return {
    customer_id: customerId,
    charge_id: line.chargeId,
    line_number: line.lineNumber,
    part_number: line.partNumber,
    rule_code: line.ruleCode,
    kind: line.kind,
    section: line.section,
    quantity: line.quantity,
    quantity_scale: line.quantityScale,
    unit: line.unit,
    tou_code: line.touCode,
    price: line.price,
    base_cents: line.baseCents,
    unrounded: line.unrounded,
    amount_cents: line.amountCents,
    ledger_code: line.ledgerCode,
    tax_category: line.taxCategory,
    start_date: line.startDate,
    end_date: line.endDate,
    detail: JSON.stringify(line.detail),
  }
}

const chargeColumns = sql`
  c.customer_id as "customerId", c.charge_id as "chargeId", c.agreement_id as "agreementId",
  c.account_number as "accountNumber", c.kind, c.usage_id as "usageId", c.start_date as "startDate",
  c.end_date as "endDate", c.status, c.amount_cents as "amountCents", c.bill_id as "billId", c.run_id as "runId",
  c.cancel_bill_id as "cancelBillId", c.rebills_charge_id as "rebillsChargeId", c.as_of as "asOf", c.engine,
  c.created_at as "createdAt", c.frozen_at as "frozenAt", c.cancelled_at as "cancelledAt",
  c.cancel_reason as "cancelReason", c.error_code as "errorCode", c.error, c.basis`

export async function selectCharge(tx: Tx, key: ChargeKey): Promise<Charge | undefined> {
  const { rows } = await sql<Charge>`
    select ${chargeColumns} from charge c
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
  return rows[0]
}

export async function selectChargesOfBill(tx: Tx, customerId: number, billId: number): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    select ${chargeColumns} from charge c
     where customer_id = ${customerId} and bill_id = ${billId} order by agreement_id, start_date`.execute(tx)
  return rows
}

export async function selectChargesOfAgreement(
  tx: Tx,
  customerId: number,
  agreementId: number,
): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    select ${chargeColumns} from charge c
     where customer_id = ${customerId} and agreement_id = ${agreementId} order by charge_id`.execute(tx)
  return rows
}

export async function selectChargesByIds(
  tx: Tx,
  customerId: number,
  chargeIds: readonly number[],
): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    select ${chargeColumns} from charge c
     where customer_id = ${customerId} and charge_id = any(${chargeIds}::int4[]) order by charge_id`.execute(
    tx,
  )
  return rows
}

export async function selectParts(tx: Tx, customerId: number, chargeIds: readonly number[]) {
  const { rows } = await sql<ChargePart>`
    select charge_id as "chargeId", part_number as "partNumber", tariff_id as "tariffId",
           tariff_version as "tariffVersion", start_date as "startDate", end_date as "endDate"
      from charge_part where customer_id = ${customerId} and charge_id = any(${chargeIds}::int4[])
     order by charge_id, part_number`.execute(tx)
  return rows
}

export async function selectLines(tx: Tx, customerId: number, chargeIds: readonly number[]) {
  const { rows } = await sql<KeptLine>`
    select charge_id as "chargeId", line_number as "lineNumber", part_number as "partNumber", rule_code as "ruleCode",
           kind, section, quantity, quantity_scale as "quantityScale", unit, tou_code as "touCode", price::text,
           base_cents as "baseCents", unrounded::text, amount_cents as "amountCents", ledger_code as "ledgerCode",
           tax_category as "taxCategory", start_date as "startDate", end_date as "endDate", detail
      from charge_line where customer_id = ${customerId} and charge_id = any(${chargeIds}::int4[])
     order by charge_id, line_number`.execute(tx)
  return rows
}

export interface LastCharge {
  customerId: number
  agreementId: number
  endDate: LocalDate
  carry: RatingHistory | null
}

/** Until when each agreement of these customers is charged, and what its last charge handed on. */
export async function selectLastCharges(tx: Tx, customerIds: readonly number[]): Promise<LastCharge[]> {
  const { rows } = await sql<LastCharge>`
    select a.customer_id as "customerId", a.agreement_id as "agreementId", last.end_date as "endDate",
           last.basis -> 'carry' as carry
      from agreement a
      join lateral (select end_date, basis from charge c
                     where c.customer_id = a.customer_id and c.agreement_id = a.agreement_id and c.kind = 'service'
                       and (c.status in ('frozen', 'pending_cancel') or c.status = 'freezable' and c.rebills_charge_id is null)
                     order by end_date desc limit 1) last on true
     where a.customer_id = any(${customerIds}::int8[]) and a.kind = 'service'`.execute(tx)
  return rows
}

/** The carry of the charge that ends where a period begins; of a rebill, when one waits. */
export async function selectCarryBefore(tx: Tx, customerId: number, agreementId: number, day: LocalDate) {
  const { rows } = await sql<{ carry: RatingHistory | null }>`
    select basis -> 'carry' as carry from charge
     where customer_id = ${customerId} and agreement_id = ${agreementId} and kind = 'service'
       and status in ('freezable', 'frozen', 'pending_cancel') and end_date = ${day}
     order by charge_id desc limit 1`.execute(tx)
  return rows[0]?.carry ?? undefined
}

/** The charge that waits to take the place of another. */
export async function selectRebillOf(tx: Tx, key: ChargeKey): Promise<Charge | undefined> {
  const { rows } = await sql<Charge>`
    select ${chargeColumns} from charge c
     where customer_id = ${key.customerId} and rebills_charge_id = ${key.chargeId} and status = 'freezable'`.execute(
    tx,
  )
  return rows[0]
}

/** Service charges of an agreement that stand, or will, and share a day with a period. */
export async function selectLiveCharges(
  tx: Tx,
  key: { customerId: number; agreementId: number },
  period: { start: LocalDate; end: LocalDate },
): Promise<ChargeKey[]> {
  const { rows } = await sql<ChargeKey>`
    select customer_id as "customerId", charge_id as "chargeId" from charge
     where customer_id = ${key.customerId} and agreement_id = ${key.agreementId} and kind = 'service'
       and status in ('freezable', 'frozen', 'pending_cancel')
       and start_date < ${period.end} and end_date > ${period.start} order by charge_id`.execute(tx)
  return rows
}

export async function selectEntryOfCharge(tx: Tx, key: ChargeKey): Promise<number | undefined> {
  const { rows } = await sql<{ entryId: number }>`
    select entry_id as "entryId" from journal_entry
     where customer_id = ${key.customerId} and kind = 'charge' and reference = ${`charge:${key.chargeId}`}`.execute(
    tx,
  )
  return rows[0]?.entryId
}
