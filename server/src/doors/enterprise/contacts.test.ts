import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const headers = await signedIn(app)
const CONTACTS = '/customers/1/contacts'

async function send(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const url = `/enterprise/v3${path}`
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, ...answer.json() }
}

async function done(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const answer = await send(method, path, payload)
  expect(answer.status, JSON.stringify(answer)).toBe(200)
  return answer.responseData
}

const RUTH = {
  billingPackageId: '1',
  roleCode: 'guarantor',
  firstName: 'Ruth',
  lastName: 'Ortiz',
  phoneNumber: '217-555-0123',
  emailAddress: 'Ruth@Example.com',
}

test('the customer itself is its first contact', async () => {
  const [first] = await done('GET', CONTACTS)
  expect(first).toMatchObject({
    record: '1',
    contactId: '1',
    contactName: 'Home Number 1',
    mainFlag: 'Y',
    roles: [{ billingPackageId: '1', roleCode: 'main', activeFlag: 'Y' }],
  })
})

test('a guarantor is recorded, reached anew, and leaves', async () => {
  const [saved] = await done('POST', CONTACTS, { ...RUTH, logText: 'Signed the form' })
  expect(saved).toMatchObject({
    contactName: 'Ruth Ortiz',
    mainFlag: 'N',
    startDate: '2026-04-02',
    phoneNumber: '217-555-0123',
    roles: [{ billingPackageId: '1', roleCode: 'guarantor', startDate: '2026-04-02', activeFlag: 'Y' }],
  })
  expect(await done('GET', CONTACTS)).toHaveLength(2)
  const path = `${CONTACTS}/${saved.contactId}`
  expect((await done('GET', path))[0]).toEqual(saved)

  await done('PUT', path, {
    mobileNumber: '217 555 0199',
    emailAddress: '',
    languageCode: 'es',
    lastName: 'Diaz',
  })
  const [changed] = await done('GET', path)
  expect(changed).toMatchObject({
    contactName: 'Ruth Diaz',
    languageCode: 'es',
    phoneNumber: '217-555-0123',
    mobileNumber: '217 555 0199',
    emailAddress: '',
  })
  // An address that was taken today was used today.
  const past = changed.contactMethods.find((one: { typeCode: string }) => one.typeCode === 'email')
  expect(past).toMatchObject({ value: 'Ruth@Example.com', mainFlag: 'N', endDate: '2026-04-03' })

  await done('PUT', path, { billingPackageId: '1', endDate: '2026-05-01' })
  expect((await done('GET', path))[0].roles).toMatchObject([{ endDate: '2026-05-01', activeFlag: 'Y' }])
  const again = { billingPackageId: '1', endDate: '2026-05-01' }
  expect(await send('PUT', path, again)).toMatchObject({ status: 409, code: 'contact_ended' })
})

test('who is found by a new number is no longer found by the old one', async () => {
  await done('PUT', `${CONTACTS}/1`, { phoneNumber: '217-555-0142' })
  const found = await done('POST', '/search/customers', { phoneNumber: '(217) 555-0142' })
  expect(found).toMatchObject([{ customerId: '1', phoneNumber: '217-555-0142' }])
})

test('a human becomes an organization and keeps its file', async () => {
  const [saved] = await done('POST', CONTACTS, { ...RUTH, roleCode: 'payer' })
  const path = `${CONTACTS}/${saved.contactId}`
  await done('PUT', path, { organizationName: 'Ortiz Bakery', doingBusinessAsName: 'Good Bread' })
  expect((await done('GET', path))[0]).toMatchObject({
    typeCode: 'organisation',
    contactName: 'Ortiz Bakery',
    lastName: '',
    doingBusinessAsName: 'Good Bread',
  })
})

test.each([
  ['nobody', { lastName: undefined }, '/lastName'],
  ['two names', { organizationName: 'Ortiz Bakery' }, '/lastName'],
  ['an unknown role', { roleCode: 'friend' }, '/roleCode'],
  ['no billing package', { billingPackageId: undefined }, '/billingPackageId'],
  ['51 letters', { firstName: 'x'.repeat(51) }, '/firstName'],
  ['six digits', { phoneNumber: '555123' }, '/phoneNumber'],
  ['another language', { languageCode: 'fr' }, '/languageCode'],
  ['no day', { startDate: '1 May' }, '/startDate'],
])('a contact with %s is refused', async (_, wrong, pointer) => {
  const answer = await send('POST', CONTACTS, { ...RUTH, ...wrong })
  expect(answer).toMatchObject({ status: 400, errors: [{ pointer }] })
})

test.each([
  [{ emailAddress: 'nowhere' }, 'email_malformed'],
  [{ phoneNumber: 'call me' }, 'phone_malformed'],
  [{ startDate: '2026-04-02', endDate: '2026-04-02' }, 'end_before_start'],
  [{ billingPackageId: '7' }, 'billing_account_unknown'],
])('a contact with %j is refused', async (wrong, code) => {
  expect(await send('POST', CONTACTS, { ...RUTH, ...wrong })).toMatchObject({ code })
})

test('the main person stays, and a neighbour is no contact', async () => {
  const end = { billingPackageId: '1', endDate: '2026-05-01' }
  expect(await send('PUT', `${CONTACTS}/1`, end)).toMatchObject({ status: 422, code: 'main_person' })
  expect(await send('PUT', `${CONTACTS}/1`, { endDate: '2026-05-01' })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/billingPackageId' }],
  })
  expect(await send('GET', `${CONTACTS}/2`)).toMatchObject({ status: 404 })
  expect(await send('PUT', `${CONTACTS}/2`, { firstName: 'Eve' })).toMatchObject({ status: 404 })
})
