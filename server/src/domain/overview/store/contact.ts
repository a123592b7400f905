import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { ContactListed } from '../contact-record.ts'
import type { PageOf } from '../record.ts'
import { listOf, pageOf, personName } from './fragment.ts'

const methods = listOf(sql`
  select contact_number as "contactNumber", kind, value, main, start_date as "startDate", end_date as "endDate"
    from person_contact where person_id = p.person_id
   order by end_date nulls first, main desc, contact_number`)

const roles = listOf(sql`
  select account_number as "accountNumber", role, start_date as "startDate", end_date as "endDate"
    from account_person where customer_id = c.customer_id and person_id = p.person_id
   order by account_number, start_date, role`)

/** The persons of a customer, the main one first; or one of them. */
export async function selectContacts(
  tx: Tx,
  { customerId, personId }: { customerId: number; personId?: number },
  page: PageOf,
): Promise<{ rows: ContactListed[]; total: number }> {
  const from = sql`
    from customer c
    join person p on p.person_id = c.main_person_id or p.person_id in (
         select person_id from account_person where customer_id = c.customer_id)
   where c.customer_id = ${customerId}
     and ${personId === undefined ? sql`true` : sql`p.person_id = ${personId}`}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<ContactListed>`
    select c.customer_id as "customerId", p.person_id as "personId", p.kind, ${personName} as name,
           p.first_name as "firstName", p.last_name as "lastName", p.organisation_name as "organisationName",
           p.doing_business_as as "doingBusinessAs", p.language, p.person_id = c.main_person_id as main,
           (select min(start_date) from account_person
             where customer_id = c.customer_id and person_id = p.person_id) as since,
           ${methods} as methods, ${roles} as roles
      ${from} order by p.person_id <> c.main_person_id, p.person_id ${pageOf(page)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
