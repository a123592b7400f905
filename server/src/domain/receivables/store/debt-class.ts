import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { DebtClass } from '../debt-class.ts'

export async function insertDebtClasses(
  tx: Tx,
  clientId: number,
  classes: readonly DebtClass[],
): Promise<void> {
  await sql`
    insert into debt_class (client_id, debt_class, name, pay_priority)
    select ${clientId}, * from unnest(${classes.map((one) => one.code)}::text[], ${classes.map((one) => one.name)}::text[],
      ${classes.map((one) => one.payPriority)}::int2[])
    on conflict do nothing`.execute(tx)
}

export async function upsertDebtClass(tx: Tx, clientId: number, one: DebtClass): Promise<void> {
  await sql`
    insert into debt_class (client_id, debt_class, name, pay_priority)
    values (${clientId}, ${one.code}, ${one.name}, ${one.payPriority})
    on conflict (client_id, debt_class) do update set name = excluded.name,
      pay_priority = excluded.pay_priority`.execute(tx)
}

export async function selectDebtClasses(tx: Tx, clientId: number): Promise<DebtClass[]> {
  const { rows } = await sql<DebtClass>`
    select debt_class as code, name, pay_priority as "payPriority" from debt_class
     where client_id = ${clientId} order by pay_priority, debt_class`.execute(tx)
  return rows
}
