import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

export interface HistoryFilter {
  customerId: number
  /** Agreements that are on this account now. */
  accountNumber?: number
  agreementId?: number
  /** First day shown. */
  start?: LocalDate
  /** First day no longer shown. */
  end?: LocalDate
  limit: number
  offset: number
}

/** One change of what an agreement owes or is asked for. */
export interface HistoryRow {
  entryId: number
  agreementId: number
  effectiveDate: LocalDate
  accountingDate: LocalDate
  kind: string
  /** `charge:12` */
  reference: string
  payoffCents: number
  currentCents: number
  /** Of all agreements asked about, after this change. */
  runningPayoffCents: number
  runningCurrentCents: number
  debtClass: string
  dueDate: LocalDate | null
  billId: number | null
  adjustmentId: number | null
  adjustmentText: { en: string; es: string } | null
}

/** Latest first; running balances count everything before, shown or not. */
export async function selectHistory(
  tx: Tx,
  filter: HistoryFilter,
): Promise<{ rows: HistoryRow[]; total: number }> {
  const { customerId, start = null, end = null } = filter
  const { rows } = await sql<HistoryRow & { total: number }>`
    with change as (
      select e.entry_id, p.agreement_id, e.effective_date, e.accounting_date, e.kind, e.reference,
             sum(p.payoff_cents)::bigint as payoff, sum(p.current_cents)::bigint as current, min(p.debt_class) as debt_class
        from posting p
        join journal_entry e on e.customer_id = p.customer_id and e.entry_id = p.entry_id
        join agreement a on a.customer_id = p.customer_id and a.agreement_id = p.agreement_id
       where p.customer_id = ${customerId}
         and (${filter.accountNumber ?? null}::int is null or a.account_number = ${filter.accountNumber ?? null})
         and (${filter.agreementId ?? null}::int is null or a.agreement_id = ${filter.agreementId ?? null})
       group by 1, 2, 3, 4, 5, 6),
    running as (
      select c.*, (sum(payoff) over so_far)::bigint as running_payoff, (sum(current) over so_far)::bigint as running_current
        from change c window so_far as (order by effective_date, entry_id, agreement_id))
    select r.entry_id as "entryId", r.agreement_id as "agreementId", r.effective_date as "effectiveDate",
           r.accounting_date as "accountingDate", r.kind, r.reference, r.payoff as "payoffCents",
           r.current as "currentCents", r.running_payoff as "runningPayoffCents",
           r.running_current as "runningCurrentCents", r.debt_class as "debtClass", i.due_date as "dueDate",
           i.bill_id as "billId", j.adjustment_id as "adjustmentId",
           case when t.name_en is not null then jsonb_build_object('en', t.name_en, 'es', t.name_es) end as "adjustmentText",
           count(*) over ()::int as total
      from running r
      left join open_item i on i.customer_id = ${customerId} and i.entry_id = r.entry_id
       and i.agreement_id = r.agreement_id and not i.deferred
      left join adjustment j on j.customer_id = ${customerId} and j.agreement_id = r.agreement_id
       and r.entry_id in (j.entry_id, j.cancel_entry_id)
      left join adjustment_type t on t.client_id = ${customerId} / 100000000 and t.adjustment_type = j.adjustment_type
     where (${start}::date is null or r.effective_date >= ${start}::date)
       and (${end}::date is null or r.effective_date < ${end}::date)
     order by r.effective_date desc, r.entry_id desc, r.agreement_id desc
     limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}
