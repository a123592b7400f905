import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type Agreement, actOnAgreement, getAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { settleOldestFirst } from '../operations.ts'
import { cancelEntry, type ItemAgreement, moveBalance, type PostingDates, postMoves } from '../post.ts'
import type { Adjustment } from './adjustment.ts'
import { requireTransferable } from './balances/transferable.ts'
import { requireEligible } from './catalogue/eligibility.ts'
import { getAdjustmentType } from './catalogue/operations.ts'
import { announce } from './record.ts'

/**
 * This will post an adjustment, or both halves of a transfer as one act, and answer them frozen. A closed agreement
 * reopens: new money came. The customers are locked by the caller. Refuses: a type that is no longer for the agreement,
 * a transfer above what is there to move, a day in a closed period.
 */
export async function postAdjustment(
  tx: Tx,
  members: readonly Adjustment[],
  now: Instant,
): Promise<Adjustment[]> {
  const agreements = []
  for (const member of members) agreements.push(await agreementToAdjust(tx, member))
  const [first, second] = members
  if (!first) throw new Error('nothing to post')
  const entryIds = second
    ? await postTransfer(tx, members, agreements, now)
    : [await postOne(tx, first, agreements[0] as Agreement, now)]
  const customerIds = [...new Set(members.map((member) => member.customerId))]
  await settleOldestFirst(tx, { customerIds, now })
  const frozen = members.map((member, index) => ({
    ...member,
    status: 'frozen' as const,
    entryId: entryIds[index] ?? 0,
  }))
  await announce(tx, 'adjustment.frozen', frozen, now)
  return frozen
}

async function agreementToAdjust(tx: Tx, member: Adjustment): Promise<Agreement> {
  const agreement = await getAgreement(tx, member)
  const type = await getAdjustmentType(tx, clientOf(member.customerId), member.type)
  requireEligible(type, agreement)
  if (agreement.status === 'closed') await actOnAgreement(tx, { ...keyOf(member), action: 'reopen' })
  return agreement
}

function keyOf({ customerId, agreementId }: Adjustment) {
  return { customerId, agreementId }
}

async function postOne(tx: Tx, one: Adjustment, agreement: Agreement, now: Instant): Promise<number> {
  const type = await getAdjustmentType(tx, clientOf(one.customerId), one.type)
  const owner = { ...agreement, debtClass: type.debtClass ?? agreement.debtClass }
  const { customerId, effectiveDate, accountingDate, dueDate } = one
  const change = { agreement: owner, otherCode: type.ledgerCode, amountCents: one.amountCents ?? 0 }
  const move = {
    customerId,
    entryKind: 'adjustment' as const,
    ...(one.purpose === 'fee' && { itemKind: 'fee' as const }),
    reference: `adjustment:${one.adjustmentId}`,
    effectiveDate,
    accountingDate,
    changes: [{ ...change, ...(dueDate !== null && { dueDate }) }],
  }
  const [posted] = await postMoves(tx, [move], now)
  return posted?.entryId ?? 0
}

/** The half that loses debt gives it to the half that gains it: a credit moves the other way round. */
async function postTransfer(
  tx: Tx,
  members: readonly Adjustment[],
  agreements: readonly Agreement[],
  now: Instant,
): Promise<number[]> {
  const sides = members.map((member, index) => ({ member, agreement: agreements[index] as ItemAgreement }))
  const from = sides.find(({ member }) => (member.amountCents ?? 0) < 0)
  const to = sides.find(({ member }) => (member.amountCents ?? 0) > 0)
  if (!from || !to) throw new Error('a transfer needs a side that loses and one that gains')
  const source = members[0] as Adjustment
  await requireTransferable(tx, source, source.amountCents ?? 0)
  const { effectiveDate, accountingDate, dueDate } = to.member
  const posted = await moveBalance(tx, {
    from: { customerId: from.member.customerId, agreement: from.agreement },
    to: { customerId: to.member.customerId, agreement: to.agreement },
    amountCents: to.member.amountCents ?? 0,
    entryKind: 'adjustment',
    reference: `transfer:${from.member.customerId}-${from.member.adjustmentId}`,
    ...(dueDate !== null && { dueDate }),
    effectiveDate,
    accountingDate,
    now,
  })
  return members.map((member) => posted.find((one) => one.customerId === member.customerId)?.entryId ?? 0)
}

/** This will post the mirror of an adjustment, or of both halves of a transfer, and answer them cancelled. */
export async function postCancel(
  tx: Tx,
  members: readonly Adjustment[],
  dates: { effectiveDate: LocalDate; accountingDate: LocalDate; reason: string; now: Instant },
): Promise<Adjustment[]> {
  const { reason, now, ...days } = dates
  const entries = new Map(members.map((member) => [`${member.customerId}-${member.entryId}`, member]))
  const mirrors = new Map<string, number>()
  for (const [key, member] of entries)
    mirrors.set(key, await cancelOne(tx, member, { ...days, now }, entries.size > 1 ? members : []))
  const customerIds = [...new Set(members.map((member) => member.customerId))]
  await settleOldestFirst(tx, { customerIds, now })
  const cancelled = members.map((member) => ({
    ...member,
    status: 'cancelled' as const,
    cancelEntryId: mirrors.get(`${member.customerId}-${member.entryId}`) ?? 0,
    cancelReason: reason,
  }))
  await announce(tx, 'adjustment.cancelled', cancelled, now)
  return cancelled
}

function cancelOne(tx: Tx, member: Adjustment, dates: PostingDates, apart: readonly Adjustment[]) {
  const { customerId, entryId } = member
  const from = apart.find((one) => (one.amountCents ?? 0) < 0)
  return cancelEntry(tx, {
    customerId,
    entryId: entryId ?? 0,
    entryKind: 'adjustment_cancel',
    ...(from && { clearingEvent: `transfer_cancel:${from.customerId}:${from.adjustmentId}` }),
    ...dates,
  })
}
