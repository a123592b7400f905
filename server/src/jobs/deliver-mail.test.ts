import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ACTOR, type Home } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openMailServer } from '../../test/support/mail-server.ts'
import { readBillTotal } from '../../test/support/read-bill.ts'
import { broken } from '../../test/support/verified.ts'
import { openWorld } from '../../test/support/world.ts'
import { completeBill, getBill } from '../domain/billing/index.ts'
import {
  noticesOf,
  retryNotice,
  savePreference,
  saveText,
  type Telling,
  tellCustomers,
} from '../domain/notices/index.ts'
import { findWorkItems } from '../domain/work/index.ts'
import { createMailer } from '../platform/mail.ts'
import { deliverMail, handleEvents } from './index.ts'

const { db, owner } = await testDatabase()
const world = await openWorld(db, { homes: 4, from: '2026-02-01' })
const { clientId } = world.town
const server = await openMailServer()
const mailer = createMailer({ smtpUrl: server.url, from: 'Town Light <bills@town.example>' })
const context = { database: db, clock: world.now, actor: ACTOR }
const send = () => deliverMail({ database: db, clock: world.now, mailer })
afterAll(() => {
  mailer.close()
  server.close()
})
beforeEach(() => {
  server.caught.length = 0
})

const [mailed, onPaper, addressless, refusing] = world.homes as [Home, Home, Home, Home]
const done = () => ({ now: world.now(), actor: ACTOR })

