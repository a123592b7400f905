import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { getClient } from '../../identity/index.ts'
import { selectGatewayAccount } from '../store/gateway-account.ts'

const cents = z.number().int().positive()

/** What a client may decide about payments by gateways, under `payments` of its settings. */
const OnlinePaymentPolicy = z.object({
  /** The gateway that new methods and hosted pages go to. */
  gateway: z.string().optional(),
  online: z
    .object({
      minCents: cents.default(100),
      maxCents: cents.default(1_000_000),
      /** Of all payments of an account on one day that were not declined. */
      perDayCents: cents.default(2_000_000),
      /** How long the same amount for the same account counts as a mistake. */
      duplicateHours: z.number().int().min(0).default(24),
      daysAhead: z.number().int().min(0).default(365),
    })
    .prefault({}),
  autopay: z
    .object({
      /** After a decline: so many days later, one number for each further try. */
      retryAfterDays: z.array(z.number().int().min(1)).default([3, 5]),
      /** So many returned draws in a row suspend the autopay. */
      maxReturns: z.number().int().min(1).default(2),
      /** A draw is announced at least so many days ahead. */
      noticeDays: z.number().int().min(0).default(0),
    })
    .prefault({}),
})
export type OnlinePaymentPolicy = z.infer<typeof OnlinePaymentPolicy>

/** This will read what a client decided about payments by gateways; what it left open has its default. */
export async function onlinePaymentPolicy(tx: Tx, clientId: number): Promise<OnlinePaymentPolicy> {
  const { settings } = await getClient(tx, clientId)
  return OnlinePaymentPolicy.parse(settings.payments ?? {})
}

/** This will name the gateway that a client uses. Refuses when it has chosen none. */
export function chosenGateway(policy: OnlinePaymentPolicy): string {
  if (policy.gateway) return policy.gateway
  throw new Refusal(
    'rule',
    'gateway_not_configured',
    'No payment gateway is chosen; set "gateway" under payments in the settings of the client.',
  )
}

/** This will name the gateway that a client's new methods go to: the one asked for, or its chosen one. Refuses one it has no active account with. */
export async function chosenGatewayOf(tx: Tx, clientId: number, wanted?: string): Promise<string> {
  const gateway = wanted ?? chosenGateway(await onlinePaymentPolicy(tx, clientId))
  const account = await selectGatewayAccount(tx, clientId, gateway)
  if (account?.status === 'active') return gateway
  throw new Refusal(
    'rule',
    'gateway_not_configured',
    `There is no active account with the gateway "${gateway}"; enter its settings first.`,
  )
}
