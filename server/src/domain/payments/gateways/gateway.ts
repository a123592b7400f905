import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

export type MethodKind = 'bank' | 'card'

/** What a gateway can do; what it cannot, it refuses with `gateway_cannot`. */
export interface Capabilities {
  /** A payment page of its own, where the customer types what must never enter here. */
  hostedSession: boolean
  /** Charging a token without the customer: autopay, scheduled payments. */
  charge: boolean
  refund: boolean
  /** Signed messages about what happened later. */
  notifications: boolean
  kinds: readonly MethodKind[]
}

/** A card or bank account as the gateway gave it to us: a token, and what people recognise it by. */
export interface TokenisedMethod {
  kind: MethodKind
  token: string
  lastFour: string
  holderName: string
  brand?: string
  routingNumber?: string
  accountType?: 'checking' | 'savings'
  /** The first day on which a card is no longer valid. */
  expiresOn?: LocalDate
}

export interface NewSession {
  /** Ours; the same key again opens the same session. */
  key: string
  amountCents: Cents
  currency: string
  /** Whom the money is for, and what: shown to the payer. */
  payee: string
  description: string
  language: 'en' | 'es'
  saveMethod: boolean
  /** Where the payer's browser goes afterwards, however it ended. */
  returnUrl: string
}

export interface OpenedSession {
  /** The gateway's name of the session. */
  reference: string
  /** Where the payer's browser goes. */
  url: string
  expiresAt: Instant
}

export type SessionResult =
  | { outcome: 'open' }
  | { outcome: 'cancelled' | 'expired' }
  | { outcome: 'declined'; code: string; message: string }
  | { outcome: 'paid'; reference: string; amountCents: Cents; kind: MethodKind; method?: TokenisedMethod }

export interface ChargeRequest {
  /** Ours; the same key again never charges twice. */
  key: string
  token: string
  kind: MethodKind
  amountCents: Cents
  currency: string
  payee: string
  description: string
}

export interface RefundRequest {
  key: string
  /** The gateway's reference of the charge. */
  reference: string
  amountCents: Cents
  currency: string
}

/** `final`: asking again can never succeed (a stolen card, a closed account). */
export type ChargeResult =
  | { outcome: 'accepted'; reference: string }
  | { outcome: 'declined'; code: string; message: string; final: boolean }

/** What a gateway tells unasked; `key` is the one that the charge or session was made with. */
export type Notification =
  | { about: 'session' | 'charge'; key: string }
  | { about: 'return'; key: string; code: string; message: string }

/**
 * A company that moves customers' money. Each method either answers what certainly happened, throws `NoAnswer` when it
 * may or may not have happened, or refuses what certainly did not happen.
 */
export interface Gateway {
  code: string
  capabilities: Capabilities
  openSession(session: NewSession): Promise<OpenedSession>
  resultOf(session: { reference: string; key: string }): Promise<SessionResult>
  charge(request: ChargeRequest): Promise<ChargeResult>
  /** What became of a charge whose answer was lost; undefined: the gateway never had it. */
  findCharge(key: string): Promise<ChargeResult | undefined>
  refund(request: RefundRequest): Promise<ChargeResult>
  /** Refuses a message that the gateway did not sign; undefined: nothing that concerns us. */
  readNotification(message: {
    headers: Record<string, string>
    body: string
  }): Promise<Notification | undefined>
  /** Returns that the gateway lists instead of telling; repeated until `told` is called. */
  newReturns?(
    through: LocalDate,
  ): Promise<{ key: string; code: string; message: string; told(): Promise<void> }[]>
}

/** The gateway may or may not have done what it was asked: ask again, never take it as a no. */
export class NoAnswer extends Error {
  constructor(gateway: string, cause: string) {
    super(`${gateway} gave no answer: ${cause}`)
    this.name = 'NoAnswer'
  }
}
