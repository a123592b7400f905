import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { getClient } from '../../identity/index.ts'

/** What a client may decide about billing, under `billing` of its settings. */
const BillingPolicy = z.object({
  /** Share of a period's intervals that may be missing, 0 to 1; what is there is billed. */
  missingTolerance: z.number().min(0).max(1).default(0),
  /** Whether a charge made apart from a bill is posted at once, or with the bill that shows it. */
  freeze: z.enum(['now', 'with_bill']).default('now'),
  /** A bill is due this many days after its date at the earliest, whatever the account says. */
  minimumDueDays: z.number().int().min(0).max(120).default(0),
})
export type BillingPolicy = z.infer<typeof BillingPolicy>

/** This will read what a client decided about billing; what it left open has its default. */
export async function billingPolicy(tx: Tx, clientId: number): Promise<BillingPolicy> {
  const { settings } = await getClient(tx, clientId)
  return BillingPolicy.parse(settings.billing ?? {})
}
