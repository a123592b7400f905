import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient } from '../../../test/support/place.ts'
import { Temporal } from '../../platform/time.ts'
import {
  accountsInCycle,
  addAccountPerson,
  addAlert,
  addLog,
  addSet,
  type Contact,
  createCustomer,
  createPerson,
  getAccountPersons,
  getAlerts,
  getBillingAccounts,
  getLog,
  getPersons,
  getSetNumbers,
  lockCustomers,
  normalizeContact,
  openBillingAccount,
  personSearchName,
} from './index.ts'

const { db, owner } = await testDatabase()
const clientId = await makeClient(owner)
await makeClient(owner, 2)
const now = Temporal.Instant.from('2025-06-15T12:00:00Z')
const mailingAddress = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }
const actor = { actor: 'user:ops', door: 'enterprise' as const }

const person = (lastName: string, ofClient = clientId) =>
  db.transaction((tx) => createPerson(tx, { clientId: ofClient, name: { kind: 'human', lastName }, now }))

async function customer(change: { number?: number; mainPersonId?: number } = {}) {
  const mainPersonId = change.mainPersonId ?? (await person('Ortiz'))
  const file = { clientId, companyId: 1, class: 'residential' as const, since: '2025-01-01', now }
  return await db.transaction((tx) => createCustomer(tx, { ...file, mainPersonId, ...change }))
}

const account = (customerId: number, change: object = {}) =>
  db.transaction((tx) =>
    openBillingAccount(tx, {
      customerId,
      cycleCode: 'C1',
      openedOn: '2025-01-01',
      mailingAddress,
      ...change,
    }),
  )

describe('a customer', () => {
  test('gets the next number of its client, and customers made at once get different ones', async () => {
    const mainPersonId = await person('Park')
    const ids = await Promise.all(Array.from({ length: 8 }, () => customer({ mainPersonId })))
    expect(new Set(ids).size).toBe(8)
    expect(Math.min(...ids)).toBeGreaterThan(clientId * 100_000_000)
    await expect(customer({ mainPersonId, number: (ids[0] ?? 0) % 100_000_000 })).rejects.toMatchObject({
      code: 'customer_number_taken',
    })
  })

  test('cannot be another client’s person', async () => {
    await expect(customer({ mainPersonId: await person('Stranger', 2) })).rejects.toMatchObject({
      code: 'person_unknown',
    })
  })

  test('is locked by whoever numbers its records, and an unknown one is refused', async () => {
    const customerId = await customer()
    expect(await db.transaction((tx) => addSet(tx, { customerId }))).toBe(2)
    expect(await getSetNumbers(db.read, customerId)).toEqual([1, 2])
    const log = (text: string) =>
      db.transaction((tx) => addLog(tx, { customerId, at: now, actor, kind: 'note', text }))
    expect((await Promise.all(['a', 'b', 'c'].map(log))).sort()).toEqual([1, 2, 3])
    expect((await getLog(db.read, customerId)).map((line) => line.log_number)).toEqual([3, 2, 1])
    await expect(db.transaction((tx) => lockCustomers(tx, [customerId, 1]))).rejects.toMatchObject({
      code: 'customer_unknown',
    })
  })

  test('has alerts until their end', async () => {
    const customerId = await customer()
    const alert = { customerId, kind: 'life_support', text: 'Oxygen', startDate: '2025-01-01', now, actor }
    expect(await db.transaction((tx) => addAlert(tx, alert))).toBe(1)
    await expect(
      db.transaction((tx) => addAlert(tx, { ...alert, endDate: '2025-01-01' })),
    ).rejects.toMatchObject({
      code: 'end_before_start',
    })
    expect(await getAlerts(db.read, customerId)).toMatchObject([
      { kind: 'life_support', created_by: 'user:ops' },
    ])
  })
})

describe('a billing account', () => {
  test('is mailed to its main person in their language unless told otherwise', async () => {
    const name = { kind: 'human' as const, firstName: 'Inés', lastName: 'Núñez' }
    const mainPersonId = await db.transaction((tx) =>
      createPerson(tx, { clientId, name, language: 'es', now }),
    )
    const customerId = await customer({ mainPersonId })
    expect(await account(customerId)).toBe(1)
    expect(await account(customerId, { mailingName: 'Bookkeeping', documentLanguage: 'en' })).toBe(2)
    const [first, second] = await getBillingAccounts(db.read, [customerId])
    expect(first).toMatchObject({ mailingName: 'Inés Núñez', documentLanguage: 'es', dueDays: 21 })
    expect(second).toMatchObject({ mailingName: 'Bookkeeping', documentLanguage: 'en' })
    expect(await getAccountPersons(db.read, customerId)).toMatchObject([
      { account_number: 1, person_id: mainPersonId, role: 'main' },
      { account_number: 2, person_id: mainPersonId, role: 'main' },
    ])
    await expect(account(customerId, { accountNumber: 2 })).rejects.toMatchObject({
      code: 'account_number_taken',
    })
  })

  test('gives a person a role once at a time', async () => {
    const customerId = await customer()
    const key = { customerId, accountNumber: await account(customerId) }
    const personId = await person('Payer')
    const payer = (startDate: string, endDate: string) =>
      db.transaction((tx) => addAccountPerson(tx, { ...key, personId, role: 'payer', startDate, endDate }))
    await payer('2025-01-01', '2025-03-01')
    await expect(payer('2025-02-28', '2025-04-01')).rejects.toMatchObject({ code: 'account_person_overlaps' })
    await payer('2025-03-01', '2025-04-01')
  })

  test('is found with its bill cycle, in the order of customers, and of this client only', async () => {
    const [a, b] = [await customer(), await customer()]
    await account(b, { cycleCode: 'C9' })
    await account(a, { cycleCode: 'C9' })
    expect(await accountsInCycle(db.read, { clientId, cycleCode: 'C9' })).toEqual([
      { customerId: a, accountNumber: 1 },
      { customerId: b, accountNumber: 1 },
    ])
    expect(await accountsInCycle(db.read, { clientId: 2, cycleCode: 'C9' })).toEqual([])
  })
})

describe('a person', () => {
  test('is searched by all names, without accents', () => {
    const name = {
      kind: 'organisation' as const,
      organisationName: 'Café  Núñez LLC',
      doingBusinessAs: 'La Ésquina',
    }
    expect(personSearchName(name)).toBe('cafe nunez llc la esquina')
  })

  test('is reached under phone numbers of any punctuation, and e-mail of any case', async () => {
    expect(normalizeContact({ kind: 'phone', value: '+1 (512) 555-0100' })).toBe('5125550100')
    expect(normalizeContact({ kind: 'email', value: ' Ana@Example.COM ' })).toBe('ana@example.com')
    expect(() => normalizeContact({ kind: 'phone', value: 'call me' })).toThrow(/not a phone number/)
    expect(() => normalizeContact({ kind: 'email', value: 'ana' })).toThrow(/not an e-mail address/)
    const contacts: Contact[] = [
      { kind: 'mobile', value: '512-555-0101' },
      { kind: 'email', value: 'Ana@example.com' },
    ]
    const name = { kind: 'human' as const, firstName: 'Ana', lastName: 'Ray' }
    const personId = await db.transaction((tx) => createPerson(tx, { clientId, name, contacts, now }))
    expect(await getPersons(db.read, [personId])).toEqual([
      {
        personId,
        clientId,
        name,
        language: 'en',
        contacts: [
          { ...contacts[0], main: true },
          { ...contacts[1], main: false },
        ],
      },
    ])
  })
})
