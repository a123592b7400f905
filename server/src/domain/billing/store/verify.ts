import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of charges. */
export const chargeInvariants: readonly Invariant[] = [
  {
    name: 'charges_equal_lines',
    sentence: 'Every charge is the sum of its lines.',
    query: sql`
      select format('charge %s-%s', c.customer_id, c.charge_id) as offender from charge c
        left join lateral (select sum(amount_cents) as amount from charge_line l
                            where l.customer_id = c.customer_id and l.charge_id = c.charge_id) l on true
       where c.amount_cents <> coalesce(l.amount, 0)`,
  },
  {
    name: 'charges_equal_entries',
    sentence:
      'Every charge that was frozen is what its journal entry and its open item say; one that is not has neither.',
    query: sql`
      select format('charge %s-%s', c.customer_id, c.charge_id) as offender from charge c
        left join journal_entry e on e.customer_id = c.customer_id and e.kind = 'charge'
         and e.reference = 'charge:' || c.charge_id
        left join lateral (select sum(payoff_cents) as amount from posting p
                            where p.customer_id = e.customer_id and p.entry_id = e.entry_id) p on true
        left join lateral (select sum(amount_cents) as amount from open_item i
                            where i.customer_id = e.customer_id and i.entry_id = e.entry_id) i on true
       where coalesce(p.amount, 0) <> case when c.frozen_at is null then 0 else c.amount_cents end
          or coalesce(i.amount, 0) <> coalesce(p.amount, 0)`,
  },
  {
    name: 'charge_ledgers_equal_lines',
    sentence: 'Every charge is posted to the accounts that its lines name.',
    query: sql`
      select format('charge %s-%s, account %s', customer_id, charge_id, ledger_code) as offender
        from (select c.customer_id, c.charge_id, l.ledger_code, sum(l.amount_cents) as amount
                from charge c join charge_line l using (customer_id, charge_id)
               where c.frozen_at is not null group by 1, 2, 3) l
        full join (select p.customer_id, substr(e.reference, 8)::int as charge_id,
                          case when p.payoff_cents > 0 then p.credit_code else p.debit_code end as ledger_code,
                          sum(p.payoff_cents) as amount
                     from posting p join journal_entry e using (customer_id, entry_id)
                    where e.kind = 'charge' group by 1, 2, 3) p using (customer_id, charge_id, ledger_code)
       where coalesce(l.amount, 0) <> coalesce(p.amount, 0)`,
  },
  {
    name: 'cancelled_charges_reversed',
    sentence: 'The entry of a charge is reversed when, and only when, the charge is cancelled.',
    query: sql`
      select format('charge %s-%s', c.customer_id, c.charge_id) as offender
        from charge c
        join journal_entry e on e.customer_id = c.customer_id and e.kind = 'charge' and e.reference = 'charge:' || c.charge_id
       where (c.status = 'cancelled') <> exists (select from journal_entry r
               where r.customer_id = e.customer_id and r.reverses_entry_id = e.entry_id)`,
  },
  {
    name: 'rebills_wait_for_cancels',
    sentence: 'A charge is pending cancel or cancelled when another waits to take its place, or took it.',
    query: sql`
      select format('charge %s-%s', c.customer_id, c.charge_id) as offender
        from charge c join charge o on o.customer_id = c.customer_id and o.charge_id = c.rebills_charge_id
       where c.status = 'freezable' and o.status <> 'pending_cancel'
          or c.status in ('frozen', 'pending_cancel') and o.status <> 'cancelled'`,
  },
  {
    name: 'no_period_billed_twice',
    sentence: 'No day of an agreement is in two live service charges.',
    query: sql`
      select format('agreement %s-%s: charges %s and %s', customer_id, agreement_id, before_id, charge_id) as offender
        from (select *, lag(charge_id) over agreements as before_id,
                     max(end_date) over (agreements rows between unbounded preceding and 1 preceding) as covered_until
                from charge where kind = 'service' and status in ('freezable', 'frozen')
              window agreements as (partition by customer_id, agreement_id order by start_date, charge_id)) charges
       where start_date < covered_until`,
  },
  {
    name: 'charges_have_usage',
    sentence:
      'Every service charge has its usage: of its agreement and period, taken by no other live charge.',
    query: sql`
      select format('charge %s-%s', c.customer_id, c.charge_id) as offender
        from charge c left join usage u on u.customer_id = c.customer_id and u.usage_id = c.usage_id
       where c.kind = 'service' and c.status not in ('incomplete', 'error')
         and not (c.status = 'cancelled' and c.frozen_at is null)
         and (u.usage_id is null or u.agreement_id <> c.agreement_id or u.start_date <> c.start_date
              or u.end_date <> c.end_date
              or c.status in ('freezable', 'frozen')
                 and (u.status <> 'charged' or exists (select from charge o where o.customer_id = c.customer_id
                        and o.usage_id = c.usage_id and o.charge_id <> c.charge_id and o.status in ('freezable', 'frozen'))))`,
  },
]

