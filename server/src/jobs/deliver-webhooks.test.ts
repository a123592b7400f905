import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { ACTOR, NOW, ZONE } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { broken } from '../../test/support/verified.ts'
import { createClient } from '../domain/identity/index.ts'
import {
  addEndpoint,
  changeEndpoint,
  deliveriesOf,
  getEndpoint,
  listEndpoints,
  replayEvents,
  rotateSecret,
} from '../domain/notices/index.ts'
import { findWorkItems } from '../domain/work/index.ts'
import { emit } from '../platform/outbox.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { manualClock } from '../platform/time.ts'
import { deliverWebhooks, handleEvents } from './index.ts'

const { db } = await testDatabase()
const clock = manualClock(NOW.toString())
const key = randomBytes(32)
const allowHosts = ['127.0.0.1']
const outgoing = createOutgoing({ allowHosts, timeoutMs: 200 })
const context = { database: db, clock, outgoing, fieldKey: key, random: () => 0.5 }
const clientId = await db.transaction((tx) =>
  createClient(tx, { code: 'town', name: 'Town Light', timeZone: ZONE, now: NOW }),
)
const done = () => ({ now: clock(), actor: ACTOR })

interface Heard {
  headers: IncomingHttpHeaders
  body: string
}

const servers: (() => void)[] = []
afterAll(() => {
  for (const close of servers) close()
})

/** A receiver that answers with the status it is told; 0 is no answer at all. */
async function receiver(status = 204) {
  const heard: Heard[] = []
  const answer = { status, headers: {} as Record<string, string> }
  const server = createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push({ headers: request.headers, body })
    if (answer.status !== 0) reply.writeHead(answer.status, answer.headers).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  servers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, heard, answer }
}

const listenTo = (url: string, eventTypes = ['*']) =>
  db.transaction((tx) => addEndpoint(tx, { clientId, url, eventTypes, allowHosts, key, ...done() }))

/** Emits events and queues them; answers nothing. */
async function happen(...subjects: string[]) {
  const event = { clientId, at: clock(), type: 'bill.completed', payload: { note: 'x' } }
  await db.transaction((tx) =>
    emit(
      tx,
      subjects.map((subject) => ({ ...event, subject })),
    ),
  )
  await handleEvents({ database: db, clock, actor: ACTOR })
}

const later = (duration: object) => clock.set(clock().add(duration).toString())
const subjectsOf = (heard: Heard[]) => heard.map(({ body }) => JSON.parse(body).data.subject)
const disable = (endpointId: number) =>
  db.transaction((tx) =>
    changeEndpoint(tx, { clientId, endpointId, status: 'disabled', allowHosts, ...done() }),
  )

