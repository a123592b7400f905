import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { getClient } from '../../identity/index.ts'

/** What a client may decide about arrangements, under `arrangements` of its settings. */
const ArrangementPolicy = z.object({
  maxInstalments: z.int().min(1).max(60).default(12),
  minInstalmentCents: z.int().min(1).default(1000),
  /** How much of the debt is at least paid at once. */
  downPaymentPercent: z.int().min(0).max(100).default(0),
  /** Arrangements of an account at the same time. */
  maxLive: z.int().min(1).default(1),
  /** No new one so many days after a broken one. */
  afterBrokenDays: z.int().min(0).default(180),
  /** An instalment may be so many days late. */
  graceDays: z.int().min(0).default(5),
  /** Whether only what is past due can be arranged, or all that is asked for. */
  eligible: z.enum(['past_due', 'asked']).default('asked'),
  /** A dated instalment is asked for so many days before it is due. */
  askDaysAhead: z.int().min(0).max(60).default(14),
})
export type ArrangementPolicy = z.infer<typeof ArrangementPolicy>

/** This will read what a client decided about arrangements; what it left open has its default. */
export async function arrangementPolicy(tx: Tx, clientId: number): Promise<ArrangementPolicy> {
  const { settings } = await getClient(tx, clientId)
  return ArrangementPolicy.parse(settings.arrangements ?? {})
}
