import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { RatingHistory } from '../../rating/index.ts'
import type { Charge, ChargeKey, ChargeLine, ChargePart, ChargeStatus } from '../charges/charge.ts'

export type NewCharge = Omit<
  Charge,
  'cancelBillId' | 'cancelledAt' | 'cancelReason' | 'errorCode' | 'error'
> & {
  parts: ChargePart[]
  lines: ChargeLine[]
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

async function insertPartsAndLines(tx: Tx, charges: readonly NewCharge[]): Promise<void> {
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

function lineRow(customerId: number, line: ChargeLine) {
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

export async function selectParts(tx: Tx, customerId: number, chargeIds: readonly number[]) {
  const { rows } = await sql<ChargePart>`
    select charge_id as "chargeId", part_number as "partNumber", tariff_id as "tariffId",
           tariff_version as "tariffVersion", start_date as "startDate", end_date as "endDate"
      from charge_part where customer_id = ${customerId} and charge_id = any(${chargeIds}::int4[])
     order by charge_id, part_number`.execute(tx)
  return rows
}

export async function selectLines(tx: Tx, customerId: number, chargeIds: readonly number[]) {
  const { rows } = await sql<ChargeLine>`
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

export interface UnbilledCharge extends ChargeKey {
  agreementId: number
  status: 'freezable' | 'frozen' | 'pending_cancel' | 'cancelled'
  amountCents: number
  startDate: LocalDate
  endDate: LocalDate
  rebillsChargeId: number | null
}

/**
 * Charges priced apart from a bill that none shows yet, those of bills that are open again, and cancellations that none
 * shows yet. What was never posted or waits to take another's place is left out.
 */
export async function selectUnbilledCharges(
  tx: Tx,
  customerIds: readonly number[],
  open: readonly { customerId: number; billId: number }[],
): Promise<UnbilledCharge[]> {
  const { rows } = await sql<UnbilledCharge>`
    select customer_id as "customerId", charge_id as "chargeId", agreement_id as "agreementId", status,
           amount_cents as "amountCents", start_date as "startDate", end_date as "endDate",
           rebills_charge_id as "rebillsChargeId"
      from charge
     where customer_id = any(${customerIds}::int8[])
       and (status in ('freezable', 'frozen', 'pending_cancel') and bill_id is null
              and not (status = 'freezable' and rebills_charge_id is not null)
            or status = 'cancelled' and cancel_bill_id is null and frozen_at is not null
            or status in ('frozen', 'pending_cancel') and (customer_id, bill_id) in (
                 select * from unnest(${open.map((bill) => bill.customerId)}::int8[], ${open.map((bill) => bill.billId)}::int4[])))
     order by customer_id, charge_id`.execute(tx)
  return rows
}

/** What each of these charges moves in each account of the books. */
export async function selectLedgerSums(tx: Tx, keys: readonly ChargeKey[]) {
  const { rows } = await sql<ChargeKey & { ledgerCode: string; amountCents: number }>`
    select l.customer_id as "customerId", l.charge_id as "chargeId", l.ledger_code as "ledgerCode",
           sum(l.amount_cents)::bigint as "amountCents"
      from charge_line l
      join unnest(${keys.map((k) => k.customerId)}::int8[], ${keys.map((k) => k.chargeId)}::int4[])
           as k(customer_id, charge_id) using (customer_id, charge_id)
     group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

export async function updateBillOfCharges(
  tx: Tx,
  shown: readonly (ChargeKey & { billId: number })[],
  now: Instant,
): Promise<void> {
  if (shown.length === 0) return
  await sql`
    update charge c
       set bill_id = case when c.status = 'cancelled' then c.bill_id else s.bill_id end,
           cancel_bill_id = case when c.status = 'cancelled' then s.bill_id else c.cancel_bill_id end,
           frozen_at = case when c.status = 'freezable' then ${now}::timestamptz else c.frozen_at end,
           status = case when c.status = 'freezable' then 'frozen' else c.status end
      from unnest(${shown.map((s) => s.customerId)}::int8[], ${shown.map((s) => s.chargeId)}::int4[],
                  ${shown.map((s) => s.billId)}::int4[]) as s(customer_id, charge_id, bill_id)
     where c.customer_id = s.customer_id and c.charge_id = s.charge_id`.execute(tx)
}

/** A charge that is cancelled while its bill is open again is not on that bill any more. */
export async function updateCancelled(tx: Tx, key: ChargeKey, reason: string, now: Instant): Promise<void> {
  await sql`
    update charge c set status = 'cancelled', cancelled_at = ${now}, cancel_reason = ${reason},
           bill_id = (select b.bill_id from bill b where b.customer_id = c.customer_id and b.bill_id = c.bill_id
                         and b.status not in ('pending', 'reopened'))
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}

export async function updateStatus(
  tx: Tx,
  key: ChargeKey,
  change: { status: ChargeStatus; frozenAt?: Instant; cancelReason?: string | null },
): Promise<void> {
  await sql`
    update charge set status = ${change.status}, frozen_at = coalesce(${change.frozenAt ?? null}, frozen_at),
           cancel_reason = ${change.cancelReason ?? null}
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}

/** A charge that was only drafted takes what it was priced to, or why it could not be. */
export async function updateDraft(tx: Tx, charge: NewCharge): Promise<void> {
  await sql`
    update charge set status = ${charge.status}, usage_id = ${charge.usageId}, amount_cents = ${charge.amountCents},
           as_of = ${charge.asOf}, engine = ${charge.engine}, basis = ${JSON.stringify(charge.basis)}::jsonb,
           error_code = null, error = null
     where customer_id = ${charge.customerId} and charge_id = ${charge.chargeId}`.execute(tx)
  await insertPartsAndLines(tx, [charge])
}

export async function updateError(tx: Tx, key: ChargeKey, code: string, sentence: string): Promise<void> {
  await sql`
    update charge set status = 'error', error_code = ${code}, error = ${sentence}
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}

export async function selectEntryOfCharge(tx: Tx, key: ChargeKey): Promise<number | undefined> {
  const { rows } = await sql<{ entryId: number }>`
    select entry_id as "entryId" from journal_entry
     where customer_id = ${key.customerId} and kind = 'charge' and reference = ${`charge:${key.chargeId}`}`.execute(
    tx,
  )
  return rows[0]?.entryId
}