/** What is always true of bills. */
export const billInvariants: readonly Invariant[] = [
  {
    name: 'bills_equal_charges',
    sentence: 'What a complete bill charges is the sum of the charges that it shows.',
    query: sql`
      select format('bill %s-%s', b.customer_id, b.bill_id) as offender from bill b
       where b.status in ('complete', 'credit_note')
         and b.charges_cents <> coalesce((select sum(c.amount_cents) from charge c
               where c.customer_id = b.customer_id and c.bill_id = b.bill_id), 0)`,
  },
  {
    name: 'bills_add_up',
    sentence:
      'Amount due is previous balance and credits and charges, and the previous balance is what the bill before asked for.',
    query: sql`
      select format('bill %s-%s', customer_id, bill_id) as offender
        from (select *, lag(amount_due_cents, 1, 0::bigint) over (partition by customer_id, account_number
                                                         order by bill_id) as before
                from bill where status in ('complete', 'credit_note')) b
       where amount_due_cents <> previous_cents + credits_cents + charges_cents or previous_cents <> before`,
  },
  {
    name: 'bills_equal_items',
    sentence:
      'Credits and charges of a bill are the open items that it shows, on accounts whose agreements never moved.',
    query: sql`
      select format('bill %s-%s', b.customer_id, b.bill_id) as offender from bill b
       where b.status in ('complete', 'credit_note')
         and b.credits_cents + b.charges_cents <> coalesce((select sum(i.amount_cents) from open_item i
               where i.customer_id = b.customer_id and i.bill_id = b.bill_id), 0)
         and not exists (select from open_item i join agreement a using (customer_id, agreement_id)
               where i.customer_id = b.customer_id and i.account_number <> a.account_number)`,
  },
  {
    name: 'only_bills_show_items',
    sentence: 'A bill that was reopened, cancelled or never completed shows no open item and no credit.',
    query: sql`
      select distinct format('bill %s-%s', b.customer_id, b.bill_id) as offender
        from bill b join open_item i on i.customer_id = b.customer_id and i.bill_id = b.bill_id
       where b.status in ('pending', 'reopened', 'cancelled')`,
  },
  {
    name: 'credit_notes_take_back',
    sentence: 'A credit note belongs to a complete bill of its account, of whose charges none stands.',
    query: sql`
      select format('bill %s-%s', n.customer_id, n.bill_id) as offender
        from bill n left join bill b on b.customer_id = n.customer_id and b.bill_id = n.replaces_bill_id
       where n.status = 'credit_note'
         and (b.bill_id is null or b.status <> 'complete' or b.account_number <> n.account_number
              or exists (select from charge c where c.customer_id = b.customer_id and c.bill_id = b.bill_id
                            and c.status <> 'cancelled'))`,
  },
  {
    name: 'bills_have_events',
    sentence: 'Every complete bill has its outgoing event.',
    query: sql`
      select format('bill %s-%s', b.customer_id, b.bill_id) as offender
        from bill b left join outbox_event o on o.client_id = b.customer_id / 100000000 and o.type = 'bill.completed'
         and o.subject = format('bill:%s-%s', b.customer_id, b.bill_id)
       where b.status = 'complete' and o.event_id is null`,
  },
  {
    name: 'runs_equal_chunks',
    sentence: 'A finished live run billed what its chunks say, and a complete run left no chunk.',
    query: sql`
      select format('bill run %s of client %s', r.run_id, r.client_id) as offender from bill_run r
       where r.status = 'complete' and exists (select from bill_run_chunk k where k.client_id = r.client_id
               and k.run_id = r.run_id and k.status <> 'done')
          or r.mode = 'live' and r.status in ('complete', 'cancelled')
             and (select coalesce(sum(k.amount_cents), 0) from bill_run_chunk k
                   where k.client_id = r.client_id and k.run_id = r.run_id)
              <> (select coalesce(sum(c.amount_cents), 0) from charge c
                   where c.run_id = r.run_id and c.customer_id / 100000000 = r.client_id)`,
  },
  {
    name: 'invoices_equal_charges',
    sentence: 'A live market invoice asks for a frozen charge of its agreement, to the cent.',
    query: sql`
      select format('invoice %s-%s', m.customer_id, m.invoice_number) as offender
        from market_invoice m join charge c using (customer_id, charge_id)
       where m.status <> 'cancelled'
         and (c.status <> 'frozen' or c.amount_cents <> m.amount_cents or c.agreement_id <> m.agreement_id)`,
  },
  {
    name: 'late_fees_equal_entries',
    sentence:
      'Every late fee is what its journal entry says and what was late sums to its base; a cancelled one is reversed.',
    query: sql`
      select format('late fee %s-%s', f.customer_id, f.fee_number) as offender from late_fee f
       where f.amount_cents is distinct from (select sum(p.payoff_cents) from posting p
               where p.customer_id = f.customer_id and p.entry_id = f.entry_id and p.agreement_id = f.agreement_id)
          or f.base_cents is distinct from (select sum(b.unsettled_cents) from late_fee_base b
               where b.customer_id = f.customer_id and b.fee_number = f.fee_number)
          or (f.status = 'cancelled') <> exists (select from journal_entry r
               where r.customer_id = f.customer_id and r.reverses_entry_id = f.entry_id)`,
  },
]
