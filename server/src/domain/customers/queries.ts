import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { AccountContact, AccountKey, BillingAccount } from './billing-account.ts'
import type { Customer, CustomerClass } from './customer.ts'
import type { ContactKind, Language, Person, PersonName } from './person.ts'
import {
  selectAccountContacts,
  selectAccountPersons,
  selectAccountsInCycle,
  selectBillingAccounts,
  selectKnownAccounts,
} from './store/billing-account.ts'
import { selectClasses, selectCustomer, selectCustomersOfPerson, selectSetNumbers } from './store/customer.ts'
import { selectAlerts, selectLog, selectLogOf } from './store/note.ts'
import { selectPersons } from './store/person.ts'

/** This will read a customer. Refuses an unknown one. */
export async function getCustomer(tx: Tx, customerId: number): Promise<Customer> {
  const customer = await selectCustomer(tx, customerId)
  if (!customer) throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  return customer
}

/** This will tell the classes of customers. */
export async function customerClasses(
  tx: Tx,
  customerIds: readonly number[],
): Promise<Map<number, CustomerClass>> {
  const rows = await selectClasses(tx, customerIds)
  return new Map(rows.map((row) => [row.customerId, row.class]))
}

/** This will list the customers' files of a client that a person is the main person of, by id. */
export async function customersOfPerson(tx: Tx, clientId: number, personId: number): Promise<number[]> {
  return await selectCustomersOfPerson(tx, clientId, personId)
}

/** This will list the numbering groups of a customer. */
export async function getSetNumbers(tx: Tx, customerId: number): Promise<number[]> {
  return await selectSetNumbers(tx, customerId)
}

/** This will read persons with their contacts of today, in the order asked for; unknown ids are left out. */
export async function getPersons(tx: Tx, personIds: readonly number[]): Promise<Person[]> {
  if (personIds.length === 0) return []
  const { persons, contacts } = await selectPersons(tx, personIds)
  const byId = new Map(persons.map((row) => [row.person_id, row]))
  return personIds.flatMap((personId) => {
    const row = byId.get(personId)
    if (!row) return []
    const doingBusinessAs = row.doing_business_as === null ? {} : { doingBusinessAs: row.doing_business_as }
    const name: PersonName =
      row.kind === 'human'
        ? {
            kind: 'human',
            ...(row.first_name === null ? {} : { firstName: row.first_name }),
            lastName: row.last_name ?? '',
            ...doingBusinessAs,
          }
        : { kind: 'organisation', organisationName: row.organisation_name ?? '', ...doingBusinessAs }
    const own = contacts.filter((contact) => contact.person_id === personId)
    return {
      personId,
      clientId: row.client_id,
      name,
      language: row.language as Language,
      contacts: own.map(({ kind, value, main }) => ({ kind: kind as ContactKind, value, main })),
    }
  })
}

/** This will list the billing accounts of customers by customer and number. */
export async function getBillingAccounts(tx: Tx, customerIds: readonly number[]): Promise<BillingAccount[]> {
  return await selectBillingAccounts(tx, customerIds)
}

/** This will keep those of some accounts that exist. */
export function knownAccounts(tx: Tx, accounts: readonly AccountKey[]): Promise<AccountKey[]> {
  return selectKnownAccounts(tx, accounts)
}

/** This will read one billing account. Refuses an unknown one. */
export async function getBillingAccount(tx: Tx, key: AccountKey): Promise<BillingAccount> {
  const accounts = await selectBillingAccounts(tx, [key.customerId])
  const account = accounts.find((one) => one.accountNumber === key.accountNumber)
  if (account) return account
  throw new Refusal(
    'not_found',
    'billing_account_unknown',
    `This customer has no billing account ${key.accountNumber}; open it first.`,
  )
}

/** This will list who is what on the accounts of a customer, from when to when. */
export async function getAccountPersons(tx: Tx, customerId: number) {
  return await selectAccountPersons(tx, customerId)
}

/** This will list who hears of the accounts of customers on a day, the main person of each account first. */
export async function accountContacts(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<AccountContact[]> {
  return await selectAccountContacts(tx, customerIds, day)
}

/** This will list the active accounts of a bill cycle, sorted by customer and account. */
export async function accountsInCycle(
  tx: Tx,
  cycle: { clientId: number; cycleCode: string },
): Promise<AccountKey[]> {
  return await selectAccountsInCycle(tx, cycle.clientId, cycle.cycleCode)
}

/** This will list the alerts of a customer, past ones too. */
export async function getAlerts(tx: Tx, customerId: number) {
  return await selectAlerts(tx, customerId)
}

/** This will read the latest lines of a customer's contact log, newest first. */
export async function getLog(tx: Tx, customerId: number, limit = 100) {
  return await selectLog(tx, customerId, limit)
}

/** This will read every line of a customer's contact log about one record, newest first. */
export async function getLogOf(tx: Tx, customerId: number, subject: string) {
  return await selectLogOf(tx, customerId, subject)
}
