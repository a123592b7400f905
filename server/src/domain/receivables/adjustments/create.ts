import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type Agreement, type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import * as store from '../store/adjustment.ts'
import { type Adjustment, needsApproval } from './adjustment.ts'
import { askApproval } from './approval.ts'
import type { AdjustmentType } from './catalogue/adjustment-type.ts'
import {
  amountMissing,
  type Direction,
  isEligible,
  requireEligible,
  signedAmount,
} from './catalogue/eligibility.ts'
import { adjustmentTypes, getAdjustmentType } from './catalogue/operations.ts'
import { postAdjustment } from './post.ts'
import { type Act, auditAct } from './record.ts'

export interface AdjustmentInput extends AgreementKey, Act {
  type: string
  /** Above zero; the type's own when absent. */
  amountCents?: Cents
  /** For a type that can be either. */
  direction?: Direction
  effectiveDate: LocalDate
  /** The effective date when absent. */
  accountingDate?: LocalDate
  dueDate?: LocalDate
  comment?: string
  /** What made it: `payment:12`. The same cause again answers what it made before. */
  cause?: string
  /** How far it goes at once; `frozen` when absent: posted, or waiting for approval when its amount needs one. */
  until?: 'incomplete' | 'freezable' | 'frozen'
}

/**
 * This will make an adjustment of an agreement and, unless told otherwise, post it at once. Locks the customer. Refuses:
 * an unknown type, one for transfers or not for this agreement, an amount not above zero or missing, a closed period.
 * An incomplete one is only written down; generating it finds its faults.
 */
export async function createAdjustment(tx: Tx, input: AdjustmentInput): Promise<Adjustment> {
  const { customerId, until = 'frozen' } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, input)
  const type = await getAdjustmentType(tx, clientOf(customerId), input.type)
  if (type.purpose === 'transfer')
    throw new Refusal(
      'rule',
      'adjustment_is_transfer',
      `${type.name.en} needs two accounts; transfer a balance.`,
    )
  const before = input.cause && (await store.selectAdjustmentByCause(tx, customerId, type.code, input.cause))
  if (before) return before
  const amountCents = signedAmount(type, input)
  if (until !== 'incomplete') {
    requireEligible(type, agreement)
    if (amountCents === undefined) throw amountMissing(type)
  }
  const next = await store.nextAdjustmentIds(tx, [customerId])
  const draft = newAdjustment(next(customerId), input, { agreement, type, amountCents })
  const made = await settleOn(tx, draft, type, input)
  await auditAct(tx, 'createAdjustment', [made], input, made.cause === null ? {} : { cause: made.cause })
  return made
}

/** Writes the draft down and takes it as far as it goes at once. */
async function settleOn(
  tx: Tx,
  draft: Adjustment,
  type: AdjustmentType,
  input: AdjustmentInput,
): Promise<Adjustment> {
  const waits = input.until === 'incomplete' || input.until === 'freezable'
  const status = input.until === 'incomplete' ? 'incomplete' : 'freezable'
  const ready = { ...draft, status } as const
  if (waits) {
    await store.insertAdjustments(tx, [ready])
    return ready
  }
  const approval = needsApproval(type, ready.amountCents ?? 0)
  const [made = ready] = approval
    ? [{ ...ready, status: 'pending_approval' as const }]
    : await postAdjustment(tx, [ready], input.now)
  await store.insertAdjustments(tx, [made])
  if (approval) await askApproval(tx, made, type, input)
  return made
}

/** This will make the row of an adjustment that nobody has acted on yet. */
export function newAdjustment(
  adjustmentId: number,
  input: Act & Pick<AdjustmentInput, 'effectiveDate' | 'accountingDate' | 'dueDate' | 'comment' | 'cause'>,
  of: { agreement: Agreement; type: AdjustmentType; amountCents: Cents | undefined },
): Adjustment {
  const { agreement, type, amountCents } = of
  return {
    customerId: agreement.customerId,
    adjustmentId,
    agreementId: agreement.agreementId,
    accountNumber: agreement.accountNumber,
    type: type.code,
    purpose: type.purpose,
    status: 'incomplete',
    amountCents: amountCents ?? null,
    effectiveDate: input.effectiveDate,
    accountingDate: input.accountingDate ?? input.effectiveDate,
    dueDate: input.dueDate ?? null,
    onBill: type.onBill,
    cause: input.cause ?? null,
    comment: input.comment ?? null,
    faultCode: null,
    fault: null,
    side: null,
    siblingCustomerId: null,
    siblingAdjustmentId: null,
    entryId: null,
    cancelEntryId: null,
    cancelReason: null,
    createdAt: input.now,
    createdBy: input.actor.actor,
    approvedBy: null,
  }
}

/** This will list the fees that an agreement may be asked for, with what each usually is. */
export async function eligibleFees(tx: Tx, key: AgreementKey): Promise<AdjustmentType[]> {
  const agreement = await getAgreement(tx, key)
  const types = await adjustmentTypes(tx, clientOf(key.customerId))
  return types.filter((type) => type.purpose === 'fee' && isEligible(type, agreement))
}

/** This will find an eligible fee by its name, in either language, or its code. Refuses any other name. */
export async function eligibleFeeNamed(tx: Tx, key: AgreementKey, name: string): Promise<AdjustmentType> {
  const wanted = name.trim().toLowerCase()
  const fees = await eligibleFees(tx, key)
  const fee = fees.find((one) =>
    [one.code, one.name.en, one.name.es].some((own) => own.toLowerCase() === wanted),
  )
  if (fee) return fee
  throw new Refusal(
    'rule',
    'fee_not_eligible',
    `"${name}" is no fee of this account; choose one of the eligible fees.`,
  )
}

/** This will ask an agreement for a fee: an adjustment whose type is a fee. Refuses also a type that is none. */
export async function assessFee(tx: Tx, input: Omit<AdjustmentInput, 'direction'>): Promise<Adjustment> {
  const type = await getAdjustmentType(tx, clientOf(input.customerId), input.type)
  if (type.purpose !== 'fee')
    throw new Refusal(
      'rule',
      'adjustment_not_fee',
      `${type.name.en} is no fee; choose one of the eligible fees.`,
    )
  return createAdjustment(tx, input)
}
