import type { Tx } from '../../../platform/db/index.ts'
import {
  type AdjustmentFilter,
  type AdjustmentText,
  selectAdjustments,
  selectTextsOfEntries,
} from '../store/adjustment.ts'
import type { Adjustment } from './adjustment.ts'

/** This will list a customer's adjustments, latest first, with the count of all that match. */
export function findAdjustments(
  tx: Tx,
  filter: AdjustmentFilter,
): Promise<{ adjustments: Adjustment[]; total: number }> {
  return selectAdjustments(tx, filter)
}

/**
 * This will tell what a bill says of entries: one row for each adjustment (or half of a transfer) that an entry posted or
 * cancelled. Entries of another kind are left out.
 */
export function adjustmentTexts(
  tx: Tx,
  entries: readonly { customerId: number; entryId: number }[],
): Promise<AdjustmentText[]> {
  return entries.length === 0 ? Promise.resolve([]) : selectTextsOfEntries(tx, entries)
}
