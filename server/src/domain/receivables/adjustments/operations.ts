import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { type Adjustment, type AdjustmentKey, adjustmentAfter, needsApproval } from './adjustment.ts'
import { askApproval, endApproval } from './approval.ts'
import { requireTransferable } from './balances/transferable.ts'
import { amountMissing, type Direction, requireEligible, signedAmount } from './catalogue/eligibility.ts'
import { getAdjustmentType } from './catalogue/operations.ts'
import { postAdjustment, postCancel } from './post.ts'
import { type Act, lockAdjustment, saveAct } from './record.ts'

type Input = AdjustmentKey & Act

/**
 * This will check an adjustment that is not posted, with another amount when one is given, and answer it freezable, or
 * in error with the fault that was found. Who gives the amount is its author then. Refuses: a state that does not allow it.
 */
export async function generateAdjustment(
  tx: Tx,
  input: Input & { amountCents?: Cents; direction?: Direction },
): Promise<Adjustment> {
  const members = await lockAdjustment(tx, input)
  const status = adjustmentAfter(stateOf(members), 'generate')
  const fault = await faultOf(tx, members, input)
  const amounts = fault instanceof Refusal ? members.map((member) => member.amountCents) : fault
  const generated = members.map((member, index) => ({
    ...member,
    amountCents: amounts[index] ?? null,
    status: fault instanceof Refusal ? ('error' as const) : status,
    faultCode: fault instanceof Refusal ? fault.code : null,
    fault: fault instanceof Refusal ? fault.message : null,
    ...(input.amountCents !== undefined && { createdBy: input.actor.actor }),
  }))
  await saveAct(tx, 'generateAdjustment', generated, input)
  return generated[0] as Adjustment
}

/** The signed amount of each member, or what is wrong. */
async function faultOf(
  tx: Tx,
  members: readonly Adjustment[],
  given: { amountCents?: Cents; direction?: Direction },
): Promise<Refusal | (Cents | null)[]> {
  try {
    const amounts = []
    for (const member of members) {
      const type = await getAdjustmentType(tx, clientOf(member.customerId), member.type)
      requireEligible(type, await getAgreement(tx, member))
      const before = member.amountCents
      const changed = given.amountCents !== undefined && type.purpose !== 'transfer'
      const direction = before === null ? undefined : before > 0 ? ('debit' as const) : ('credit' as const)
      const amountCents =
        changed || before === null
          ? signedAmount(type, { ...(direction && { direction }), ...given })
          : before
      if (amountCents === undefined) throw amountMissing(type)
      amounts.push(amountCents)
    }
    const [source] = members
    if (source?.purpose === 'transfer') await requireTransferable(tx, source, amounts[0] ?? 0)
    return amounts
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** This will put a freezable adjustment before another person. Refuses: a state that does not allow it. */
export async function submitAdjustment(tx: Tx, input: Input): Promise<Adjustment> {
  const members = await lockAdjustment(tx, input)
  const status = adjustmentAfter(stateOf(members), 'submit')
  const submitted = members.map((member) => ({ ...member, status }))
  const [first] = submitted as [Adjustment]
  await askApproval(tx, first, await getAdjustmentType(tx, clientOf(first.customerId), first.type), input)
  await saveAct(tx, 'submitAdjustment', submitted, input)
  return first
}

/**
 * This will approve and post an adjustment; the door asks for the permission. Refuses: whoever made it, a state that
 * does not allow it, what freezing refuses.
 */
export async function approveAdjustment(
  tx: Tx,
  input: Input & { accountingDate?: LocalDate },
): Promise<Adjustment> {
  const members = await lockAdjustment(tx, input)
  adjustmentAfter(stateOf(members), 'approve')
  if (members[0]?.createdBy === input.actor.actor)
    throw new Refusal(
      'forbidden',
      'approver_is_author',
      'Who made an adjustment cannot approve it; ask somebody else.',
    )
  const approved = members.map((member) => ({ ...member, approvedBy: input.actor.actor }))
  return freeze(tx, 'approveAdjustment', approved, input)
}

/** This will send an adjustment back to whoever made it, with the reason. Refuses: a state that does not allow it. */
export async function rejectAdjustment(tx: Tx, input: Input & { reason: string }): Promise<Adjustment> {
  const members = await lockAdjustment(tx, input)
  const status = adjustmentAfter(stateOf(members), 'reject')
  const rejected = members.map((member) => ({
    ...member,
    status,
    faultCode: 'approval_refused',
    fault: input.reason,
  }))
  for (const member of rejected) await endApproval(tx, member, input)
  await saveAct(tx, 'rejectAdjustment', rejected, input)
  return rejected[0] as Adjustment
}

/**
 * This will post a freezable adjustment, into another period of the books when one is given. Refuses: an amount that
 * another person must approve, a state that does not allow it, a closed period, a transfer above what is there.
 */
export async function freezeAdjustment(
  tx: Tx,
  input: Input & { accountingDate?: LocalDate },
): Promise<Adjustment> {
  const members = await lockAdjustment(tx, input)
  adjustmentAfter(stateOf(members), 'freeze')
  const [first] = members as [Adjustment]
  const type = await getAdjustmentType(tx, clientOf(first.customerId), first.type)
  if (needsApproval(type, first.amountCents ?? 0))
    throw new Refusal(
      'conflict',
      'approval_needed',
      `${type.name.en} above ${type.approvalAboveCents} cents needs approval; submit it.`,
    )
  return freeze(tx, 'freezeAdjustment', members, input)
}

async function freeze(
  tx: Tx,
  operation: string,
  members: readonly Adjustment[],
  input: Input & { accountingDate?: LocalDate },
): Promise<Adjustment> {
  const dated = members.map((member) => ({
    ...member,
    accountingDate: input.accountingDate ?? member.accountingDate,
  }))
  const frozen = await postAdjustment(tx, dated, input.now)
  for (const member of frozen) await endApproval(tx, member, input)
  await saveAct(tx, operation, frozen, input)
  return frozen[0] as Adjustment
}

/**
 * This will cancel a posted adjustment by its mirror, both halves of a transfer together; what had paid a debit pays
 * other debt. Refuses: one that was cancelled before or never posted, a closed period.
 */
export async function cancelAdjustment(
  tx: Tx,
  input: Input & { reason: string; cancelledOn: LocalDate; accountingDate?: LocalDate },
): Promise<Adjustment> {
  const { reason, cancelledOn, now } = input
  const members = await lockAdjustment(tx, input)
  adjustmentAfter(stateOf(members), 'cancel')
  const days = { effectiveDate: cancelledOn, accountingDate: input.accountingDate ?? cancelledOn }
  const cancelled = await postCancel(tx, members, { ...days, reason, now })
  await saveAct(tx, 'cancelAdjustment', cancelled, input, { reason })
  return cancelled[0] as Adjustment
}

/** This will take back an adjustment that was never posted. Refuses: a state that does not allow it. */
export async function deleteAdjustment(tx: Tx, input: Input): Promise<void> {
  const members = await lockAdjustment(tx, input)
  const status = adjustmentAfter(stateOf(members), 'delete')
  await saveAct(
    tx,
    'deleteAdjustment',
    members.map((member) => ({ ...member, status })),
    input,
  )
}

/** Both halves of a transfer are always in one state. */
function stateOf([first]: readonly Adjustment[]): Adjustment['status'] {
  if (!first) throw new Error('no adjustment')
  return first.status
}
