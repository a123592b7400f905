import { sql } from 'kysely'
import type { Database, Tx } from '../server/src/platform/db/index.ts'
import { addHome, buildTown, type Home } from '../server/test/support/billed-town.ts'

/** This will fill an empty, migrated database with one account, many times over, that nothing is owed on yet. */
export async function fillAccounts(
  owner: Database,
  accounts: number,
): Promise<{ clientId: number; first: Home }> {
  const made = await owner.transaction(async (tx) => {
    const town = await buildTown(tx, 0)
    return { clientId: town.clientId, first: await addHome(tx, town, { number: 1, measured: false }) }
  })
  await owner.transaction((tx) => copyAccount(tx, made.first, accounts))
  // Only what is filled: statistics of an empty table mislead the planner for a whole session.
  await sql`analyze customer, billing_account, agreement`.execute(owner.read)
  return made
}

async function copyAccount(tx: Tx, { customerId }: Home, accounts: number): Promise<void> {
  const copied = sql`generate_series(1, ${accounts - 1}::int) as g(n) where customer_id = ${customerId}`
  const copies = [
    sql`insert into customer (customer_id, company_id, main_person_id, class, status, since, created_at)
        select customer_id + n, company_id, main_person_id, class, status, since, created_at from customer, ${copied}`,
    sql`insert into customer_set select customer_id + n, set_number, name from customer_set, ${copied}`,
    sql`insert into billing_account (customer_id, account_number, company_id, cycle_code, status, opened_on, mailing_name, mailing_address)
        select customer_id + n, account_number, company_id, cycle_code, status, opened_on, mailing_name, mailing_address
          from billing_account, ${copied}`,
    sql`insert into agreement (customer_id, agreement_id, account_number, kind, service_kind, company_id, status, start_date, premise_id, created_at)
        select customer_id + n, agreement_id, account_number, kind, service_kind, company_id, status, start_date, premise_id, created_at
          from agreement, ${copied}`,
  ]
  for (const copy of copies) await copy.execute(tx)
}
