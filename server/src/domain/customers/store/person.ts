import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import {
  type Contact,
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
      kind: name.kind,
      first_name: name.kind === 'human' ? (name.firstName ?? null) : null,
      last_name: name.kind === 'human' ? name.lastName : null,
      organisation_name: name.kind === 'organisation' ? name.organisationName : null,
      doing_business_as: name.doingBusinessAs ?? null,
      language: person.language,
      search_name: personSearchName(name),
      created_at: person.now,
    })
    .returning('person_id')
    .executeTakeFirstOrThrow()
  return row.person_id
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
