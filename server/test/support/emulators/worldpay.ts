import { createHmac } from 'node:crypto'
import { type Asked, type Emulator, runEmulator, type Said } from './server.ts'

export const LOGIN = { username: 'test-user', password: 'test-password' }
export const EVENT_SECRET = 'test-event-secret'

interface Payment {
  paymentId: string
  transactionReference: string
  lastEvent: string
  value: { currency: string; amount: number }
}

export interface WorldpayEmulator extends Emulator {
  payments: Payment[]
  /** Ends the payment page of a transaction with an event, as its payer would. */
  payPage(transactionReference: string, lastEvent: string): void
  sign(body: string, secret?: string): string
}

interface Body {
  transactionReference: string
  value: Payment['value']
  instruction: { value: Payment['value']; paymentInstrument: { href: string } }
}

/**
 * This will run a far end that speaks the wire of Access Worldpay: payment pages, payments, queries. Test tokens end in
 * `refused`, `stolen`, `lost` (paid, no answer), `broken` (5xx), `odd` (an outcome that means nothing to us).
 */
export async function runWorldpay(): Promise<WorldpayEmulator> {
  const payments: Payment[] = []
  const pages = new Map<string, Body>()
  const pair = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')
  const emulator = await runEmulator((asked) => {
    if (asked.headers.authorization !== `Basic ${pair}`)
      return { status: 401, body: { errorName: 'accessDenied' } }
    if (asked.path === '/payment_pages') return openPage(pages, asked)
    if (asked.path === '/api/payments') return pay(payments, asked)
    const wanted = asked.query.get('transactionReference')
    const found = payments.filter((one) => one.transactionReference === wanted)
    return { status: 200, body: { _links: {}, _embedded: { payments: found } } }
  })
  return {
    ...emulator,
    payments,
    payPage(transactionReference, lastEvent) {
      const page = pages.get(transactionReference)
      if (!page) throw new Error(`no page ${transactionReference}`)
      add(payments, transactionReference, page.value, lastEvent)
    },
    sign: (body, secret = EVENT_SECRET) =>
      `1/SHA256/${createHmac('sha256', secret).update(body).digest('hex')}`,
  }
}

function openPage(pages: Map<string, Body>, asked: Asked): Said {
  const body: Body = JSON.parse(asked.body)
  if (asked.headers.accept !== asked.headers['content-type']) return { status: 406, body: {} }
  pages.set(body.transactionReference, body)
  return { status: 200, body: { url: `https://pages.example/${body.transactionReference}` } }
}

function pay(payments: Payment[], asked: Asked): Said {
  const { transactionReference, instruction }: Body = JSON.parse(asked.body)
  const token = instruction.paymentInstrument.href
  if (token.endsWith('broken')) return { status: 503, body: 'Bad gateway', type: 'text/html' }
  if (token.endsWith('unknown')) return { status: 400, body: { errorName: 'tokenNotFound' } }
  const refusal = { refused: '5', stolen: '43' }[token.split('/').at(-1) ?? '']
  if (refusal) {
    const refused = { refusalCode: refusal, refusalDescription: 'Refused' }
    return { status: 201, body: { outcome: 'refused', transactionReference, ...refused } }
  }
  const { paymentId } = add(payments, transactionReference, instruction.value, 'sentForSettlement')
  if (token.endsWith('lost')) return 'hang'
  const outcome = token.endsWith('odd') ? '3dsChallenged' : 'sentForSettlement'
  return { status: 202, body: { outcome, transactionReference, paymentId } }
}

function add(
  payments: Payment[],
  transactionReference: string,
  value: Payment['value'],
  lastEvent: string,
): Payment {
  const payment = { paymentId: `pay${payments.length + 1}`, transactionReference, lastEvent, value }
  payments.push(payment)
  return payment
}
