import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of adjustments. */
export const adjustmentInvariants: readonly Invariant[] = [
  {
    name: 'adjustments_equal_entries',
    sentence: 'Every posted adjustment is what its journal entry changed of its agreement.',
    query: sql`
      select format('adjustment %s-%s', a.customer_id, a.adjustment_id) as offender from adjustment a
       where a.entry_id is not null and a.amount_cents is distinct from
             (select sum(p.payoff_cents) from posting p
               where p.customer_id = a.customer_id and p.entry_id = a.entry_id and p.agreement_id = a.agreement_id)`,
  },
  {
    name: 'cancelled_adjustments_reversed',
    sentence: 'The entry of an adjustment is reversed when, and only when, the adjustment is cancelled.',
    query: sql`
      select format('adjustment %s-%s', a.customer_id, a.adjustment_id) as offender from adjustment a
        left join journal_entry r on r.customer_id = a.customer_id and r.reverses_entry_id = a.entry_id
       where r.entry_id is distinct from a.cancel_entry_id or (a.status = 'cancelled') <> (r.entry_id is not null)`,
  },
  {
    name: 'transfers_conserved',
    sentence: 'The two halves of a transfer are in one state, name each other and sum to zero.',
    query: sql`
      select format('adjustment %s-%s', a.customer_id, a.adjustment_id) as offender from adjustment a
        left join adjustment b on b.customer_id = a.sibling_customer_id and b.adjustment_id = a.sibling_adjustment_id
       where a.purpose = 'transfer' and (b.adjustment_id is null or b.status <> a.status or b.side = a.side
             or b.sibling_customer_id <> a.customer_id or b.sibling_adjustment_id <> a.adjustment_id
             or coalesce(a.amount_cents, 0) + coalesce(b.amount_cents, 0) <> 0)`,
  },
]
