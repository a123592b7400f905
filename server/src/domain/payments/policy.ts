import { z } from 'zod'
import type { Tx } from '../../platform/db/index.ts'
import { getClient } from '../identity/index.ts'

/** What a client may decide about payments, under `payments` of its settings. */
const PaymentPolicy = z.object({
  returned: z
    .object({
      /** Methods whose return costs the customer the fee of type `returned_payment_fee`. */
      feeMethods: z.array(z.string()).default(['check', 'ach']),
      /** What each return counts towards cash only, in the months after it. */
      cashOnlyPoints: z.number().int().min(0).default(100),
      cashOnlyMonths: z.number().int().min(1).default(12),
      /** So many points: only cash, money orders and cards are to be taken. */
      cashOnlyThreshold: z.number().int().min(1).default(200),
      /** What each return takes off the account's credit rating. */
      creditPoints: z.number().int().min(0).default(50),
    })
    .prefault({}),
  file: z
    .object({
      /** Money of a row whose account is not known: kept as unapplied, or not taken. */
      unknownAccount: z.enum(['suspend', 'reject']).default('suspend'),
      /** Money for a closed account: taken there, kept as unapplied, or not taken. */
      closedAccount: z.enum(['accept', 'suspend', 'reject']).default('accept'),
    })
    .prefault({}),
})
export type PaymentPolicy = z.infer<typeof PaymentPolicy>

/** This will read what a client decided about payments; what it left open has its default. */
export async function paymentPolicy(tx: Tx, clientId: number): Promise<PaymentPolicy> {
  const { settings } = await getClient(tx, clientId)
  return PaymentPolicy.parse(settings.payments ?? {})
}
