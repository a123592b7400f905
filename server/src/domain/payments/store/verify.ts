import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of payments. */
export const paymentInvariants: readonly Invariant[] = [
  {
    name: 'payments_equal_entries',
    sentence:
      'Every payment is what its journal entry took off its account, and is allocated or held in full.',
    query: sql`
      select format('payment %s-%s', p.customer_id, p.payment_number) as offender from payment p
       where p.amount_cents is distinct from -(select sum(o.payoff_cents) from posting o
               where o.customer_id = p.customer_id and o.entry_id = p.entry_id and o.account_number = p.account_number)`,
  },
  {
    name: 'tenders_equal_payments',
    sentence: 'The tenders of a payment event sum to its payments.',
    query: sql`
      select format('payment event %s-%s', t.customer_id, t.event_number) as offender
        from (select customer_id, event_number, sum(amount_cents) as amount from tender group by 1, 2) t
        full join (select payer_customer_id as customer_id, event_number, sum(amount_cents) as amount
                     from payment group by 1, 2) p using (customer_id, event_number)
       where t.amount is distinct from p.amount`,
  },
  {
    name: 'cancelled_payments_reversed',
    sentence: 'The entry of a payment is reversed when, and only when, the payment is cancelled.',
    query: sql`
      select format('payment %s-%s', p.customer_id, p.payment_number) as offender from payment p
       where (p.status = 'cancelled') <> exists (select from journal_entry r
               where r.customer_id = p.customer_id and r.reverses_entry_id = p.entry_id)`,
  },
]
