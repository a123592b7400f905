import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import { updateRoutings } from '../store/bill.ts'
import type { BillKey } from './bill.ts'

/** This will note that copies of bills were sent, or could not be. A bill that was sent is not reopened any more. */
export async function markRoutings(
  tx: Tx,
  routings: readonly (BillKey & { routingNumber: number })[],
  status: 'sent' | 'failed',
  now: Instant,
): Promise<void> {
  if (routings.length > 0) await updateRoutings(tx, routings, status, now)
}