async function personOf({ customerId }: Home): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select main_person_id as id from customer where customer_id = ${customerId}`.execute(db.read)
  return rows[0]?.id ?? 0
}

async function routeByMail(home: Home, email: string | undefined, language = 'en') {
  await sql`update billing_account set delivery_method = 'email', document_language = ${language}
             where customer_id = ${home.customerId}`.execute(owner.read)
  if (email !== undefined)
    await sql`insert into person_contact (person_id, contact_number, kind, value, normalized, main, start_date)
              values (${await personOf(home)}, 1, 'email', ${email}, ${email}, true, '2026-01-01')`.execute(
      owner.read,
    )
}

const bill = (home: Home) =>
  world.act((tx) => completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done() }))
const statuses = async (home: Home) =>
  (await noticesOf(db.read, home.customerId)).map((one) => [
    one.templateCode,
    one.channel,
    one.status,
    one.reason,
  ])

await routeByMail(mailed, 'ana@home.example', 'es')
await routeByMail(addressless, undefined)
await routeByMail(refusing, 'gone@home.example')

describe('a bill that goes by e-mail', () => {
  test('brings its document, in the language of the account, once', async () => {
    const made = await bill(mailed)
    await handleEvents(context)
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    const [mail, ...others] = server.caught
    expect(others).toEqual([])
    expect(mail?.to).toEqual(['ana@home.example'])
    const text = mail?.parts['text/plain']?.toString() ?? ''
    expect(text).toContain('Estimado cliente, Home Number 1:')
    expect(text).toContain('00000001-0001')
    expect(await readBillTotal(mail?.parts['application/pdf'] ?? new Uint8Array())).toBe(made?.amountDueCents)
    const { routings } = await getBill(db.read, { customerId: mailed.customerId, billId: 1 })
    expect(routings.map((one) => one.status)).toEqual(['sent'])
  })

  test('stays unsent with a work item when there is no address', async () => {
    await bill(addressless)
    await handleEvents(context)
    expect(await send()).toBe(0)
    expect(await statuses(addressless)).toEqual([['bill_ready', 'email', 'failed', 'no_address']])
    const { items } = await findWorkItems(db.read, { clientId, kind: 'notice_failed', limit: 9, offset: 0 })
    expect(items).toMatchObject([
      { customerId: addressless.customerId, reasonCode: 'no_address', status: 'open' },
    ])
  })

  test('is tried again when the server is busy, given up when it refuses, and sent after all when asked', async () => {
    await bill(refusing)
    await handleEvents(context)
    server.answers.set('gone@home.example', '451 busy')
    expect(await send()).toBe(0)
    expect(await statuses(refusing)).toEqual([['bill_ready', 'email', 'queued', null]])
    expect(await send()).toBe(0) // not due again yet
    expect((await noticesOf(db.read, refusing.customerId))[0]?.attempts).toBe(1)
    server.answers.set('gone@home.example', '550 no such mailbox')
    await world.through('2026-02-02')
    expect(await send()).toBe(0)
    expect(await statuses(refusing)).toEqual([['bill_ready', 'email', 'failed', 'refused']])
    const key = { customerId: refusing.customerId, noticeNumber: 1 }
    server.answers.clear()
    await world.act((tx) => retryNotice(tx, { ...key, ...done() }))
    expect(await send()).toBe(1)
    expect(server.caught[0]?.headers['message-id']).toBe(`<${refusing.customerId}-1@town.example>`)
    const again = world.act((tx) => retryNotice(tx, { ...key, ...done() }))
    await expect(again).rejects.toMatchObject({ code: 'notice_state' })
  })

  test('leaves no notice where bills go by post', async () => {
    await bill(onPaper)
    await handleEvents(context)
    expect(await statuses(onPaper)).toEqual([])
  })
})

describe('other notices', () => {
  const telling = (home: Home, change: Partial<Telling> = {}): Telling => ({
    customerId: home.customerId,
    accountNumber: home.accountNumber,
    templateCode: 'late_reminder',
    cause: 'test:1',
    facts: { amountCents: 1240 },
    ...change,
  })
  const tell = (...tellings: Telling[]) =>
    world.act((tx) => tellCustomers(tx, { clientId, tellings, ...done() }))

  test('are told once a cause, in the words of the day', async () => {
    expect(await tell(telling(onPaper), telling(mailed))).toHaveLength(2)
    expect(await tell(telling(onPaper), telling(mailed))).toEqual([])
    const [letter] = await noticesOf(db.read, onPaper.customerId)
    expect(letter).toMatchObject({
      channel: 'letter',
      subject: 'Reminder: $12.40 is past due',
      status: 'queued',
    })
    expect(letter?.body).toContain('Dear Home Number 2,')
    expect(letter?.body).toContain('account 00000002-1 ready.')
    await send()
    expect(server.caught[0]?.parts['text/html']?.toString()).toContain('<html lang="es">')
  })

  test('keep to what people prefer, but the law comes first', async () => {
    const wish = {
      personId: await personOf(onPaper),
      category: 'collection',
      channel: 'letter',
      wanted: false,
    } as const
    await world.act((tx) => savePreference(tx, { ...onPaper, ...wish, ...done() }))
    await tell(telling(onPaper, { cause: 'test:2' }))
    const facts = { amountCents: 1240, cutFrom: '2026-03-01' }
    await tell(telling(onPaper, { cause: 'test:2', templateCode: 'disconnect_notice', facts }))
    const [notice, reminder] = await statuses(onPaper)
    expect(reminder).toEqual(['late_reminder', 'letter', 'suppressed', 'preference'])
    expect(notice).toEqual(['disconnect_notice', 'letter', 'queued', null])
    const stranger = world.act((tx) =>
      savePreference(tx, { ...onPaper, ...wish, personId: 999_999, ...done() }),
    )
    await expect(stranger).rejects.toMatchObject({ code: 'person_not_on_account' })
  })

  test('that cannot be worded are kept as failed, and say what is missing', async () => {
    await tell(
      telling(mailed, { cause: 'test:3', facts: {} }),
      telling(mailed, { cause: 'test:3', templateCode: 'no_such' }),
    )
    const [unknown, wordless] = await statuses(mailed)
    expect(unknown?.slice(2)).toEqual(['failed', 'template_unknown'])
    expect(wordless?.slice(2)).toEqual(['failed', 'fact_missing amountCents'])
    const { noticeNumber = 0 } = (await noticesOf(db.read, mailed.customerId))[0] ?? {}
    const retry = world.act((tx) =>
      retryNotice(tx, { customerId: mailed.customerId, noticeNumber, ...done() }),
    )
    await expect(retry).rejects.toMatchObject({ code: 'notice_wordless' })
  })

  test('take new words from their day on; words that name no fact are refused', async () => {
    const text = { clientId, templateCode: 'late_reminder', channel: 'letter', language: 'en' } as const
    const words = { ...text, startDate: '2026-02-03', subject: 'Please pay', body: 'You owe {amount}.' }
    await world.act((tx) => saveText(tx, { ...words, ...done() }))
    const refused = world.act((tx) => saveText(tx, { ...words, body: '{balance}', ...done() }))
    await expect(refused).rejects.toMatchObject({ code: 'placeholder_unknown' })
    await tell(telling(addressless, { cause: 'test:4' }))
    await sql`update billing_account set delivery_method = 'paper'
               where customer_id = ${addressless.customerId}`.execute(owner.read)
    await tell(telling(addressless, { cause: 'test:5' }))
    await world.through('2026-02-03')
    await tell(telling(addressless, { cause: 'test:6' }))
    const [today, yesterday, byMail] = await noticesOf(db.read, addressless.customerId)
    expect([today?.body, yesterday?.subject]).toEqual(['You owe $12.40.', 'Reminder: $12.40 is past due'])
    expect(byMail).toMatchObject({ status: 'suppressed', reason: 'no_address' })
  })

  test('leave the books and the log as they were written', async () => {
    expect(await broken(db)).toEqual([])
    await expect(sql`update notice set body = 'other'`.execute(db.read)).rejects.toThrow('permission denied')
  })
})
