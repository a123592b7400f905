import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** Whose rows name a row of the same customer without a foreign key: table, column, and what it names. */
const PARENTS: readonly [child: string, column: string, parent: string, parentColumn?: string][] = [
  ['charge_line', 'charge_id', 'charge'],
  ['charge_part', 'charge_id', 'charge'],
  ['charge', 'bill_id', 'bill'],
  ['charge', 'usage_id', 'usage'],
  ['usage_quantity', 'usage_id', 'usage'],
  ['usage_source', 'usage_id', 'usage'],
  ['bill_routing', 'bill_id', 'bill'],
  ['posting', 'entry_id', 'journal_entry'],
  ['open_item', 'entry_id', 'journal_entry'],
  ['settlement', 'debit_item_id', 'open_item', 'item_id'],
  ['settlement', 'credit_item_id', 'open_item', 'item_id'],
  ['tender', 'event_number', 'payment_event'],
  ['payment', 'entry_id', 'journal_entry'],
]

/** What foreign keys would say, of rows that are written together with what they name. */
export const parentInvariants: readonly Invariant[] = PARENTS.map(
  ([child, column, parent, parentColumn = column]) => ({
    name: `${child}_${column}_exists`,
    sentence: `What a row of ${child} names by its ${column} is there.`,
    query: sql`
      select distinct format(${sql.lit(`${child} of ${parent} %s-%s`)}, c.customer_id, c.${sql.ref(column)}) as offender
        from ${sql.table(child)} c
        left join ${sql.table(parent)} p on p.customer_id = c.customer_id and p.${sql.ref(parentColumn)} = c.${sql.ref(column)}
       where c.${sql.ref(column)} is not null and p.customer_id is null`,
  }),
)
