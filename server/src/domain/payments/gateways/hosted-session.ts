import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'

export interface SessionKey {
  customerId: number
  sessionNumber: number
}

/** A visit to a gateway's own payment page. */
export interface HostedSession extends SessionKey, AccountKey {
  gateway: string
  key: string
  /** The gateway's name of it; null until it has answered. */
  reference: string | null
  amountCents: Cents
  saveMethod: boolean
  returnUrl: string
  status: 'opening' | 'open' | 'unposted' | 'paid' | 'declined' | 'cancelled' | 'expired'
  reason: string | null
  eventNumber: number | null
  /** The method that was saved with it. */
  methodNumber: number | null
  expiresAt: Instant
}

/** This will refuse an address that a payer's browser must not be sent to afterwards: no web address, or one with a password. */
export function checkReturnUrl(text: string): void {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && text.length <= 1000) return
  throw new Refusal(
    'malformed',
    'return_url_wrong',
    'The return address must be a web address such as https://example.com/paid.',
  )
}

/** This will name a session as audit and events do. */
export function sessionSubject({ customerId, sessionNumber }: SessionKey): string {
  return `hosted_session:${customerId}-${sessionNumber}`
}
