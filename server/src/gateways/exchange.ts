import { NoAnswer } from '../domain/payments/index.ts'
import { Refusal } from '../platform/errors.ts'
import type { Outgoing, OutgoingReply, OutgoingRequest } from '../platform/outgoing.ts'

/** The other side may have taken the request. */
const UNANSWERED = new Set(['outgoing_timeout', 'outgoing_failed', 'outgoing_too_large'])

/**
 * This will ask a gateway and answer what it certainly said. Throws `NoAnswer` for timeouts, lost connections, 5xx and
 * "try later"; refuses when the gateway does not know our credentials.
 */
export async function exchange(
  outgoing: Outgoing,
  gateway: string,
  url: string,
  request: OutgoingRequest,
): Promise<OutgoingReply> {
  const reply = await send(outgoing, gateway, url, request)
  const { status } = reply
  if (status >= 500 || status === 408 || status === 429) throw new NoAnswer(gateway, `status ${status}`)
  if (status === 401 || status === 403)
    throw new Refusal(
      'unavailable',
      'gateway_credentials',
      `${gateway} does not accept the credentials; correct the gateway account.`,
    )
  return reply
}

async function send(outgoing: Outgoing, gateway: string, url: string, request: OutgoingRequest) {
  try {
    return await outgoing.request(url, request)
  } catch (error) {
    if (error instanceof Refusal && UNANSWERED.has(error.code)) throw new NoAnswer(gateway, error.code)
    throw error
  }
}

/** This will read a gateway's JSON; an answer that is none proves nothing. */
export function readJson(gateway: string, reply: OutgoingReply): unknown {
  try {
    return JSON.parse(reply.body)
  } catch {
    throw new NoAnswer(gateway, `status ${reply.status} without JSON`)
  }
}

/** This will say that a gateway would not do what it was asked, because the request was wrong. */
export function notDone(gateway: string, sentence: string): Refusal {
  return new Refusal('unavailable', 'gateway_refused', `${gateway} refused the request: ${sentence}`)
}

/** This will say that a gateway has no such service. */
export function cannot(gateway: string, what: string): Refusal {
  return new Refusal('rule', 'gateway_cannot', `${gateway} cannot ${what}; use another gateway for it.`)
}

/** This will say that a message was not signed by the gateway. */
export function badSignature(gateway: string): Refusal {
  return new Refusal('unauthenticated', 'signature_wrong', `This message was not signed by ${gateway}.`)
}

/** What a client is made of: one client's contract, and the way out. */
export interface GatewayParts {
  settings: Record<string, string>
  secrets: Record<string, string>
  outgoing: Outgoing
}

/** This will read a setting or secret that a gateway cannot do without. */
export function needed(gateway: string, from: Record<string, string>, name: string): string {
  const value = from[name]
  if (value) return value
  throw new Refusal(
    'rule',
    'gateway_not_configured',
    `The account with ${gateway} lacks "${name}"; enter it.`,
  )
}
