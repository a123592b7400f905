import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { localDateAt } from '../../platform/time.ts'
import type { AccountKey, AccountRole, BillingAccount, MailingAddress } from './billing-account.ts'
import { type CustomerClass, clientOf, customerIdOf } from './customer.ts'
import type { Alert, LogEntry } from './note.ts'
import { type Contact, displayName, type Language, type PersonName } from './person.ts'
import { getBillingAccount, getCustomer, getPersons } from './queries.ts'
import {
  insertAccountPerson,
  insertBillingAccount,
  selectAccountPersons,
  selectBillingAccounts,
  updateClosed,
  updateHoldBills,
} from './store/billing-account.ts'
import * as customers from './store/customer.ts'
import { insertAlert, insertLog } from './store/note.ts'
import { insertContacts, insertPerson } from './store/person.ts'

/**
 * This will lock the files of customers until the transaction ends, in the order of their ids. Whoever gives
 * numbers to a customer's records or moves its money locks first. Refuses an unknown customer.
 */
export async function lockCustomers(tx: Tx, customerIds: readonly number[]): Promise<void> {
  const wanted = new Set(customerIds)
  for (const found of await customers.lockCustomers(tx, [...wanted])) wanted.delete(found)
  const [missing] = wanted
  if (missing !== undefined) throw unknownCustomer()
}

/** This will record a human or an organisation with its contacts; the first contact is the main one unless told. */
export async function createPerson(
  tx: Tx,
  input: { clientId: number; name: PersonName; language?: Language; contacts?: Contact[]; now: Instant },
): Promise<number> {
  if (displayName(input.name).trim() === '')
    throw new Refusal('malformed', 'person_nameless', 'A person needs a name.')
  const personId = await insertPerson(tx, { language: 'en', ...input })
  await insertContacts(tx, personId, input.contacts ?? [], localDateAt(input.now, 'UTC'))
  return personId
}

/**
 * This will open a customer's file with set 1 and answer its customer id. Without `number` the client's next one is
 * taken; number 0 is the client's own file. Refuses a taken number and a person of another client.
 */
export async function createCustomer(
  tx: Tx,
  input: {
    clientId: number
    number?: number
    companyId: number
    mainPersonId: number
    class: CustomerClass
    since: LocalDate
    now: Instant
  },
): Promise<number> {
  await requirePerson(tx, input.clientId, input.mainPersonId)
  const number = input.number ?? (await customers.nextCustomerNumber(tx, input.clientId))
  const customerId = customerIdOf(input.clientId, number)
  if (!(await customers.insertCustomer(tx, { ...input, customerId })))
    throw new Refusal(
      'conflict',
      'customer_number_taken',
      `Customer number ${number} is taken; leave it out to get the next free one.`,
    )
  await customers.insertSet(tx, customerId, 1, '')
  return customerId
}

/** This will add a numbering group of agreements and answer its number. Locks the customer. */
export async function addSet(tx: Tx, input: { customerId: number; name?: string }): Promise<number> {
  await lockCustomers(tx, [input.customerId])
  const setNumber = ((await customers.selectSetNumbers(tx, input.customerId)).at(-1) ?? 0) + 1
  if (setNumber > 99) throw new Refusal('rule', 'sets_exhausted', 'A customer has at most 99 sets.')
  await customers.insertSet(tx, input.customerId, setNumber, input.name ?? '')
  return setNumber
}

export interface NewBillingAccount {
  customerId: number
  accountNumber?: number
  /** The customer's own when left out. */
  companyId?: number
  cycleCode: string
  openedOn: LocalDate
  documentLanguage?: Language
  deliveryMethod?: BillingAccount['deliveryMethod']
  copies?: number
  dueDays?: number
  /** The main person's name when left out. */
  mailingName?: string
  mailingAddress: MailingAddress
}

