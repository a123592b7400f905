import { sql } from 'kysely'
import { insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { FeeDraft, LateFee, LateFeeBase, LateFeeRule, LateItem } from '../late-fees/late-fee.ts'

/** Rules in force on a day; with none, every rule there is. */
export async function selectRules(tx: Tx, clientId: number, day?: LocalDate): Promise<LateFeeRule[]> {
  const { rows } = await sql<LateFeeRule>`
    select rule_code as "ruleCode", company_id as "companyId", customer_class as "customerClass",
           debt_class as "debtClass", trim_scale(percent)::text as percent, flat_cents as "flatCents", grace_days as "graceDays",
           minimum_cents as "minimumCents", cap_cents as "capCents", repeats, start_date as "startDate",
           end_date as "endDate"
      from late_fee_rule
     where client_id = ${clientId}
       and (${day ?? null}::date is null
            or start_date <= ${day ?? null}::date and (end_date is null or end_date > ${day ?? null}::date))
     order by rule_code`.execute(tx)
  return rows
}

export async function upsertRule(tx: Tx, clientId: number, rule: LateFeeRule): Promise<void> {
  await sql`
    insert into late_fee_rule (client_id, rule_code, company_id, customer_class, debt_class, percent, flat_cents,
                               grace_days, minimum_cents, cap_cents, repeats, start_date, end_date)
    values (${clientId}, ${rule.ruleCode}, ${rule.companyId}, ${rule.customerClass}, ${rule.debtClass}, ${rule.percent},
            ${rule.flatCents}, ${rule.graceDays}, ${rule.minimumCents}, ${rule.capCents}, ${rule.repeats},
            ${rule.startDate}, ${rule.endDate})
    on conflict (client_id, rule_code) do update
       set company_id = excluded.company_id, customer_class = excluded.customer_class, debt_class = excluded.debt_class,
           percent = excluded.percent, flat_cents = excluded.flat_cents, grace_days = excluded.grace_days,
           minimum_cents = excluded.minimum_cents, cap_cents = excluded.cap_cents, repeats = excluded.repeats,
           start_date = excluded.start_date, end_date = excluded.end_date`.execute(tx)
}

/** Customers of a client who owe something that was due before a day. */
export async function selectLateCustomers(tx: Tx, clientId: number, day: LocalDate): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select distinct customer_id as "customerId" from open_item
     where customer_id >= ${clientId} * 100000000::int8 and customer_id < (${clientId} + 1) * 100000000::int8
       and unsettled_cents > 0 and due_date < ${day} and not deferred
     order by 1`.execute(tx)
  return rows.map((row) => row.customerId)
}

/**
 * What these customers owe past its due date, fees left out. The origin of a rebilled charge is the first of its chain,
 * so that one that was part of a fee is not again by being corrected.
 */
export async function selectLateItems(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<LateItem[]> {
  const { rows } = await sql<LateItem>`
    with recursive late as (
      select i.* from open_item i
       where i.customer_id = any(${customerIds}::int8[]) and i.unsettled_cents > 0 and i.due_date < ${day}
         and not i.deferred and i.kind <> 'fee'
    ), chain as (
      select l.customer_id, l.item_id, c.charge_id, c.rebills_charge_id
        from late l join charge c on c.customer_id = l.customer_id and c.charge_id = substring(l.reference from '^charge:([0-9]+)$')::int
       where l.kind = 'charge'
      union all
      select chain.customer_id, chain.item_id, c.charge_id, c.rebills_charge_id
        from chain join charge c on c.customer_id = chain.customer_id and c.charge_id = chain.rebills_charge_id
    ), origin as (
      select l.*, coalesce('charge:' || chain.charge_id, 'item:' || l.item_id) as origin
        from late l left join chain on chain.customer_id = l.customer_id and chain.item_id = l.item_id
         and chain.rebills_charge_id is null
    )
    select o.customer_id as "customerId", a.account_number as "accountNumber", a.company_id as "companyId",
           c.class as "customerClass", o.agreement_id as "agreementId", a.kind as "agreementKind",
           a.debt_class as "debtClass", o.item_id as "itemId", o.origin, o.unsettled_cents as "unsettledCents",
           o.due_date as "dueDate",
           (select max(f.assessed_on) from late_fee_base b join late_fee f using (customer_id, fee_number)
             where b.customer_id = o.customer_id and b.origin = o.origin) as "lastFeeOn"
      from origin o join agreement a using (customer_id, agreement_id) join customer c using (customer_id)
     order by o.customer_id, o.agreement_id, o.due_date, o.item_id`.execute(tx)
  return rows
}

/** The caller holds the locks. */
export function nextFeeNumbers(tx: Tx, customerIds: readonly number[]) {
  return numbersAfter(tx, 'late_fee', 'fee_number', customerIds)
}

export async function insertFees(
  tx: Tx,
  fees: readonly (FeeDraft & { feeNumber: number; entryId: number })[],
  { day, now }: { day: LocalDate; now: Instant },
): Promise<void> {
  const columns = {
    customer_id: 'int8',
    fee_number: 'int4',
    account_number: 'int2',
    agreement_id: 'int4',
    assessed_on: 'date',
    rule: 'jsonb',
    base_cents: 'int8',
    amount_cents: 'int8',
    entry_id: 'int4',
    status: 'text',
    created_at: 'timestamptz',
  } as const
  const rows = fees.map((fee) => ({
    customer_id: fee.customerId,
    fee_number: fee.feeNumber,
    account_number: fee.accountNumber,
    agreement_id: fee.agreementId,
    assessed_on: day,
    rule: JSON.stringify(fee.rule),
    base_cents: fee.baseCents,
    amount_cents: fee.amountCents,
    entry_id: fee.entryId,
    status: 'posted',
    created_at: now,
  }))
  await insertRows(tx, 'late_fee', columns, rows)
  await insertBase(tx, fees)
}

async function insertBase(tx: Tx, fees: readonly (FeeDraft & { feeNumber: number })[]): Promise<void> {
  const columns = {
    customer_id: 'int8',
    fee_number: 'int4',
    item_id: 'int4',
    origin: 'text',
    unsettled_cents: 'int8',
    due_date: 'date',
    days_late: 'int4',
  } as const
  const rows = fees.flatMap(({ customerId, feeNumber, base }) =>
    base.map((item) => ({
      customer_id: customerId,
      fee_number: feeNumber,
      item_id: item.itemId,
      origin: item.origin,
      unsettled_cents: item.unsettledCents,
      due_date: item.dueDate,
      days_late: item.daysLate,
    })),
  )
  await insertRows(tx, 'late_fee_base', columns, rows)
}

export async function selectFees(tx: Tx, customerId: number, feeNumber?: number): Promise<LateFee[]> {
  const { rows } = await sql<Omit<LateFee, 'base'>>`
    select customer_id as "customerId", fee_number as "feeNumber", account_number as "accountNumber",
           agreement_id as "agreementId", assessed_on as "assessedOn", rule, base_cents as "baseCents",
           amount_cents as "amountCents", entry_id as "entryId", status, cancel_reason as "cancelReason"
      from late_fee
     where customer_id = ${customerId} and (${feeNumber ?? null}::int4 is null or fee_number = ${feeNumber ?? null}::int4)
     order by fee_number`.execute(tx)
  const { rows: base } = await sql<LateFeeBase & { feeNumber: number }>`
    select fee_number as "feeNumber", item_id as "itemId", origin, unsettled_cents as "unsettledCents",
           due_date as "dueDate", days_late as "daysLate"
      from late_fee_base where customer_id = ${customerId} order by fee_number, item_id`.execute(tx)
  const byFee = Map.groupBy(base, (item) => item.feeNumber)
  return rows.map((fee) => ({
    ...fee,
    base: (byFee.get(fee.feeNumber) ?? []).map(({ feeNumber: _, ...item }) => item),
  }))
}

export async function updateFeeCancelled(
  tx: Tx,
  key: { customerId: number; feeNumber: number },
  reason: string,
): Promise<void> {
  await sql`
    update late_fee set status = 'cancelled', cancel_reason = ${reason}
     where customer_id = ${key.customerId} and fee_number = ${key.feeNumber}`.execute(tx)
}
