import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of the books and of all that is entered in them. */
export const entryInvariants: readonly Invariant[] = [
  {
    name: 'entries_have_causes',
    sentence:
      'Every entry of an adjustment, a payment, a write-off or a disbursement was made by what the record of it says, once.',
    query: sql`
      select format('entry %s-%s (%s)', e.customer_id, e.entry_id, e.reference) as offender
        from journal_entry e
        left join (
          select customer_id, entry_id, 'adjustment' as kind from adjustment
          union all select customer_id, entry_id, 'adjustment' from late_fee
          union all select customer_id, entry_id, 'adjustment' from deposit_interest
          union all select customer_id, entry_id, 'payment' from payment
          union all select customer_id, entry_id, 'write_off' from write_off
          union all select customer_id, entry_id, 'write_off' from write_off_recovery
          union all select customer_id, entry_id, 'disbursement' from disbursement
          union all select customer_id, paid_entry_id, 'disbursement' from disbursement
        ) cause on cause.customer_id = e.customer_id and cause.entry_id = e.entry_id and cause.kind = e.kind
       where e.kind in ('adjustment', 'payment', 'write_off', 'disbursement') and cause.entry_id is null
         and not (e.reference ~ '^disbursement:[0-9]+:check-'
                  and exists (select from journal_entry r where r.customer_id = e.customer_id and r.reverses_entry_id = e.entry_id))
         and not (e.reference ~ '^tender:[0-9]+(-[0-9]+)?$' and exists (
               select from payment_event v where v.customer_id = e.customer_id
                  and v.event_number = substring(e.reference from '^tender:([0-9]+)')::int))`,
  },
]
