import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { ChargeKey } from '../charges/charge.ts'

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

/** A bill that is open again shows no cancellation, and none of its charges that were cancelled meanwhile. */
export async function takeChargesOffBill(
  tx: Tx,
  { customerId, billId }: { customerId: number; billId: number },
): Promise<void> {
  await sql`
    update charge
       set bill_id = case when status = 'cancelled' then nullif(bill_id, ${billId}::int4) else bill_id end,
           cancel_bill_id = nullif(cancel_bill_id, ${billId}::int4)
     where customer_id = ${customerId}
       and (status = 'cancelled' and bill_id = ${billId} or cancel_bill_id = ${billId})`.execute(tx)
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
