import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

export async function selectHolidays(tx: Tx, clientId: number): Promise<LocalDate[]> {
  const { rows } = await sql<{ holiday: LocalDate }>`
    select holiday from office_holiday where client_id = ${clientId} order by holiday`.execute(tx)
  return rows.map((row) => row.holiday)
}

export async function insertHoliday(
  tx: Tx,
  { clientId, holiday, name }: { clientId: number; holiday: LocalDate; name: string },
): Promise<void> {
  await sql`
    insert into office_holiday (client_id, holiday, name) values (${clientId}, ${holiday}, ${name})
    on conflict (client_id, holiday) do update set name = excluded.name`.execute(tx)
}
