import { z } from 'zod'
import type { Tx } from '../../../../platform/db/index.ts'
import { getClient } from '../../../identity/index.ts'

/** What a client may decide about adjustments, under `adjustments` of its settings. */
const AdjustmentPolicy = z.object({
  /** A debt up to this is given up when its agreement closes; 0: never. */
  smallDebtCents: z.int().min(0).default(100),
  /** A credit up to this is kept when its agreement closes; 0: never. */
  smallCreditCents: z.int().min(0).default(100),
})
export type AdjustmentPolicy = z.infer<typeof AdjustmentPolicy>

/** This will read what a client decided about adjustments; what it left open has its default. */
export async function adjustmentPolicy(tx: Tx, clientId: number): Promise<AdjustmentPolicy> {
  const { settings } = await getClient(tx, clientId)
  return AdjustmentPolicy.parse(settings.adjustments ?? {})
}
