import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AdjustmentType } from './catalogue/adjustment-type.ts'

export type AdjustmentStatus =
  | 'incomplete'
  | 'error'
  | 'freezable'
  | 'pending_approval'
  | 'frozen'
  | 'cancelled'
  | 'deleted'

export type AdjustmentAction = 'generate' | 'submit' | 'approve' | 'reject' | 'freeze' | 'cancel' | 'delete'

export interface AdjustmentKey {
  customerId: number
  adjustmentId: number
}

/** A one-off debit or credit of an agreement, with its reason. */
export interface Adjustment extends AdjustmentKey {
  agreementId: number
  /** The billing account of the day on which it was made. */
  accountNumber: number
  type: string
  purpose: AdjustmentType['purpose']
  status: AdjustmentStatus
  /** Signed: a debit is above zero. Null while incomplete. */
  amountCents: Cents | null
  effectiveDate: LocalDate
  accountingDate: LocalDate
  dueDate: LocalDate | null
  onBill: boolean
  /** What made it: `payment:12`. The same cause makes one live adjustment of a type. */
  cause: string | null
  comment: string | null
  /** Why it is in error, or why approval was refused. */
  faultCode: string | null
  fault: string | null
  /** Of a transfer: the half that the balance leaves, or the one where it arrives. */
  side: 'from' | 'to' | null
  /** The other half of a transfer. */
  siblingCustomerId: number | null
  siblingAdjustmentId: number | null
  entryId: number | null
  cancelEntryId: number | null
  cancelReason: string | null
  createdAt: Instant
  /** Who gave the amount, which another person may have to approve. */
  createdBy: string
  approvedBy: string | null
}

/** State x action -> state. An action that a state does not name is refused. */
export const ADJUSTMENT_LIFE_CYCLE: Readonly<
  Record<AdjustmentStatus, Partial<Record<AdjustmentAction, AdjustmentStatus>>>
> = {
  incomplete: { generate: 'freezable', delete: 'deleted' },
  error: { generate: 'freezable', delete: 'deleted' },
  freezable: { generate: 'freezable', submit: 'pending_approval', freeze: 'frozen', delete: 'deleted' },
  pending_approval: { approve: 'frozen', reject: 'incomplete' },
  frozen: { cancel: 'cancelled' },
  cancelled: {},
  deleted: {},
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function adjustmentAfter(status: AdjustmentStatus, action: AdjustmentAction): AdjustmentStatus {
  const next = ADJUSTMENT_LIFE_CYCLE[status][action]
  if (next) return next
  if (action === 'cancel' && status === 'cancelled')
    throw new Refusal('conflict', 'adjustment_cancelled', 'The adjustment was cancelled already.')
  const allowed = Object.keys(ADJUSTMENT_LIFE_CYCLE[status])
  const remedy = allowed.length === 0 ? 'nothing more can happen to it' : `it allows ${allowed.join(' or ')}`
  throw new Refusal(
    'conflict',
    'adjustment_state',
    `The adjustment is ${status.replaceAll('_', ' ')}, which does not allow ${action}; ${remedy}.`,
  )
}

/** This will say whether another person must approve an amount of a type. */
export function needsApproval(type: AdjustmentType, amountCents: Cents): boolean {
  return type.approvalAboveCents !== null && Math.abs(amountCents) > type.approvalAboveCents
}

/** This will list what may be done with an adjustment of a type now. */
export function adjustmentActions(adjustment: Adjustment, type: AdjustmentType): AdjustmentAction[] {
  const named = Object.keys(ADJUSTMENT_LIFE_CYCLE[adjustment.status]) as AdjustmentAction[]
  const approval = adjustment.amountCents !== null && needsApproval(type, adjustment.amountCents)
  return named.filter((action) => action !== (approval ? 'freeze' : 'submit'))
}

/** This will name an adjustment in audit, events and work items. */
export function adjustmentSubject({ customerId, adjustmentId }: AdjustmentKey): string {
  return `adjustment:${customerId}-${adjustmentId}`
}
