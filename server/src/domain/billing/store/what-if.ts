import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { ChargeBasis } from '../charges/charge.ts'

/** What of a charge another price needs. */
export interface BilledRow {
  customerId: number
  agreementId: number
  usageId: number | null
  startDate: LocalDate
  endDate: LocalDate
  amountCents: Cents
  basis: ChargeBasis
}

interface Billed {
  firstCustomerId: number
  lastCustomerId: number
  /** Charges that end after `from` and not after `until`. */
  from: LocalDate
  until: LocalDate
}

const billed = ({ firstCustomerId, lastCustomerId, from, until }: Billed) => sql`
  customer_id between ${firstCustomerId} and ${lastCustomerId}
  and kind = 'service' and status = 'frozen' and end_date > ${from} and end_date <= ${until}`

export async function countBilledCustomers(tx: Tx, scope: Billed): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct customer_id)::int4 as count from charge where ${billed(scope)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The next customers with such charges, by number. */
export async function selectBilledCustomers(tx: Tx, scope: Billed, limit: number): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select distinct customer_id as "customerId" from charge where ${billed(scope)}
     order by customer_id limit ${limit}`.execute(tx)
  return rows.map((row) => row.customerId)
}

export async function selectBilled(
  tx: Tx,
  customerIds: readonly number[],
  { from, until }: Pick<Billed, 'from' | 'until'>,
): Promise<BilledRow[]> {
  const scope = {
    firstCustomerId: Math.min(...customerIds),
    lastCustomerId: Math.max(...customerIds),
    from,
    until,
  }
  const { rows } = await sql<BilledRow>`
    select customer_id as "customerId", agreement_id as "agreementId", usage_id as "usageId",
           start_date as "startDate", end_date as "endDate", amount_cents as "amountCents", basis
      from charge where ${billed(scope)} and customer_id = any(${customerIds}::int8[])
     order by customer_id, agreement_id, start_date`.execute(tx)
  return rows
}
