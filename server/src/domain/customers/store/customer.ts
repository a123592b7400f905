import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type Customer, type CustomerClass, customerIdOf } from '../customer.ts'

/** Locks in the order of ids, so that two transactions never wait for each other. */
export async function lockCustomers(tx: Tx, customerIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ customer_id: number }>`
    select customer_id from customer where customer_id = any(${customerIds}::bigint[])
    order by customer_id for no key update`.execute(tx)
  return rows.map((row) => row.customer_id)
}

/** The lock makes the next number a client's own question, answered to one transaction at a time. */
export async function nextCustomerNumber(tx: Tx, clientId: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('customer_number'), ${clientId}::int)`.execute(tx)
  const row = await tx
    .selectFrom('customer')
    .select((select) => select.fn.max('customer_id').as('last'))
    .where('customer_id', '>=', customerIdOf(clientId, 0))
    .where('customer_id', '<', customerIdOf(clientId + 1, 0))
    .executeTakeFirst()
  return row?.last == null ? 1 : row.last - customerIdOf(clientId, 0) + 1
}

export async function insertCustomer(
  tx: Tx,
  customer: {
    customerId: number
    companyId: number
    mainPersonId: number
    class: CustomerClass
    since: LocalDate
    now: Instant
  },
): Promise<boolean> {
  const row = await tx
    .insertInto('customer')
    .values({
      customer_id: customer.customerId,
      company_id: customer.companyId,
      main_person_id: customer.mainPersonId,
      class: customer.class,
      status: 'active',
      since: customer.since,
      created_at: customer.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('customer_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function selectClasses(
  tx: Tx,
  customerIds: readonly number[],
): Promise<{ customerId: number; class: CustomerClass }[]> {
  const { rows } = await sql<{ customerId: number; class: CustomerClass }>`
    select customer_id as "customerId", class from customer where customer_id = any(${customerIds}::int8[])`.execute(
    tx,
  )
  return rows
}

export async function selectCustomer(tx: Tx, customerId: number): Promise<Customer | undefined> {
  const row = await tx
    .selectFrom('customer')
    .selectAll()
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return (
    row && {
      customerId: row.customer_id,
      clientId: row.client_id ?? 0,
      number: row.number ?? 0,
      companyId: row.company_id,
      mainPersonId: row.main_person_id,
      class: row.class as CustomerClass,
      status: row.status as Customer['status'],
      since: row.since,
    }
  )
}

export async function selectCustomersOfPerson(tx: Tx, clientId: number, personId: number): Promise<number[]> {
  const { rows } = await sql<{ customer_id: number }>`
    select customer_id from customer where main_person_id = ${personId} and client_id = ${clientId}
    order by customer_id`.execute(tx)
  return rows.map((row) => row.customer_id)
}

export async function insertSet(tx: Tx, customerId: number, setNumber: number, name: string): Promise<void> {
  await tx
    .insertInto('customer_set')
    .values({ customer_id: customerId, set_number: setNumber, name })
    .execute()
}

export async function selectSetNumbers(tx: Tx, customerId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('customer_set')
    .select('set_number')
    .where('customer_id', '=', customerId)
    .orderBy('set_number')
    .execute()
  return rows.map((row) => row.set_number)
}
