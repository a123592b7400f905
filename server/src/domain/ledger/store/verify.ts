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
]
