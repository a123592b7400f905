import type { FastifyInstance, FastifyReply } from 'fastify'
import { findClient } from '../../domain/identity/index.ts'
import { type Gateways, NoAnswer, takeNotification } from '../../domain/payments/index.ts'
import type { Database } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Clock } from '../../platform/time.ts'
import { type PayPage, payPage, type TestMethod } from './page.ts'
import { STYLE } from './style.ts'

/** What people see and do on the sandbox's page. */
interface Pages {
  find(sessionId: string): Promise<PayPage | undefined>
  pay(sessionId: string, token: string): Promise<PayPage | undefined>
  cancel(sessionId: string): Promise<PayPage | undefined>
  methods: readonly TestMethod[]
}

export interface PayServices {
  database: Database
  clock: Clock
  gateways: Gateways & { sandbox: Pages }
}

const FORM_LIMIT_BYTES = 2_000
const MESSAGE_LIMIT_BYTES = 500_000

/** This will serve the sandbox's payment pages and take what gateways tell. */
export async function servePay(app: FastifyInstance, services: PayServices): Promise<void> {
  await app.register(async (pages) => servePages(pages, services), { prefix: '/pay' })
  await app.register(async (messages) => serveNotifications(messages, services), { prefix: '/gateways' })
}

function servePages(app: FastifyInstance, { gateways: { sandbox }, clock }: PayServices): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.get('/style.css', (_request, reply) =>
    reply.type('text/css').header('cache-control', 'max-age=3600').send(STYLE),
  )
  app.get<{ Params: { session: string }; Querystring: { lang?: string } }>(
    '/:session',
    async (request, reply) => send(reply, await sandbox.find(request.params.session), request.query.lang),
  )
  app.post<{
    Params: { session: string }
    Body: URLSearchParams | undefined
    Querystring: { lang?: string }
  }>('/:session', async (request, reply) => {
    const { session } = request.params
    const token = request.body?.get('cancel') ? undefined : (request.body?.get('method') ?? '')
    await (token === undefined ? sandbox.cancel(session) : sandbox.pay(session, token))
    const language =
      request.query.lang === 'es' || request.query.lang === 'en' ? `?lang=${request.query.lang}` : ''
    return reply.redirect(`/pay/${encodeURIComponent(session)}${language}`, 303)
  })
  const send = (reply: FastifyReply, page: PayPage | undefined, lang: string | undefined) => {
    const language = lang === 'es' || lang === 'en' ? lang : (page?.language ?? 'en')
    return reply
      .status(page ? 200 : 404)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(payPage(page, { language, methods: sandbox.methods, now: clock() }))
  }
}

function serveNotifications(app: FastifyInstance, { database, clock, gateways }: PayServices): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: MESSAGE_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  )
  app.post<{ Params: { client: string; gateway: string } }>(
    '/:client/:gateway/notifications',
    async (request, reply) => {
      const { client, gateway } = request.params
      const actor = { actor: `gateway:${gateway}`, door: 'jobs' as const }
      try {
        const found = await findClient(database.read, client)
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        const message = { clientId: found.clientId, gateway, headers, body: String(request.body ?? '') }
        await takeNotification({ database, clock, gateways, actor }, message)
        return reply.status(200).send()
      } catch (error) {
        return reply.status(statusOf(error)).send()
      }
    },
  )
}

/** Whoever sends it sends it again after a 5xx; what it is told why stays ours. */
function statusOf(error: unknown): number {
  if (error instanceof NoAnswer) return 503
  if (!(error instanceof Refusal)) throw error
  if (error.kind === 'unauthenticated') return 400
  return error.kind === 'rule' || error.kind === 'not_found' ? 404 : 503
}
