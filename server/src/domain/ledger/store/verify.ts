import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of the books. */
export const ledgerInvariants: readonly Invariant[] = [
  {
    name: 'entries_have_postings',
    sentence: 'Every journal entry moves money: it has at least one posting.',
    query: sql`
      select format('entry %s-%s (%s)', customer_id, entry_id, reference) as offender from journal_entry e
       where not exists (select from posting p where p.customer_id = e.customer_id and p.entry_id = e.entry_id)`,
  },
  {
    name: 'postings_balance',
    sentence:
      'Every posting names a different debit and credit account of the client’s chart and a positive amount.',
    query: sql`
      select format('posting %s-%s line %s', p.customer_id, p.entry_id, p.line_number) as offender from posting p
       where p.amount_cents <= 0 or p.debit_code = p.credit_code
          or not exists (select from ledger_account a where a.client_id = p.customer_id / 100000000 and a.ledger_code = p.debit_code)
          or not exists (select from ledger_account a where a.client_id = p.customer_id / 100000000 and a.ledger_code = p.credit_code)`,
  },
  {
    name: 'receivable_postings_complete',
    sentence:
      'Every posting to a control account says whose debt it is, and what it asks for follows its side; no other posting does.',
    query: sql`
      select format('posting %s-%s line %s', p.customer_id, p.entry_id, p.line_number) as offender
        from posting p
        left join ledger_account d on d.client_id = p.customer_id / 100000000 and d.ledger_code = p.debit_code and d.control
        left join ledger_account c on c.client_id = p.customer_id / 100000000 and c.ledger_code = p.credit_code and c.control
       where coalesce(p.current_cents, 0) <> case when d.control and c.control then 0 when d.control then p.amount_cents
                                                  when c.control then -p.amount_cents else 0 end
          or (d.control and c.control)
          or num_nulls(p.agreement_id, p.account_number, p.debt_class, p.payoff_cents, p.current_cents) not in (0, 5)`,
  },
  {
    name: 'deferrals_change_no_debt',
    sentence:
      'What a posting asks for is what it adds to the debt, except between a control account and its deferral account.',
    query: sql`
      select format('posting %s-%s line %s', p.customer_id, p.entry_id, p.line_number) as offender
        from posting p
        join agreement a on a.customer_id = p.customer_id and a.agreement_id = p.agreement_id
       cross join lateral (select case a.kind when 'deposit' then 'deposit' else 'deferred_receivable' end as code) deferral
       where p.payoff_cents <> case when deferral.code in (p.debit_code, p.credit_code) then 0 else p.current_cents end`,
  },
  {
    name: 'reversals_mirror',
    sentence:
      'A reversal and the entry that it reverses change every account and every agreement by zero together.',
    query: sql`
      select format('entry %s-%s reverses %s', r.customer_id, r.entry_id, r.reverses_entry_id) as offender
        from journal_entry r
       where r.reverses_entry_id is not null and exists (
         select from (
           select debit_code as code, amount_cents as amount, agreement_id, payoff_cents, current_cents from posting p
            where p.customer_id = r.customer_id and p.entry_id in (r.entry_id, r.reverses_entry_id)
           union all
           select credit_code, -amount_cents, agreement_id, payoff_cents, current_cents from posting p
            where p.customer_id = r.customer_id and p.entry_id in (r.entry_id, r.reverses_entry_id)) as moved
          group by code, agreement_id having sum(amount) <> 0 or sum(payoff_cents) <> 0 or sum(current_cents) <> 0)`,
  },
  {
    name: 'clearing_zero',
    sentence: 'Clearing is zero for every event that spans several customers, and never used outside one.',
    query: sql`
      select format('clearing event %s', coalesce(e.clearing_event, 'missing on ' || e.customer_id || '-' || e.entry_id)) as offender
        from posting p
        join journal_entry e using (customer_id, entry_id)
        join ledger_account a on a.client_id = p.customer_id / 100000000 and a.kind = 'clearing'
         and a.ledger_code in (p.debit_code, p.credit_code)
       group by p.customer_id / 100000000, coalesce(e.clearing_event, 'missing on ' || e.customer_id || '-' || e.entry_id)
      having sum(case when a.ledger_code = p.debit_code then p.amount_cents else -p.amount_cents end) <> 0`,
  },
  {
    name: 'control_accounts_of_kind',
    sentence: 'Every posting about an agreement uses the control account of its kind.',
    query: sql`
      select format('posting %s-%s line %s', p.customer_id, p.entry_id, p.line_number) as offender
        from posting p
        join agreement a on a.customer_id = p.customer_id and a.agreement_id = p.agreement_id
       where (case a.kind when 'overpayment' then 'overpayment' when 'deposit' then 'deposit_receivable'
                          when 'write_off' then 'write_off_receivable' else 'receivable' end) not in (p.debit_code, p.credit_code)`,
  },
  {
    name: 'periods_close_in_order',
    sentence: 'No accounting period is open before one that is closed.',
    query: sql`
      select format('period %s of client %s', o.period_code, o.client_id) as offender from accounting_period o
       where o.status = 'open' and exists (select from accounting_period c where c.client_id = o.client_id
                                             and c.status = 'closed' and c.start_date > o.start_date)`,
  },
  {
    name: 'closed_periods_frozen',
    sentence:
      'The balances that a closed period froze are what its postings come to: nothing was posted into it since.',
    query: sql`
      with moved as (
        select p.customer_id / 100000000 as client_id, v.code, e.accounting_date, sum(v.debit) as debit, sum(v.credit) as credit
          from journal_entry e join posting p using (customer_id, entry_id)
         cross join lateral (values (p.debit_code, p.amount_cents, 0), (p.credit_code, 0, p.amount_cents)) as v(code, debit, credit)
         where exists (select from accounting_period c where c.client_id = p.customer_id / 100000000 and c.status = 'closed'
                          and c.end_date > e.accounting_date)
         group by 1, 2, 3),
      due as (
        select c.client_id, c.end_date, m.code, sum(m.debit) as debit, sum(m.credit) as credit
          from accounting_period c join moved m on m.client_id = c.client_id and m.accounting_date < c.end_date
         where c.status = 'closed' group by 1, 2, 3)
      select format('account %s of client %s before %s', coalesce(b.ledger_code, d.code),
                    coalesce(b.client_id, d.client_id), coalesce(b.end_date, d.end_date)) as offender
        from due d
        full join ledger_balance b on b.client_id = d.client_id and b.end_date = d.end_date and b.ledger_code = d.code
       where coalesce(b.debit_cents, 0) <> coalesce(d.debit, 0) or coalesce(b.credit_cents, 0) <> coalesce(d.credit, 0)`,
  },
  {
    name: 'exports_equal_entries',
    sentence:
      'Every export batch is the sum of its entries, its debits equal its credits, and a period that counts as exported is.',
    query: sql`
      with moved as (
        select x.customer_id / 100000000 as client_id, x.batch_number, e.accounting_date, v.code,
               sum(v.debit) as debit, sum(v.credit) as credit
          from journal_export_entry x
          join journal_entry e using (customer_id, entry_id)
          join posting p using (customer_id, entry_id)
         cross join lateral (values (p.debit_code, p.amount_cents, 0), (p.credit_code, 0, p.amount_cents)) as v(code, debit, credit)
         group by 1, 2, 3, 4)
      select format('batch %s of client %s: %s on %s', coalesce(l.batch_number, m.batch_number),
                    coalesce(l.client_id, m.client_id), coalesce(l.ledger_code, m.code), coalesce(l.accounting_date, m.accounting_date)) as offender
        from moved m
        full join journal_export_line l on l.client_id = m.client_id and l.batch_number = m.batch_number
         and l.accounting_date = m.accounting_date and l.ledger_code = m.code
       where coalesce(l.debit_cents, 0) <> coalesce(m.debit, 0) or coalesce(l.credit_cents, 0) <> coalesce(m.credit, 0)
      union all
      select format('batch %s of client %s', b.batch_number, b.client_id) from journal_export b
       where b.entries <> (select count(*) from journal_export_entry x
                            where x.customer_id / 100000000 = b.client_id and x.batch_number = b.batch_number)
          or exists (select from journal_export_line l where l.client_id = b.client_id and l.batch_number = b.batch_number
                     having sum(l.debit_cents) is distinct from b.amount_cents or sum(l.credit_cents) is distinct from b.amount_cents)
      union all
      select format('entry %s-%s of period %s', e.customer_id, e.entry_id, c.period_code)
        from accounting_period c
        join journal_entry e on e.customer_id / 100000000 = c.client_id
         and e.accounting_date >= c.start_date and e.accounting_date < c.end_date
       where c.exported and not exists (select from journal_export_entry x
                                         where x.customer_id = e.customer_id and x.entry_id = e.entry_id)`,
  },
]
