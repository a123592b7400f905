import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of payments. */
export const paymentInvariants: readonly Invariant[] = [
  {
    name: 'payments_equal_entries',
    sentence:
      'Every posted payment is what its journal entry took off its account, or put into unapplied cash when it has none.',
    query: sql`
      select format('payment %s-%s', p.customer_id, p.payment_number) as offender from payment p
       where p.status in ('frozen', 'cancelled')
         and p.amount_cents is distinct from case when p.account_number is null
               then (select sum(o.amount_cents) from posting o where o.customer_id = p.customer_id
                        and o.entry_id = p.entry_id and o.credit_code = 'unapplied_cash')
               else -(select sum(o.payoff_cents) from posting o where o.customer_id = p.customer_id
                         and o.entry_id = p.entry_id and o.account_number = p.account_number) end`,
  },
  {
    name: 'tenders_equal_payments',
    sentence: 'The valid tenders of a posted payment event sum to its payments that were not cancelled.',
    query: sql`
      select format('payment event %s-%s', t.customer_id, t.event_number) as offender
        from (select customer_id, event_number, coalesce(sum(amount_cents) filter (where status = 'valid'), 0) as amount
                from tender group by 1, 2) t
        full join (select payer_customer_id as customer_id, event_number,
                          coalesce(sum(amount_cents) filter (where status = 'frozen'), 0) as amount,
                          bool_or(status in ('incomplete', 'error', 'freezable')) as pending
                     from payment group by 1, 2) p using (customer_id, event_number)
       where t.amount is distinct from p.amount and not coalesce(p.pending, false)`,
  },
  {
    name: 'cancelled_payments_reversed',
    sentence: 'The entry of a payment is reversed when, and only when, the payment is cancelled.',
    query: sql`
      select format('payment %s-%s', p.customer_id, p.payment_number) as offender from payment p
       where (p.status = 'cancelled') <> exists (select from journal_entry r
               where r.customer_id = p.customer_id and r.reverses_entry_id = p.entry_id)`,
  },
  {
    name: 'payment_entries_have_payments',
    sentence: 'Every journal entry of a payment belongs to a posted payment.',
    query: sql`
      select format('entry %s-%s (%s)', e.customer_id, e.entry_id, e.reference) as offender from journal_entry e
       where e.kind = 'payment' and e.reference like 'payment:%'
         and not exists (select from payment p where p.customer_id = e.customer_id and p.entry_id = e.entry_id
                            and p.payment_number = substr(e.reference, 9)::int)`,
  },
  {
    name: 'unapplied_cash_is_explained',
    sentence: 'Unapplied cash is what unapplied payments brought less what of it is sent back.',
    query: sql`
      select format('client %s: books %s, payments %s cents', client_id, coalesce(b.amount, 0), coalesce(p.amount, 0)) as offender
        from (select customer_id / 100000000 as client_id,
                     sum(case when credit_code = 'unapplied_cash' then amount_cents else -amount_cents end) as amount
                from posting where 'unapplied_cash' in (debit_code, credit_code) group by 1) b
        full join (select client_id, sum(amount) as amount from (
                     select customer_id / 100000000 as client_id, amount_cents as amount from payment
                      where account_number is null and status = 'frozen'
                     union all
                     select customer_id / 100000000, -amount_cents from disbursement
                      where payment_number is not null and status <> 'cancelled') as moved group by 1) p using (client_id)
       where coalesce(b.amount, 0) <> coalesce(p.amount, 0)`,
  },
  {
    name: 'refunds_payable_are_requests',
    sentence: 'Refunds payable are the disbursements that were asked for and not paid.',
    query: sql`
      select format('customer %s: books %s, disbursements %s cents', customer_id, coalesce(b.amount, 0), coalesce(d.amount, 0))
               as offender
        from (select customer_id, sum(case when credit_code = 'refunds_payable' then amount_cents else -amount_cents end) as amount
                from posting where 'refunds_payable' in (debit_code, credit_code) group by 1) b
        full join (select customer_id, sum(amount_cents) as amount from disbursement
                    where status in ('requested', 'hold', 'stopped') group by 1) d using (customer_id)
       where coalesce(b.amount, 0) <> coalesce(d.amount, 0)`,
  },
  {
    name: 'balanced_tills_were_counted',
    sentence: 'A balanced till was counted as its tenders, those cancelled since included.',
    query: sql`
      select format('tender control %s-%s', c.client_id, c.control_id) as offender from tender_control c
       where c.status = 'balanced' and c.expected_cents > coalesce((
               select sum(t.amount_cents) from tender t where t.control_id = c.control_id and t.status <> 'deleted'
                  and t.customer_id >= c.client_id::int8 * 100000000 and t.customer_id < (c.client_id::int8 + 1) * 100000000), 0)`,
  },
]
