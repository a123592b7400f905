import { Refusal } from '../../../platform/errors.ts'
import { clientOf } from '../../customers/index.ts'
import { openWorkItems } from '../../work/index.ts'
import type { GatewayWork } from './work.ts'

/**
 * This will report that a payment could not be drawn, found or taken back, so that it does not keep the others from
 * being so. Whoever comes next tries it again.
 */
export async function reportDefect(
  work: GatewayWork,
  { customerId, subject }: { customerId: number; subject: string },
  error: unknown,
): Promise<void> {
  const refused = error instanceof Refusal
  const item = {
    clientId: clientOf(customerId),
    kind: 'draw_failed',
    subject,
    customerId,
    reasonCode: refused ? error.code : 'draw_defect',
    reason: `What was asked of the gateway could not be finished: ${error instanceof Error ? error.message : String(error)}`,
    remedy: refused
      ? 'Remove what the reason names; it is tried again by itself.'
      : 'Report the fault with this item; it is tried again by itself.',
    createdAt: work.clock(),
  }
  await work.database.transaction((tx) => openWorkItems(tx, [item]))
}
