import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of collections. */
export const collectionInvariants: readonly Invariant[] = [
  {
    name: 'cuts_have_orders',
    sentence:
      'Service that was cut for debt had its order, not before its legal days, and field work that was done.',
    query: sql`
      select format('severance %s-%s', s.customer_id, s.severance_id) as offender from severance s
       where s.cut_on is not null and (s.cut_on < s.cut_from or s.cut_ordered_at is null or not exists (
         select from field_activity f
          where f.client_id = s.customer_id / 100000000 and f.activity_id = s.cut_activity_id and f.kind = 'disconnect'
            and f.status = 'completed' and f.result ->> 'outcome' = 'done'))`,
  },
  {
    name: 'no_cut_against_protection',
    sentence: 'No cut was dispatched while a protection against it was on file and counted.',
    query: sql`
      select format('severance %s-%s against protection %s', s.customer_id, s.severance_id, p.protection_number) as offender
        from severance s
        join client c on c.client_id = s.customer_id / 100000000
        join protection p on p.customer_id = s.customer_id and p.forbids in ('cut', 'all')
         and (p.account_number is null or p.account_number = s.account_number)
         and (p.agreement_id is null or p.agreement_id = s.agreement_id)
         and p.created_at <= s.cut_dispatched_at and (p.ended_at is null or p.ended_at > s.cut_dispatched_at)
         and (s.cut_dispatched_at at time zone c.time_zone)::date >= p.start_date
         and (p.end_date is null or (s.cut_dispatched_at at time zone c.time_zone)::date < p.end_date)`,
  },
  {
    name: 'severances_have_processes',
    sentence: 'A severance that is under way and not cut belongs to a process that runs.',
    query: sql`
      select format('severance %s-%s', s.customer_id, s.severance_id) as offender
        from severance s join collection_process p using (customer_id, process_id)
       where s.status = 'active' and s.cut_on is null and p.status <> 'active'
         and not exists (select from field_activity f
              where f.client_id = s.customer_id / 100000000 and f.activity_id = s.cut_activity_id and f.status = 'completed')`,
  },
  {
    name: 'one_process_for_a_debt',
    sentence:
      'The debt of one class on one account, of service that runs or has ended, is collected by one process at a time.',
    query: sql`
      select format('account %s-%s %s', customer_id, account_number, debt_class) as offender
        from collection_process where status = 'active'
       group by customer_id, account_number, debt_class, stage having count(*) > 1`,
  },
  {
    name: 'steps_follow_their_process',
    sentence: 'Only a process that runs has steps to be done.',
    query: sql`
      select format('step %s-%s-%s', s.customer_id, s.process_id, s.step_number) as offender
        from collection_step s join collection_process p using (customer_id, process_id)
       where s.status = 'pending' and p.status <> 'active'`,
  },
  {
    name: 'write_offs_conserve_debt',
    sentence:
      'A write-off takes off an agreement exactly what it adds to the debt that is kept, or takes it off for good by discharge.',
    query: sql`
      select format('write-off %s-%s', w.customer_id, w.write_off_id) as offender
        from write_off w
       cross join lateral (
         select coalesce(sum(payoff_cents) filter (where agreement_id = w.agreement_id), 0) as taken,
                coalesce(sum(payoff_cents) filter (where agreement_id = w.kept_agreement_id), 0) as kept,
                coalesce(sum(payoff_cents), 0) as total
           from posting p where p.customer_id = w.customer_id and p.entry_id = w.entry_id) moved
       where moved.taken <> -w.amount_cents
          or moved.total <> case w.kind when 'debt' then 0 else -w.amount_cents end
          or (w.kind = 'debt' and moved.kept <> w.amount_cents)`,
  },
  {
    name: 'dismissed_write_offs_reversed',
    sentence: 'The entry of a write-off is reversed when, and only when, it is dismissed.',
    query: sql`
      select format('write-off %s-%s', w.customer_id, w.write_off_id) as offender from write_off w
       where (w.status = 'dismissed') <> exists (
         select from journal_entry r where r.customer_id = w.customer_id and r.reverses_entry_id = w.entry_id)`,
  },
  {
    name: 'recoveries_equal_entries',
    sentence:
      'What was recovered of written-off debt is what its journal entry says; of a dismissed one nothing is left.',
    query: sql`
      select format('recovery %s-%s-%s', r.customer_id, r.write_off_id, r.recovery_number) as offender
        from write_off_recovery r
       where not exists (
         select from posting p where p.customer_id = r.customer_id and p.entry_id = r.entry_id
            and p.amount_cents = abs(r.amount_cents) and p.agreement_id is null
            and p.debit_code = case when r.amount_cents > 0 then 'write_off_allowance' else 'write_off_recovery' end)
      union all
      select format('write-off %s-%s', w.customer_id, w.write_off_id)
        from write_off w join write_off_recovery r using (customer_id, write_off_id)
       where w.status = 'dismissed' group by w.customer_id, w.write_off_id having sum(r.amount_cents) <> 0`,
  },
  {
    name: 'frozen_debt_not_asked',
    sentence:
      'Debt frozen by a petition is not asked for while the petition stands, and gone from its agreement when it ended.',
    query: sql`
      select format('bankruptcy %s-%s agreement %s', b.customer_id, b.bankruptcy_number, d.frozen_agreement_id) as offender
        from bankruptcy b join bankruptcy_debt d using (customer_id, bankruptcy_number)
       cross join lateral (
         select coalesce(sum(unsettled_cents) filter (where not deferred), 0) as asked,
                coalesce(sum(unsettled_cents), 0) as owed
           from open_item i where i.customer_id = b.customer_id and i.agreement_id = d.frozen_agreement_id) frozen
       where (b.status = 'filed' and (frozen.asked > 0 or frozen.owed > d.amount_cents))
          or (b.status <> 'filed' and frozen.owed > 0)`,
  },
]
