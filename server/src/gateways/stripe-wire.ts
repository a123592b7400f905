import { z } from 'zod'
import type { ChargeResult, SessionResult, TokenisedMethod } from '../domain/payments/index.ts'
import { Temporal } from '../platform/time.ts'

/** Source: https://docs.stripe.com/api/payment_methods/object */
const PaymentMethod = z.object({
  id: z.string(),
  type: z.string(),
  billing_details: z.object({ name: z.string().nullish() }).nullish(),
  card: z
    .object({ brand: z.string(), last4: z.string(), exp_month: z.number(), exp_year: z.number() })
    .nullish(),
  us_bank_account: z
    .object({ last4: z.string(), routing_number: z.string(), account_type: z.string().nullish() })
    .nullish(),
})

/** Source: https://docs.stripe.com/api/payment_intents/object */
export const PaymentIntent = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.number(),
  customer: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  payment_method: z.union([PaymentMethod, z.string()]).nullish(),
  last_payment_error: z
    .object({ code: z.string().nullish(), decline_code: z.string().nullish(), message: z.string().nullish() })
    .nullish(),
})
export type PaymentIntent = z.infer<typeof PaymentIntent>

/** Source: https://docs.stripe.com/api/checkout/sessions/object */
export const Session = z.object({
  id: z.string(),
  url: z.string().nullish(),
  expires_at: z.number(),
  status: z.string().nullish(),
  payment_status: z.string(),
  payment_intent: z.union([PaymentIntent, z.string()]).nullish(),
})

/** Source: https://docs.stripe.com/api/errors */
export const Failure = z.object({
  error: z.object({
    type: z.string(),
    code: z.string().nullish(),
    decline_code: z.string().nullish(),
    message: z.string().nullish(),
    payment_intent: PaymentIntent.nullish(),
  }),
})

/** Declines after which the same method can never be charged. Source: https://docs.stripe.com/declines/codes */
const FINAL = new Set([
  'lost_card',
  'stolen_card',
  'pickup_card',
  'restricted_card',
  'expired_card',
  'invalid_account',
  'account_closed',
  'bank_account_closed',
  'no_account',
  'debit_not_authorized',
])

/** What bank debits fail with, in the codes of the clearing house. Source: https://docs.stripe.com/payments/ach-direct-debit */
const RETURN_CODES: Readonly<Record<string, string>> = {
  insufficient_funds: 'R01',
  account_closed: 'R02',
  bank_account_closed: 'R02',
  no_account: 'R03',
  invalid_account_number: 'R04',
  debit_not_authorized: 'R10',
  bank_ownership_changed: 'R12',
  payment_stopped: 'R08',
}

/** This will read what became of a charge; undefined while it is not decided. A bank debit that is under way is accepted: the bank may return it later. */
export function toChargeResult(intent: PaymentIntent): ChargeResult | undefined {
  if (intent.status === 'succeeded' || intent.status === 'processing')
    return { outcome: 'accepted', reference: intent.id }
  const error = intent.last_payment_error
  if (intent.status === 'canceled' || intent.status === 'requires_payment_method')
    return declined(error?.decline_code ?? error?.code ?? intent.status, error?.message)
  if (intent.status === 'requires_action')
    return declined(
      'authentication_required',
      'The bank wants the customer to confirm the payment in person.',
    )
  return undefined
}

/** This will say a decline in our words. */
export function declined(code: string, message: string | null | undefined): ChargeResult {
  return { outcome: 'declined', code, message: message ?? code, final: FINAL.has(code) }
}

/** This will read what became of a payment page. */
export function toSessionResult(session: z.infer<typeof Session>): SessionResult {
  const intent = session.payment_intent
  if (
    intent &&
    typeof intent !== 'string' &&
    (intent.status === 'succeeded' || intent.status === 'processing')
  ) {
    const method = toMethod(intent)
    const kind = method?.kind ?? 'card'
    return {
      outcome: 'paid',
      reference: intent.id,
      amountCents: intent.amount,
      kind,
      ...(method && { method }),
    }
  }
  return { outcome: session.status === 'expired' ? 'expired' : 'open' }
}

/** This will tell why a bank debit came back, in the codes of the clearing house. */
export function toReturn(intent: PaymentIntent): { code: string; message: string } {
  const error = intent.last_payment_error
  const code = error?.decline_code ?? error?.code ?? ''
  return { code: RETURN_CODES[code] ?? 'R17', message: error?.message ?? code }
}

/** A token that can be charged later names the customer too. */
function toMethod(intent: PaymentIntent): TokenisedMethod | undefined {
  const { payment_method: method, customer } = intent
  if (!method || typeof method === 'string') return undefined
  const shared = {
    token: `${customer ?? ''}/${method.id}`,
    holderName: method.billing_details?.name || 'Customer',
  }
  if (method.card) {
    const { brand, last4, exp_month, exp_year } = method.card
    const expiresOn = Temporal.PlainDate.from({ year: exp_year, month: exp_month, day: 1 }).add({ months: 1 })
    return { ...shared, kind: 'card', lastFour: last4, brand, expiresOn: expiresOn.toString() }
  }
  const bank = method.us_bank_account
  if (!bank) return undefined
  const accountType = bank.account_type === 'savings' ? 'savings' : 'checking'
  return { ...shared, kind: 'bank', lastFour: bank.last4, routingNumber: bank.routing_number, accountType }
}
