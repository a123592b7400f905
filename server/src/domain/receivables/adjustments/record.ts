import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/adjustment.ts'
import { type Adjustment, type AdjustmentKey, adjustmentSubject } from './adjustment.ts'

/** Who acts on an adjustment, and when. */
export interface Act {
  now: Instant
  actor: Actor
}

/** This will read one adjustment. Refuses an unknown one. */
export async function getAdjustment(tx: Tx, key: AdjustmentKey): Promise<Adjustment> {
  const adjustment = await store.selectAdjustment(tx, key)
  if (adjustment) return adjustment
  throw new Refusal('not_found', 'adjustment_unknown', `There is no adjustment ${key.adjustmentId}.`)
}

/**
 * This will lock the customers of an adjustment and read it with what is done together with it: both halves of a
 * transfer, the one that money leaves first. Refuses an unknown one.
 */
export async function lockAdjustment(tx: Tx, key: AdjustmentKey): Promise<Adjustment[]> {
  const { siblingCustomerId, siblingAdjustmentId } = await getAdjustment(tx, key)
  await lockCustomers(tx, [key.customerId, siblingCustomerId ?? key.customerId])
  const adjustment = await getAdjustment(tx, key)
  if (siblingCustomerId === null || siblingAdjustmentId === null) return [adjustment]
  const sibling = { customerId: siblingCustomerId, adjustmentId: siblingAdjustmentId }
  const other = await getAdjustment(tx, sibling)
  return adjustment.side === 'from' ? [adjustment, other] : [other, adjustment]
}

/** This will store what an act made of adjustments, and audit the act once, under the first of them. */
export async function saveAct(
  tx: Tx,
  operation: string,
  members: readonly Adjustment[],
  { now, actor }: Act,
  detail: Record<string, unknown> = {},
): Promise<void> {
  for (const member of members) await store.updateAdjustment(tx, member)
  await auditAct(tx, operation, members, { now, actor }, detail)
}

/** This will audit an act on adjustments, under the first of them. */
export async function auditAct(
  tx: Tx,
  operation: string,
  [first]: readonly Adjustment[],
  { now, actor }: Act,
  detail: Record<string, unknown> = {},
): Promise<void> {
  if (!first) throw new Error(`${operation} acts on no adjustment`)
  const { type, status, amountCents } = first
  const subject = adjustmentSubject(first)
  const clientId = clientOf(first.customerId)
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation,
    subject,
    detail: { type, status, amountCents, ...detail },
  })
}

/** This will tell subscribers what became of adjustments. */
export function announce(
  tx: Tx,
  type: 'adjustment.frozen' | 'adjustment.cancelled',
  members: readonly Adjustment[],
  now: Instant,
): Promise<void> {
  const events = members.map((member) => {
    const { customerId, adjustmentId, agreementId, accountNumber, amountCents } = member
    const payload = { customerId, adjustmentId, agreementId, accountNumber, type: member.type, amountCents }
    return { clientId: clientOf(customerId), at: now, type, subject: adjustmentSubject(member), payload }
  })
  return emit(tx, events)
}
