import type { Tx } from '../../../platform/db/index.ts'
import { centsToDecimal } from '../../../platform/money.ts'
import { clientOf } from '../../customers/index.ts'
import { closeWorkItemsAbout, openWorkItems } from '../../work/index.ts'
import { type Adjustment, adjustmentSubject } from './adjustment.ts'
import type { AdjustmentType } from './catalogue/adjustment-type.ts'
import type { Act } from './record.ts'

const WORK = 'adjustment_approval'

/** This will put an adjustment before whoever may approve it. */
export async function askApproval(
  tx: Tx,
  adjustment: Adjustment,
  type: AdjustmentType,
  { now, actor }: Act,
): Promise<void> {
  const amount = centsToDecimal(Math.abs(adjustment.amountCents ?? 0))
  const limit = centsToDecimal(type.approvalAboveCents ?? 0)
  await openWorkItems(tx, [
    {
      clientId: clientOf(adjustment.customerId),
      kind: WORK,
      subject: adjustmentSubject(adjustment),
      customerId: adjustment.customerId,
      reasonCode: 'above_limit',
      reason: `${type.name.en} of ${amount} by ${actor.actor} is above ${limit}.`,
      remedy: 'Approve or reject the adjustment.',
      createdAt: now,
    },
  ])
}

/** This will take an adjustment off the list of those to be approved. */
export async function endApproval(tx: Tx, adjustment: Adjustment, { now, actor }: Act): Promise<void> {
  await closeWorkItemsAbout(tx, {
    clientId: clientOf(adjustment.customerId),
    kind: WORK,
    subjects: [adjustmentSubject(adjustment)],
    closedBy: actor.actor,
    now,
  })
}