/** This will open a billing account for the customer's main person and answer its number. Locks the customer. */
export async function openBillingAccount(tx: Tx, input: NewBillingAccount): Promise<number> {
  await lockCustomers(tx, [input.customerId])
  const customer = await getCustomer(tx, input.customerId)
  const [person] = await getPersons(tx, [customer.mainPersonId])
  const taken = (await selectBillingAccounts(tx, [input.customerId])).map((account) => account.accountNumber)
  const accountNumber = input.accountNumber ?? Math.max(0, ...taken) + 1
  if (taken.includes(accountNumber))
    throw new Refusal(
      'conflict',
      'account_number_taken',
      `Billing account ${accountNumber} of this customer exists.`,
    )
  if (accountNumber > 999)
    throw new Refusal('rule', 'accounts_exhausted', 'A customer has at most 999 billing accounts.')
  await insertBillingAccount(tx, {
    companyId: customer.companyId,
    documentLanguage: person?.language ?? 'en',
    deliveryMethod: 'paper',
    copies: 1,
    dueDays: 21,
    mailingName: person ? displayName(person.name) : '',
    ...input,
    accountNumber,
    status: 'active',
    holdBills: false,
  })
  const main = { personId: customer.mainPersonId, role: 'main' as const, startDate: input.openedOn }
  await insertAccountPerson(tx, { customerId: input.customerId, accountNumber }, main)
  return accountNumber
}

/** This will keep an account from being billed, or let it be billed again. Locks the customer; the caller audits. */
export async function holdBillsOf(tx: Tx, key: AccountKey, hold: boolean): Promise<void> {
  await lockCustomers(tx, [key.customerId])
  await getBillingAccount(tx, key)
  await updateHoldBills(tx, key, hold)
}

/** This will close an account that nothing is billed to any more. Locks the customer; the caller audits. */
export async function closeBillingAccount(
  tx: Tx,
  input: AccountKey & { closedOn: LocalDate },
): Promise<void> {
  await lockCustomers(tx, [input.customerId])
  await getBillingAccount(tx, input)
  await updateClosed(tx, input, input.closedOn)
}

/**
 * This will give a person a dated role on an account. Refuses a role that the person has at that time already.
 * Locks the customer.
 */
export async function addAccountPerson(
  tx: Tx,
  input: AccountKey & { personId: number; role: AccountRole; startDate: LocalDate; endDate?: LocalDate },
): Promise<void> {
  await lockCustomers(tx, [input.customerId])
  await getBillingAccount(tx, input)
  await requirePerson(tx, clientOf(input.customerId), input.personId)
  if (input.endDate !== undefined && input.endDate <= input.startDate) throw endBeforeStart()
  const overlapping = (await selectAccountPersons(tx, input.customerId)).some(
    (row) =>
      row.account_number === input.accountNumber &&
      row.person_id === input.personId &&
      row.role === input.role &&
      (row.end_date === null || row.end_date > input.startDate) &&
      (input.endDate === undefined || row.start_date < input.endDate),
  )
  if (overlapping)
    throw new Refusal(
      'conflict',
      'account_person_overlaps',
      `This person is ${input.role} of the account at that time already.`,
    )
  await insertAccountPerson(tx, input, input)
}

/** This will put an alert on a customer's file and answer its number. Locks the customer. */
export async function addAlert(tx: Tx, alert: Alert): Promise<number> {
  await lockCustomers(tx, [alert.customerId])
  if (alert.endDate !== undefined && alert.endDate <= alert.startDate) throw endBeforeStart()
  return await insertAlert(tx, alert)
}

/** This will write a line into a customer's contact log and answer its number. Locks the customer. */
export async function addLog(tx: Tx, entry: LogEntry): Promise<number> {
  await lockCustomers(tx, [entry.customerId])
  return await insertLog(tx, entry)
}

async function requirePerson(tx: Tx, clientId: number, personId: number): Promise<void> {
  const [person] = await getPersons(tx, [personId])
  if (person?.clientId !== clientId)
    throw new Refusal(
      'not_found',
      'person_unknown',
      `There is no person ${personId}; record the person first.`,
    )
}

function unknownCustomer(): Refusal {
  return new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
}

function endBeforeStart(): Refusal {
  return new Refusal(
    'rule',
    'end_before_start',
    'The end must be after the start; ends are the first day no longer included.',
  )
}
