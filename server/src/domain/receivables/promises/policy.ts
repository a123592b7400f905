import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { getClient } from '../../identity/index.ts'

/** What a client may decide about promises of payments, under `promises` of its settings. */
const PromisePolicy = z.object({
  maxPayments: z.int().min(1).max(24).default(3),
  /** Of the last payment, after the day of the promise. */
  maxDays: z.int().min(1).max(366).default(60),
  minAmountCents: z.int().min(1).default(1000),
  /** How much of the whole the first payment is at least. */
  frontLoadPercent: z.int().min(0).max(100).default(25),
  /** Which payment carries what does not divide. */
  remainderOn: z.enum(['first', 'last']).default('first'),
  /** Promises of an account in twelve months. */
  maxPerYear: z.int().min(0).default(4),
  /** No new promise so many days after a broken one. */
  afterBrokenDays: z.int().min(0).default(90),
  /** A payment so many days late still keeps the promise. */
  graceDays: z.int().min(0).default(3),
  /** Whether a deposit that is asked for can be promised. */
  deposits: z.boolean().default(false),
})
export type PromisePolicy = z.infer<typeof PromisePolicy>

/** This will read what a client decided about promises; what it left open has its default. */
export async function promisePolicy(tx: Tx, clientId: number): Promise<PromisePolicy> {
  const { settings } = await getClient(tx, clientId)
  return PromisePolicy.parse(settings.promises ?? {})
}
