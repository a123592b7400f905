import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { NOTICE_EVENTS, tellOfEvents } from './event-notices.ts'
import { noticesOf } from './queries.ts'
import { COLLECTION_SEEDS } from './templates/seeds-service.ts'
import { EVENT_CATALOGUE } from './webhooks/event-catalogue.ts'

const { db, owner } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 1))
const { clientId } = town
const [home] = town.homes
if (!home) throw new Error('the town has a home')
const { customerId, accountNumber } = home
const context = { clientId, now: NOW, actor: ACTOR }

/** A value for each field that the catalogue names, by what its name says it is. */
function sampleOf(field: string): unknown {
  if (field === 'customerId') return customerId
  if (field === 'accountNumber') return accountNumber
  if (field.endsWith('Cents')) return 1240
  if (/(Date|On)$/.test(field)) return '2026-03-01'
  return 3
}

let eventId = 0
function event(type: string, change: object = {}) {
  const fields = EVENT_CATALOGUE[type]?.fields ?? []
  const values = Object.fromEntries(fields.map((field) => [field, sampleOf(field)]))
  const payload = { ...values, retryOn: null, ...change }
  return { clientId, eventId: ++eventId, at: NOW, type, subject: 'test:1', payload }
}

const tell = (...events: ReturnType<typeof event>[]) =>
  db.transaction((tx) => tellOfEvents(tx, events, context))
const told = async () => (await noticesOf(db.read, customerId)).filter((one) => one.status !== 'suppressed')

describe('what follows from events', () => {
  const plain = NOTICE_EVENTS.filter((type) => !/^(bill\.|collection\.)/.test(type))

  test.each(plain)('%s tells every fact that its words name', async (type) => {
    await tell(event(type))
    expect((await told()).filter((one) => one.status === 'failed')).toEqual([])
  })

  test.each(
    COLLECTION_SEEDS.map((seed) => seed.templateCode).filter((code) => !/_(confirmed|broken)$/.test(code)),
  )('a step of collections with %s is worded', async (template) => {
    const facts = { amountCents: 1240, oldestDueDate: '2026-02-01', day: '2026-03-01', cutFrom: '2026-03-10' }
    await tell(event('collection.step_done', { template, facts }))
    expect((await told())[0]).toMatchObject({ templateCode: template, status: 'queued' })
  })

  test('a step that tells nobody, a market payment and a payment that is tried again lead to nothing', async () => {
    const before = (await told()).length
    await tell(
      event('collection.step_done', { template: null, facts: {} }),
      event('payment.posted', { source: 'remittance' }),
      event('payment_request.declined', { retryOn: '2026-03-04' }),
    )
    expect(await told()).toHaveLength(before)
  })

  test('no client tells the customers of another', async () => {
    const stranger = { customerId: customerId + 100_000_000, accountNumber, amountCents: 1240 }
    await expect(tell(event('payment.returned', stranger))).rejects.toMatchObject({
      code: 'customer_unknown',
    })
  })

  test('several agreements of one request are told once, in one batch or two', async () => {
    const before = (await told()).length
    const request = { requestId: 77 }
    await tell(event('service.started', request), event('service.started', request))
    await tell(event('service.started', request))
    expect(await told()).toHaveLength(before + 1)
  })

  test('a bill that is reopened takes its e-mail back', async () => {
    await sql`update billing_account set delivery_method = 'email' where customer_id = ${customerId}`.execute(
      owner.read,
    )
    await sql`insert into person_contact (person_id, contact_number, kind, value, normalized, main, start_date)
              select main_person_id, 1, 'email', 'a@b.example', 'a@b.example', true, '2026-01-01'
                from customer where customer_id = ${customerId}`.execute(owner.read)
    const statuses = async () =>
      (await noticesOf(db.read, customerId))
        .filter((one) => one.templateCode === 'bill_ready')
        .map((one) => [one.channel, one.status, one.reason])
    await tell(event('bill.completed', { billId: 1 }))
    expect(await statuses()).toEqual([['email', 'queued', null]])
    await tell(event('bill.reopened', { billId: 2 }))
    expect(await statuses()).toEqual([['email', 'queued', null]])
    await tell(event('bill.reopened', { billId: 1 }))
    expect(await statuses()).toEqual([['email', 'suppressed', 'bill_withdrawn']])
  })
})
