import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { MethodKind, TokenisedMethod } from '../gateways/gateway.ts'

export interface MethodKey {
  customerId: number
  methodNumber: number
}

/** A customer's means to pay, as people may see it: the token stays sealed. */
export interface PaymentMethod extends MethodKey {
  kind: MethodKind
  gateway: string
  lastFour: string
  brand: string | null
  routingNumber: string | null
  accountType: 'checking' | 'savings' | null
  holderName: string
  nickname: string
  /** The first day on which a card is no longer valid. */
  expiresOn: LocalDate | null
  verification: 'unverified' | 'verified' | 'failed'
  isDefault: boolean
  status: 'active' | 'retired'
}

const NICKNAME_MAX = 60

/**
 * This will refuse what must not be kept as a payment method: a card or account number where the token belongs, a
 * routing number whose check digit is wrong, a card that has expired, a method without a holder.
 */
export function checkMethod(method: TokenisedMethod, today: LocalDate): void {
  const { kind, token, lastFour, holderName, routingNumber, expiresOn } = method
  if (token === '' || token.length > 512)
    throw wrong('method_token', 'A payment method needs the gateway’s token.')
  if (looksLikeNumber(token))
    throw wrong(
      'account_number_refused',
      'This is a card or account number, not a token; let the customer enter it on the gateway’s page.',
    )
  if (!/^\d{4}$/.test(lastFour)) throw wrong('last_four_wrong', 'The last four digits must be four digits.')
  if (holderName.trim() === '') throw wrong('holder_missing', 'A payment method needs its holder’s name.')
  if (kind === 'bank') {
    checkRouting(routingNumber)
    return
  }
  if (routingNumber !== undefined)
    throw wrong('routing_number_wrong', 'A card has no routing number; leave it out.')
  if (expiresOn !== undefined && expiresOn <= today)
    throw wrong('card_expired', `The card expired before ${today}; enter its new date.`)
}

/** This will tidy a nickname, or make one. Refuses one that is too long. */
export function nicknameFor(
  given: string | undefined,
  method: Pick<TokenisedMethod, 'kind' | 'brand' | 'lastFour'>,
): string {
  const nickname = given?.trim() || `${method.brand ?? method.kind} ${method.lastFour}`
  if (nickname.length > NICKNAME_MAX || looksLikeNumber(nickname))
    throw wrong('nickname_wrong', `A nickname is at most ${NICKNAME_MAX} letters and no card number.`)
  return nickname
}

/** This will say whether a text is what a token never is: eight to nineteen digits, grouped or not. */
export function looksLikeNumber(text: string): boolean {
  return /^\d{8,19}$/.test(text.replace(/[\s-]/g, ''))
}

/** This will check a bank's routing number by its check digit: 3, 7 and 1 times its digits sum to a multiple of ten. */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  const weights = [3, 7, 1]
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0), 0)
  return sum % 10 === 0
}

function checkRouting(routingNumber: string | undefined): void {
  if (routingNumber === undefined || !isRoutingNumber(routingNumber))
    throw wrong(
      'routing_number_wrong',
      'The routing number is wrong; it is the nine digits at the left of a check.',
    )
}

/** This will refuse a method that cannot pay on a day: retired, expired, or found wrong. */
export function requireUsable(method: PaymentMethod, day: LocalDate): void {
  const why = unusable(method, day)
  if (why) throw new Refusal('conflict', why.code, why.sentence)
}

/** This will tell why a method cannot pay on a day; undefined when it can. */
export function unusable(
  method: PaymentMethod,
  day: LocalDate,
): { code: string; sentence: string } | undefined {
  const name = `The method "${method.nickname}"`
  if (method.status === 'retired')
    return { code: 'method_retired', sentence: `${name} is retired; choose another one.` }
  if (method.expiresOn !== null && method.expiresOn <= day)
    return { code: 'method_expired', sentence: `${name} has expired; choose another one.` }
  if (method.verification === 'failed')
    return { code: 'method_failed', sentence: `${name} was found wrong; choose another one.` }
  return undefined
}

function wrong(code: string, sentence: string): Refusal {
  return new Refusal('malformed', code, sentence)
}
