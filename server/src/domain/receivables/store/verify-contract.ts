import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of budgets, deposits, arrangements and promises. */
export const contractInvariants: readonly Invariant[] = [
  {
    name: 'contract_asks_equal_entries',
    sentence:
      'What a contract asked for or put off is what its journal entry changed, and is undone when that is reversed.',
    query: sql`
      select format('ask %s-%s', a.customer_id, a.ask_number) as offender from contract_ask a
       where a.entry_id is not null and (a.amount_cents is distinct from
             (select sum(p.current_cents) from posting p
               where p.customer_id = a.customer_id and p.entry_id = a.entry_id and p.agreement_id = a.agreement_id
                 and p.payoff_cents = 0)
          or a.cancel_entry_id is distinct from
             (select r.entry_id from journal_entry r where r.customer_id = a.customer_id and r.reverses_entry_id = a.entry_id))`,
  },
  {
    name: 'deferred_is_explained',
    sentence: 'What a service, an arrangement or a deposit has deferred is what its contracts have put off.',
    query: sql`
      select format('agreement %s-%s: deferred %s, put off %s cents', g.customer_id, g.agreement_id, coalesce(i.cents, 0),
                    coalesce(a.cents, 0)) as offender
        from agreement g
        left join (select customer_id, agreement_id, sum(unsettled_cents) as cents from open_item where deferred group by 1, 2) i
               on i.customer_id = g.customer_id and i.agreement_id = g.agreement_id
        left join (select customer_id, agreement_id, -sum(amount_cents) as cents from contract_ask where not undone group by 1, 2) a
               on a.customer_id = g.customer_id and a.agreement_id = g.agreement_id
       where g.kind in ('service', 'arrangement', 'deposit') and coalesce(i.cents, 0) <> coalesce(a.cents, 0)`,
  },
  {
    name: 'put_off_by_live_budgets',
    sentence:
      'A service agreement has something put off only while a budget covers it, and a budget is active while it covers one.',
    query: sql`
      select format('agreement %s-%s', a.customer_id, a.agreement_id) as offender
        from contract_ask a
        join agreement g on g.customer_id = a.customer_id and g.agreement_id = a.agreement_id and g.kind = 'service'
       where not a.undone and not exists (
               select 1 from budget_amount b
                where b.customer_id = a.customer_id and b.agreement_id = a.agreement_id and b.end_date is null)
       group by a.customer_id, a.agreement_id having sum(a.amount_cents) <> 0
      union all
      select format('contract %s-%s', c.customer_id, c.contract_number) from payment_contract c
       where c.kind = 'budget' and (c.status = 'active') <> exists (
               select 1 from budget_amount b
                where b.customer_id = c.customer_id and b.contract_number = c.contract_number and b.end_date is null)`,
  },
  {
    name: 'arrangements_equal_instalments',
    sentence:
      'What an arrangement has put off is what its instalments still ask for; nothing once it is over.',
    query: sql`
      select format('contract %s-%s: put off %s, instalments %s cents', c.customer_id, c.contract_number, a.cents,
                    coalesce(i.cents, 0)) as offender
        from payment_contract c
        join lateral (select -sum(k.amount_cents) as cents,
                             -sum(k.amount_cents) filter (where k.kind = 'put_off') as whole
                        from contract_ask k
                       where k.customer_id = c.customer_id and k.contract_number = c.contract_number and not k.undone) a on true
        left join lateral (select sum(n.amount_cents) as cents from contract_instalment n
                       where n.customer_id = c.customer_id and n.contract_number = c.contract_number and not n.cancelled
                         and not exists (select 1 from contract_ask k
                              where k.customer_id = n.customer_id and k.contract_number = n.contract_number
                                and k.instalment_number = n.instalment_number and not k.undone)) i on true
       where c.kind = 'arrangement' and (coalesce(a.cents, 0) <> coalesce(i.cents, 0) or a.whole is distinct from c.amount_cents
             or (c.status <> 'active' and coalesce(a.cents, 0) <> 0))`,
  },
  {
    name: 'deposits_held',
    sentence: 'A deposit holds what was paid of it while it is active, and nothing once it is over.',
    query: sql`
      select format('contract %s-%s', c.customer_id, c.contract_number) as offender
        from payment_contract c
        left join lateral (select coalesce(-sum(i.unsettled_cents), 0) as held,
                                  coalesce(sum(i.unsettled_cents) filter (where i.deferred), 0) as deferred
                        from open_item i where i.customer_id = c.customer_id and i.agreement_id = c.agreement_id) h on true
       where c.kind = 'deposit' and case c.status when 'active' then h.held < 0 or h.deferred > 0 else h.deferred <> 0 end`,
  },
  {
    name: 'promises_equal_payments',
    sentence: 'The scheduled payments of a promise sum to what is promised, and nothing is posted for it.',
    query: sql`
      select format('contract %s-%s', c.customer_id, c.contract_number) as offender from payment_contract c
       where c.kind = 'promise' and (c.amount_cents is distinct from
             (select sum(i.amount_cents) from contract_instalment i
               where i.customer_id = c.customer_id and i.contract_number = c.contract_number and not i.cancelled)
          or exists (select 1 from contract_ask a where a.customer_id = c.customer_id and a.contract_number = c.contract_number))`,
  },
]
