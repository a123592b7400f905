import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

/** Whose items: a range of customers, and the account and agreement within one. */
export interface AgedWhose {
  firstCustomerId: number
  lastCustomerId: number
  accountNumber?: number
  agreementId?: number
}

export interface AgedSum {
  customerId: number | null
  accountNumber: number | null
  agreementKind: string
  debtClass: string
  /** Of the bucket that the debt falls into; null: a credit. */
  bucket: number | null
  amountCents: number
}

/**
 * Items asked for whose entry had been accounted by the end of a day, with what was left of each then: a settlement
 * counts when it was made before `cutoffSeconds` and both its items were there. Sums by bucket: 0 is not overdue, n is
 * overdue more than `days[n - 1]` days.
 */
export async function selectAged(
  tx: Tx,
  whose: AgedWhose,
  input: { asOf: LocalDate; cutoffSeconds: number; days: readonly number[]; byAccount: boolean },
): Promise<AgedSum[]> {
  const { asOf, cutoffSeconds, days, byAccount } = input
  const owners = sql`between ${whose.firstCustomerId} and ${whose.lastCustomerId}`
  const { rows } = await sql<AgedSum>`
    with item as materialized (
      select i.customer_id, i.item_id, i.agreement_id, i.debt_class, i.due_date, i.unsettled_cents,
             i.amount_cents > 0 as debit, e.accounting_date > ${asOf}::date as later
        from open_item i join journal_entry e on e.customer_id = i.customer_id and e.entry_id = i.entry_id
       where i.customer_id ${owners} and not i.deferred),
    later as (
      select s.customer_id, u.item_id, sum(u.amount_cents) as amount_cents
        from settlement s
        left join item d on d.customer_id = s.customer_id and d.item_id = s.debit_item_id
        left join item c on c.customer_id = s.customer_id and c.item_id = s.credit_item_id
       cross join lateral (values (s.debit_item_id, s.amount_cents), (s.credit_item_id, -s.amount_cents)) as u(item_id, amount_cents)
       where s.customer_id ${owners} and (s.settled_at >= to_timestamp(${cutoffSeconds}) or d.later or c.later)
       group by 1, 2)
    select case when ${byAccount} then i.customer_id end as "customerId",
           case when ${byAccount} then a.account_number end as "accountNumber",
           a.kind as "agreementKind", i.debt_class as "debtClass",
           case when i.debit then (select count(*)::int from unnest(${[0, ...days]}::int4[]) as after(days)
                                    where i.due_date + after.days < ${asOf}::date) end as bucket,
           sum(i.unsettled_cents + coalesce(l.amount_cents, 0))::bigint as "amountCents"
      from item i
      join agreement a on a.customer_id = i.customer_id and a.agreement_id = i.agreement_id
      left join later l on l.customer_id = i.customer_id and l.item_id = i.item_id
     where not i.later and i.unsettled_cents + coalesce(l.amount_cents, 0) <> 0
       and (${whose.accountNumber ?? null}::int is null or a.account_number = ${whose.accountNumber ?? null})
       and (${whose.agreementId ?? null}::int is null or a.agreement_id = ${whose.agreementId ?? null})
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(tx)
  return rows
}