function isSigned({ headers, body }: Heard, secret: string): boolean {
  const id = headers['webhook-id']
  const signed = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${signed}`)
}

describe('an endpoint that answers', () => {
  test('gets each event once, signed; while secrets change, with both', async () => {
    const { url, heard } = await receiver()
    const { endpointId, secret } = await listenTo(url, ['bill.*'])
    await happen('bill:1', 'bill:2')
    await deliverWebhooks(context)
    await deliverWebhooks(context)
    expect(subjectsOf(heard).sort()).toEqual(['bill:1', 'bill:2'])
    expect(heard.every((one) => isSigned(one, secret))).toBe(true)
    const fresh = await db.transaction((tx) => rotateSecret(tx, { clientId, endpointId, key, ...done() }))
    await happen('bill:3')
    await deliverWebhooks(context)
    const both = heard.at(-1)
    expect(both && isSigned(both, secret) && isSigned(both, fresh)).toBe(true)
    later({ hours: 25 })
    await happen('bill:4')
    await deliverWebhooks(context)
    const one = heard.at(-1)
    expect([one && isSigned(one, secret), one && isSigned(one, fresh)]).toEqual([false, true])
    await disable(endpointId)
  })

  test('gets a range again, under the same ids', async () => {
    const { url, heard } = await receiver()
    const { endpointId } = await listenTo(url)
    const input = { clientId, endpointId, fromEventId: 2, toEventId: 3 }
    expect(await db.transaction((tx) => replayEvents(tx, { ...input, ...done() }))).toBe(2)
    await deliverWebhooks(context)
    expect(await db.transaction((tx) => replayEvents(tx, { ...input, toEventId: 2, ...done() }))).toBe(1)
    await deliverWebhooks(context)
    const ids = heard.map(({ headers }) => headers['webhook-id'])
    expect(ids.sort()).toEqual([`evt_${clientId}_2`, `evt_${clientId}_2`, `evt_${clientId}_3`])
    await disable(endpointId)
    const inactive = db.transaction((tx) => replayEvents(tx, { ...input, ...done() }))
    await expect(inactive).rejects.toMatchObject({ code: 'webhook_inactive' })
  })
})

describe('an endpoint that fails', () => {
  test('and hangs, holds up nobody else', async () => {
    const [hanging, quick] = [await receiver(0), await receiver()]
    const { endpointId } = await listenTo(hanging.url)
    const second = await listenTo(quick.url)
    const subjects = Array.from({ length: 12 }, (_, n) => `bill:h${n}`)
    await happen(...subjects)
    await deliverWebhooks(context)
    expect(quick.heard).toHaveLength(12)
    expect(hanging.heard).toHaveLength(5) // one round of requests, then it is left alone
    const waiting = (await deliveriesOf(db.read, { clientId, endpointId })).filter(
      ({ status }) => status === 'waiting',
    )
    expect(waiting).toHaveLength(12)
    expect(waiting.filter(({ lastError }) => lastError?.includes('did not answer'))).toHaveLength(5)
    await disable(endpointId)
    await disable(second.endpointId)
  })

  test('is tried again later each time, and gets everything in the end', async () => {
    const { url, heard, answer } = await receiver(500)
    const { endpointId } = await listenTo(url)
    await happen('bill:r')
    await deliverWebhooks(context)
    later({ seconds: 4 })
    await deliverWebhooks(context)
    expect(heard).toHaveLength(1) // the second attempt is due after 5 s
    later({ seconds: 1 })
    await deliverWebhooks(context)
    expect(heard).toHaveLength(2)
    answer.headers = { 'retry-after': '3600' }
    later({ seconds: 300 })
    await deliverWebhooks(context)
    later({ seconds: 1800 }) // the schedule's own third wait; the receiver asked for an hour
    await deliverWebhooks(context)
    expect(heard).toHaveLength(3)
    answer.status = 204
    later({ seconds: 1800 })
    await deliverWebhooks(context)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await deliveriesOf(db.read, { clientId, endpointId })).toMatchObject([
      { status: 'delivered', attempts: 4 },
    ])
    expect((await getEndpoint(db.read, { clientId, endpointId })).failingSince).toBeNull()
    await disable(endpointId)
  })

  test('for five days is disabled with a work item, and can be enabled again', async () => {
    const { url } = await receiver(500)
    const { endpointId } = await listenTo(url)
    await happen('bill:d')
    for (let day = 0; day <= 5; day++) {
      await deliverWebhooks(context)
      later({ hours: 24 })
    }
    const endpoint = await getEndpoint(db.read, { clientId, endpointId })
    expect(endpoint).toMatchObject({ status: 'disabled', statusReason: 'all deliveries failed for 5 days' })
    const filter = { clientId, kind: 'webhook_disabled', limit: 9, offset: 0, status: 'open' as const }
    expect((await findWorkItems(db.read, filter)).items).toMatchObject([{ subject: `webhook:${endpointId}` }])
    const change = { clientId, endpointId, status: 'active' as const, allowHosts, ...done() }
    await db.transaction((tx) => changeEndpoint(tx, change))
    expect((await findWorkItems(db.read, filter)).items).toEqual([])
    expect(await getEndpoint(db.read, { clientId, endpointId })).toMatchObject({ failingSince: null })
    await disable(endpointId)
  })

  test('with 410 is disabled at once', async () => {
    const { url } = await receiver(410)
    const { endpointId } = await listenTo(url)
    await happen('bill:g', 'bill:h')
    await deliverWebhooks(context)
    const [endpoint] = (await listEndpoints(db.read, clientId)).filter((one) => one.endpointId === endpointId)
    expect(endpoint).toMatchObject({ status: 'disabled', waiting: 0, failed: 2 })
  })
})

test('addresses that are not https, and types that no event has, are refused', async () => {
  await expect(listenTo('http://example.com/hook')).rejects.toMatchObject({ code: 'outgoing_url' })
  await expect(listenTo('https://example.com/hook', ['bill.eaten'])).rejects.toMatchObject({
    code: 'event_type_unknown',
  })
  await expect(listenTo('https://example.com/hook', [])).rejects.toMatchObject({ code: 'event_type_unknown' })
})

test('two workers at once deliver each event once; the books hold', async () => {
  const { url, heard } = await receiver()
  const { endpointId } = await listenTo(url)
  await happen(...Array.from({ length: 20 }, (_, n) => `bill:t${n}`))
  await Promise.all([deliverWebhooks(context), deliverWebhooks(context)])
  expect(new Set(subjectsOf(heard)).size).toBe(20)
  expect(heard).toHaveLength(20)
  await disable(endpointId)
  expect(await broken(db)).toEqual([])
})
