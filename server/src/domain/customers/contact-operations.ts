import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays, type Instant, type LocalDate } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import type { AccountKey, AccountRole } from './billing-account.ts'
import { clientOf } from './customer.ts'
import { addAccountPerson, createPerson, lockCustomers } from './operations.ts'
import { type Contact, type ContactKind, displayName, type Language, type PersonName } from './person.ts'
import { getAccountPersons, getCustomer, getPersons } from './queries.ts'
import { updateRoleEnds } from './store/billing-account.ts'
import * as store from './store/person.ts'

type Done = { now: Instant; actor: Actor }

/**
 * This will record a person who has to do with an account: who pays for it, stands surety or gets copies. Answers the
 * person's number. Refuses a person without a name, and what is no phone number or e-mail address.
 */
export async function addContact(
  tx: Tx,
  input: Done &
    AccountKey & {
      name: PersonName
      language: Language
      contacts: Contact[]
      role: Exclude<AccountRole, 'main'>
      startDate: LocalDate
      endDate?: LocalDate
    },
): Promise<number> {
  const { name, language, contacts, now, actor } = input
  const clientId = clientOf(input.customerId)
  const personId = await createPerson(tx, { clientId, name, language, contacts: mainOfKind(contacts), now })
  await addAccountPerson(tx, { ...input, personId })
  const { customerId, accountNumber, role } = input
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'addContact',
    subject: personSubject(personId),
    detail: { customerId, accountNumber, role },
  })
  return personId
}

/** The first of each kind is the one that is used. */
function mainOfKind(contacts: readonly Contact[]): Contact[] {
  return contacts.map((one) => ({ ...one, main: contacts.find(({ kind }) => kind === one.kind) === one }))
}

/**
 * This will change a person of a customer, from a day on: names, language, and by kind the phone number or e-mail address
 * that is used; null ends it. What is left out stays. Refuses a person who has nothing to do with the customer, and one
 * without a name.
 */
export async function changeContact(
  tx: Tx,
  input: Done & {
    customerId: number
    personId: number
    name?: PersonName
    language?: Language
    contacts?: { kind: ContactKind; value: string | null }[]
    day: LocalDate
  },
): Promise<void> {
  const { customerId, personId, contacts = [], day, now, actor } = input
  const person = await requireContact(tx, input)
  const { name = person.name, language = person.language } = input
  if (displayName(name).trim() === '')
    throw new Refusal('malformed', 'person_nameless', 'A person needs a name.')
  await store.updatePerson(tx, personId, { name, language })
  for (const { kind, value } of contacts) {
    await store.endContacts(tx, { personId, kind, day, lastDay: addDays(day, 1) })
    if (value !== null) await store.addContact(tx, personId, { kind, value, main: true }, day)
  }
  const detail = { customerId, changed: contacts.map(({ kind }) => kind) }
  const subject = personSubject(personId)
  const clientId = clientOf(customerId)
  await audit(tx, { clientId, at: now, actor, operation: 'changeContact', subject, detail })
}

/**
 * This will end what a person is to an account on a day. Refuses the account's main person, an end that is not after the
 * beginning, and a person who is nothing to the account then.
 */
export async function endContact(
  tx: Tx,
  input: Done & AccountKey & { personId: number; endDate: LocalDate },
): Promise<void> {
  const { customerId, accountNumber, personId, endDate, now, actor } = input
  await requireContact(tx, input)
  const roles = (await getAccountPersons(tx, customerId)).filter(
    (row) =>
      row.account_number === accountNumber &&
      row.person_id === personId &&
      (row.end_date === null || row.end_date > endDate),
  )
  if (roles.some(({ role }) => role === 'main'))
    throw new Refusal('rule', 'main_person', 'The main person of an account cannot leave it.')
  if (roles.length === 0)
    throw new Refusal('conflict', 'contact_ended', `This person is nothing to the account on ${endDate}.`)
  if (roles.some((row) => row.start_date >= endDate))
    throw new Refusal('rule', 'end_before_start', 'The end must be after the day on which it began.')
  await updateRoleEnds(tx, { customerId, accountNumber }, personId, endDate)
  const subject = personSubject(personId)
  const detail = { customerId, accountNumber, endDate }
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'endContact',
    subject,
    detail,
  })
}

/** Locks the customer and reads a person who is, or was, something to it. */
async function requireContact(tx: Tx, { customerId, personId }: { customerId: number; personId: number }) {
  await lockCustomers(tx, [customerId])
  const { mainPersonId } = await getCustomer(tx, customerId)
  const roles = await getAccountPersons(tx, customerId)
  const known = personId === mainPersonId || roles.some((row) => row.person_id === personId)
  const [person] = known ? await getPersons(tx, [personId]) : []
  if (person) return person
  throw new Refusal('not_found', 'contact_unknown', `This customer has no contact ${personId}.`)
}

const personSubject = (personId: number) => `person:${personId}`
