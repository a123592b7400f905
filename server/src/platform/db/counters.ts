import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** Gives the next unused child number of an owner, and counts it as used. */
export type NextNumber = (ownerId: number) => number

/**
 * This will number new child rows of owners that the caller has locked: one above the highest number an owner has.
 * Numbers of rows inserted by this transaction through the same counter stay dense.
 */
export async function numbersAfter(
  tx: Tx,
  table: string,
  column: string,
  customerIds: readonly number[],
): Promise<NextNumber> {
  const last = new Map<number, number>()
  const owners = [...new Set(customerIds)]
  if (owners.length > 0) {
    const { rows } = await sql<{ owner: number; last: number | null }>`
      select o.id as owner,
             (select max(${sql.ref(column)}) from ${sql.table(table)} t where t.customer_id = o.id) as last
        from unnest(${owners}::int8[]) as o(id)`.execute(tx)
    for (const row of rows) last.set(row.owner, Number(row.last ?? 0))
  }
  return (owner) => {
    const highest = last.get(owner)
    if (highest === undefined) throw new Error(`no numbers were read for customer ${owner}`)
    last.set(owner, highest + 1)
    return highest + 1
  }
}
