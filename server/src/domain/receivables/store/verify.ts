import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of open items. */
export const receivablesInvariants: readonly Invariant[] = [
  {
    name: 'open_items_equal_control_accounts',
    sentence:
      'The open items of every agreement sum to what its postings say is asked for, and its deferred items to the rest of what is owed.',
    query: sql`
      select format('agreement %s-%s: postings %s and %s, items %s and %s cents', customer_id, agreement_id,
                    coalesce(p.asked, 0), coalesce(p.deferred, 0), coalesce(i.asked, 0), coalesce(i.deferred, 0)) as offender
        from (select customer_id, agreement_id, sum(current_cents) as asked, sum(payoff_cents - current_cents) as deferred
                from posting where agreement_id is not null group by 1, 2) p
        full join (select customer_id, agreement_id, coalesce(sum(amount_cents) filter (where not deferred), 0) as asked,
                          coalesce(sum(amount_cents) filter (where deferred), 0) as deferred
                     from open_item group by 1, 2) i using (customer_id, agreement_id)
       where coalesce(p.asked, 0) <> coalesce(i.asked, 0) or coalesce(p.deferred, 0) <> coalesce(i.deferred, 0)`,
  },
  {
    name: 'items_equal_entries',
    sentence:
      'Every open item is the change that its journal entry made to its agreement, of that debt class, on that account and day.',
    query: sql`
      select format('item %s-%s', i.customer_id, i.item_id) as offender
        from open_item i join journal_entry e using (customer_id, entry_id)
       where i.arose_on <> e.effective_date
          or i.amount_cents is distinct from (
               select sum(case when i.deferred then p.payoff_cents - p.current_cents else p.current_cents end) from posting p
                where p.customer_id = i.customer_id and p.entry_id = i.entry_id and p.agreement_id = i.agreement_id
                  and p.debt_class = i.debt_class and p.account_number = i.account_number)`,
  },
  {
    name: 'unsettled_is_the_rest',
    sentence: 'What is left of an item is its amount less its settlements.',
    query: sql`
      select format('item %s-%s', i.customer_id, i.item_id) as offender from open_item i
       where i.unsettled_cents <> i.amount_cents
             - coalesce((select sum(s.amount_cents) from settlement s where s.customer_id = i.customer_id and s.debit_item_id = i.item_id), 0)
             + coalesce((select sum(s.amount_cents) from settlement s where s.customer_id = i.customer_id and s.credit_item_id = i.item_id), 0)`,
  },
  {
    name: 'settlements_match',
    sentence:
      'A settlement joins a debit and a credit of one agreement, both asked for or both deferred, and never undoes more than was settled.',
    query: sql`
      select format('settlement of items %s-%s and %s', s.customer_id, s.debit_item_id, s.credit_item_id) as offender
        from settlement s
        join open_item d on d.customer_id = s.customer_id and d.item_id = s.debit_item_id
        join open_item c on c.customer_id = s.customer_id and c.item_id = s.credit_item_id
       group by s.customer_id, s.debit_item_id, s.credit_item_id
      having sum(s.amount_cents) < 0 or bool_or(d.amount_cents <= 0) or bool_or(c.amount_cents >= 0)
          or bool_or(d.agreement_id <> c.agreement_id) or bool_or(d.deferred <> c.deferred)`,
  },
]
