import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import {
  type Contact,
  type ContactKind,
  type Language,
  normalizeContact,
  type PersonName,
  personSearchName,
} from '../person.ts'

export async function insertPerson(
  tx: Tx,
  person: { clientId: number; name: PersonName; language: Language; now: Instant },
): Promise<number> {
  const { name } = person
  const row = await tx
    .insertInto('person')
    .values({
      client_id: person.clientId,
      ...nameColumns(name),
      language: person.language,
      created_at: person.now,
    })
    .returning('person_id')
    .executeTakeFirstOrThrow()
  return row.person_id
}

function nameColumns(name: PersonName) {
  return {
    kind: name.kind,
    first_name: name.kind === 'human' ? (name.firstName ?? null) : null,
    last_name: name.kind === 'human' ? name.lastName : null,
    organisation_name: name.kind === 'organisation' ? name.organisationName : null,
    doing_business_as: name.doingBusinessAs ?? null,
    search_name: personSearchName(name),
  }
}

export async function insertContacts(
  tx: Tx,
  personId: number,
  contacts: readonly Contact[],
  startDate: LocalDate,
): Promise<void> {
  await insertRows(
    tx,
    'person_contact',
    {
      person_id: 'int8',
      contact_number: 'int2',
      kind: 'text',
      value: 'text',
      normalized: 'text',
      main: 'bool',
      start_date: 'date',
    },
    contacts.map((contact, index) => ({
      person_id: personId,
      contact_number: index + 1,
      kind: contact.kind,
      value: contact.value,
      normalized: normalizeContact(contact),
      main: contact.main ?? index === 0,
      start_date: startDate,
    })),
  )
}

export async function updatePerson(
  tx: Tx,
  personId: number,
  { name, language }: { name: PersonName; language: Language },
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ ...nameColumns(name), language })
    .where('person_id', '=', personId)
    .execute()
}

/** Ends what is used of a kind; what began on the day itself lasts that day. */
export async function endContacts(
  tx: Tx,
  ended: { personId: number; kind: ContactKind; day: LocalDate; lastDay: LocalDate },
): Promise<void> {
  await sql`
    update person_contact
       set end_date = case when start_date < ${ended.day} then ${ended.day} else ${ended.lastDay} end::date, main = false
     where person_id = ${ended.personId} and kind = ${ended.kind} and end_date is null`.execute(tx)
}

export async function addContact(
  tx: Tx,
  personId: number,
  contact: Contact,
  startDate: LocalDate,
): Promise<void> {
  await sql`
    insert into person_contact (person_id, contact_number, kind, value, normalized, main, start_date)
    select ${personId}, coalesce(max(contact_number), 0) + 1, ${contact.kind}, ${contact.value},
           ${normalizeContact(contact)}, ${contact.main ?? false}, ${startDate}::date
      from person_contact where person_id = ${personId}`.execute(tx)
}

export async function selectPersons(tx: Tx, personIds: readonly number[]) {
  const persons = await tx.selectFrom('person').selectAll().where('person_id', 'in', personIds).execute()
  const contacts = await tx
    .selectFrom('person_contact')
    .selectAll()
    .where('person_id', 'in', personIds)
    .where('end_date', 'is', null)
    .orderBy('person_id')
    .orderBy('contact_number')
    .execute()
  return { persons, contacts }
}
