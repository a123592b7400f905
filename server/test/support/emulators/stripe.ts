import { createHmac } from 'node:crypto'
import { type Asked, type Emulator, runEmulator, type Said } from './server.ts'

export const SECRET_KEY = 'test-secret-key'
export const WEBHOOK_SECRET = 'test-webhook-secret'

interface Intent {
  id: string
  amount: number
  status: string
  customer: string | null
  metadata: Record<string, string>
  payment_method: unknown
  last_payment_error?: unknown
}

const CARD = {
  id: 'pm_card',
  type: 'card',
  billing_details: { name: 'Ada Payer' },
  card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 },
}

export interface StripeEmulator extends Emulator {
  intents: Intent[]
  /** Completes the payment page of a session, as its payer would. */
  payPage(sessionId: string): void
  /** Signs a message as the company does. */
  sign(body: string, atSeconds: number, secret?: string): string
}

/** The books of the far end. */
interface Far {
  intents: Intent[]
  sessions: { id: string; intent: Intent; paid: boolean }[]
  /** By idempotency key. */
  answers: Map<string, Said>
}

/**
 * This will run a far end that speaks the wire of Stripe: sessions, intents by idempotency key, search, refunds. Test
 * methods: `pm_declined`, `pm_stolen`, `pm_lost` (charged, answer lost once), `pm_broken` (5xx), `pm_bank`.
 */
export async function runStripe(): Promise<StripeEmulator> {
  const far: Far = { intents: [], sessions: [], answers: new Map() }
  const emulator = await runEmulator((asked) => {
    if (asked.headers.authorization !== `Bearer ${SECRET_KEY}`) return wrong(401, 'Invalid key')
    return asked.method === 'POST' ? once(far, asked) : get(far, asked)
  })
  return {
    ...emulator,
    intents: far.intents,
    payPage(sessionId) {
      const session = far.sessions.find((one) => one.id === sessionId)
      if (!session) throw new Error(`no session ${sessionId}`)
      session.paid = true
      session.intent.status = 'succeeded'
      session.intent.customer = 'cus_1'
    },
    sign: (body, atSeconds, secret = WEBHOOK_SECRET) =>
      `t=${atSeconds},v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`,
  }
}

function wrong(status: number, message: string): Said {
  return { status, body: { error: { type: 'invalid_request_error', message } } }
}

/** What was answered to a key is answered again, 5xx left out. */
function once(far: Far, asked: Asked): Said {
  const key = String(asked.headers['idempotency-key'])
  const before = far.answers.get(key)
  if (before) return before
  const said = post(far, asked)
  if (said !== 'hang' && said !== 'cut' && said.status < 500) far.answers.set(key, said)
  return new URLSearchParams(asked.body).get('payment_method') === 'pm_lost' ? 'cut' : said
}

function post(far: Far, { path, body }: Asked): Said {
  const fields = new URLSearchParams(body)
  if (path === '/v1/payment_intents') return charge(far, fields)
  if (path === '/v1/checkout/sessions') return openSession(far, fields)
  const known = far.intents.some((one) => one.id === fields.get('payment_intent'))
  if (path === '/v1/refunds' && known) return { status: 200, body: { id: 're_1', status: 'succeeded' } }
  return wrong(404, 'Not found')
}

function charge(far: Far, fields: URLSearchParams): Said {
  const method = fields.get('payment_method') ?? ''
  if (method === 'pm_broken') return { status: 500, body: { error: { type: 'api_error', message: 'Sorry' } } }
  if (method === 'pm_unknown') return wrong(400, 'No such payment method')
  const intent = newIntent(far, fields.get('amount'), fields.get('metadata[key]'), fields.get('customer'))
  const code = { pm_declined: 'insufficient_funds', pm_stolen: 'stolen_card' }[method]
  if (code) {
    const error = { type: 'card_error', code: 'card_declined', decline_code: code, message: 'Declined.' }
    intent.last_payment_error = error
    return { status: 402, body: { error: { ...error, payment_intent: intent } } }
  }
  intent.status = method === 'pm_bank' ? 'processing' : 'succeeded'
  return { status: 200, body: intent }
}

function newIntent(far: Far, amount: string | null, key: string | null, customer: string | null): Intent {
  const id = `pi_${far.intents.length + 1}`
  const state = { status: 'requires_payment_method', payment_method: CARD }
  const intent = { id, amount: Number(amount), customer, metadata: { key: key ?? '' }, ...state }
  far.intents.push(intent)
  return intent
}

const EXPIRES_AT = 1_770_000_000

function openSession(far: Far, fields: URLSearchParams): Said {
  const amount = fields.get('line_items[0][price_data][unit_amount]')
  const intent = newIntent(far, amount, fields.get('client_reference_id'), null)
  const id = `cs_${far.sessions.length + 1}`
  far.sessions.push({ id, intent, paid: false })
  const state = { expires_at: EXPIRES_AT, status: 'open', payment_status: 'unpaid' }
  return { status: 200, body: { id, url: `https://checkout.example/${id}`, ...state } }
}

function get(far: Far, { path, query }: Asked): Said {
  const session = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(path)?.[1]
  if (session) return showSession(far, session)
  if (path === '/v1/payment_intents/search') {
    const wanted = /^metadata\['key'\]:'(.+)'$/.exec(query.get('query') ?? '')?.[1]
    return { status: 200, body: { data: far.intents.filter((one) => one.metadata.key === wanted) } }
  }
  const intent = far.intents.find((one) => path === `/v1/payment_intents/${one.id}`)
  return intent ? { status: 200, body: intent } : wrong(404, 'Not found')
}

function showSession(far: Far, id: string): Said {
  const session = far.sessions.find((one) => one.id === id)
  if (!session) return wrong(404, 'No such session')
  const { paid, intent } = session
  const state = { status: paid ? 'complete' : 'open', payment_status: paid ? 'paid' : 'unpaid' }
  return { status: 200, body: { id, url: null, expires_at: EXPIRES_AT, ...state, payment_intent: intent } }
}
