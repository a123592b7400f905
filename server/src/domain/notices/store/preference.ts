import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Preference } from '../preferences/preference.ts'

export async function upsertPreference(tx: Tx, preference: Preference, now: Instant): Promise<void> {
  const { customerId, accountNumber, personId, category, channel, wanted } = preference
  await sql`
    insert into notice_preference (customer_id, account_number, person_id, category, channel, wanted, changed_at)
    values (${customerId}, ${accountNumber}, ${personId}, ${category}, ${channel}, ${wanted}, ${now})
    on conflict (customer_id, account_number, person_id, category, channel) do update
    set wanted = excluded.wanted, changed_at = excluded.changed_at`.execute(tx)
}

export async function selectPreferences(tx: Tx, customerIds: readonly number[]): Promise<Preference[]> {
  const { rows } = await sql<Preference>`
    select customer_id as "customerId", account_number as "accountNumber", person_id as "personId", category, channel,
           wanted
      from notice_preference where customer_id = any(${customerIds}::int8[])
     order by customer_id, account_number, person_id, category, channel`.execute(tx)
  return rows
}
