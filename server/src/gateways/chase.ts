import { z } from 'zod'
import { type Gateway, NoAnswer, type SessionResult } from '../domain/payments/index.ts'
import { centsToDecimal, decimalToCents } from '../platform/money.ts'
import type { Clock } from '../platform/time.ts'
import { cannot, exchange, type GatewayParts, needed, notDone } from './exchange.ts'

const NAME = 'Chase'
const LIVE = 'https://www.chasepaymentechhostedpay.com'
const PAGE_MINUTES = 30

/**
 * This will speak with Chase's hosted pay page: a server-side call gives a `uID`, the payer's browser goes to the page
 * with it, and a query by `uID` tells what happened. The bank publishes no description of its own; the three addresses
 * and names follow the public pages of those who integrate it, so a contract's test cases decide before it goes live.
 * Source: https://github.com/adobe/helix-commerce-api (docs, "Chase payments": init, redirect and query addresses,
 * `hostedSecureId`, `hostedSecureApiToken`, `transType`); https://developer.broadleafcommerce.com/services/chase-payment/preparing-pts-payments
 * (uid-init, then the page with the uID, then a query).
 */
export function chaseGateway(parts: GatewayParts & { wallClock: Clock }): Gateway {
  const { settings, secrets, outgoing, wallClock } = parts
  const base = settings.baseUrl ?? LIVE
  const credentials = {
    hostedSecureID: needed(NAME, settings, 'hostedSecureId'),
    hostedSecureAPIToken: needed(NAME, secrets, 'hostedSecureApiToken'),
  }
  const post = async (path: string, fields: Record<string, string>) => {
    const reply = await exchange(outgoing, NAME, `${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...credentials, ...fields }).toString(),
    })
    if (reply.status >= 400) throw notDone(NAME, `status ${reply.status}`)
    return new URLSearchParams(reply.body.trim())
  }
  return {
    code: 'chase',
    capabilities: {
      hostedSession: true,
      charge: false,
      refund: false,
      notifications: false,
      kinds: ['card'],
    },
    openSession: async ({ key, amountCents, currency, returnUrl, language }) => {
      const answer = await post('/direct/services/request/init', {
        action: 'buildForm',
        sessionId: key,
        orderId: orderIdOf(key),
        trans_type: 'auth_capture',
        payment_type: 'Credit_Card',
        amount: centsToDecimal(amountCents),
        currency_code: currency,
        language,
        return_url: returnUrl,
        cancel_url: returnUrl,
      })
      const uID = answer.get('uID')
      if (!uID) throw notDone(NAME, answer.get('message') ?? 'it gave no uID')
      const url = `${base}/securepayments/a1/cc_collection.php?${new URLSearchParams({ uID })}`
      return { reference: uID, url, expiresAt: wallClock().add({ minutes: PAGE_MINUTES }) }
    },
    resultOf: async ({ reference, key }) =>
      toResult(await post('/direct/services/request/query', { uID: reference }), key),
    charge: async () => {
      throw cannot(NAME, 'charge without the customer')
    },
    findCharge: async () => undefined,
    refund: async () => {
      throw cannot(NAME, 'give money back from here')
    },
    readNotification: async () => undefined,
  }
}

/** Order numbers there have at most 22 signs: the customer and the session tell apart. */
function orderIdOf(key: string): string {
  return key.split('-').slice(2, 4).join('-').slice(0, 22)
}

/** The only code that is described; any other may still turn into it while the page lives. */
const PAID = '000'
const Answer = z.object({ code: z.string(), amount: z.string().optional(), sessionId: z.string().optional() })

function toResult(answer: URLSearchParams, key: string): SessionResult {
  const { data } = Answer.safeParse(Object.fromEntries(answer))
  if (!data) throw new NoAnswer(NAME, 'its answer has another form')
  if (data.sessionId !== undefined && data.sessionId !== key)
    throw new NoAnswer(NAME, 'it answered for another session')
  if (data.code !== PAID) return { outcome: 'open' }
  const amountCents = decimalToCents(data.amount ?? '')
  if (amountCents === undefined) throw new NoAnswer(NAME, 'it did not tell the amount')
  return {
    outcome: 'paid',
    reference: answer.get('transId') ?? answer.get('orderId') ?? key,
    amountCents,
    kind: 'card',
  }
}
