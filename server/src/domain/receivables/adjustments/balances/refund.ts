import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../../platform/money.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import type { AgreementKey } from '../../../agreements/index.ts'
import { LEDGER } from '../../../ledger/index.ts'
import { settleOldestFirst } from '../../operations.ts'
import { cancelEntry, type ItemAgreement, type PostingDates, postMoves } from '../../post.ts'
import { balances } from '../../queries.ts'
import { transferable } from './transferable.ts'

/**
 * This will take a credit off an agreement that is to be paid out: it is owed in refunds payable from then on. Answers
 * the entry's id. The customer is locked by the caller. Refuses: an amount not above zero, or above the agreement's
 * unsettled credit, or what the company owes on it in all.
 */
export async function postRefund(
  tx: Tx,
  input: PostingDates & {
    customerId: number
    agreement: ItemAgreement
    amountCents: Cents
    /** `disbursement:3` */
    reference: string
  },
): Promise<number> {
  const { customerId, agreement, amountCents, reference, now, effectiveDate, accountingDate } = input
  requireAmount(amountCents, 'The refund')
  const creditCents = await refundable(tx, { customerId, agreementId: agreement.agreementId }, effectiveDate)
  if (amountCents > creditCents)
    throw new Refusal(
      'rule',
      'refund_above_credit',
      `The account has ${creditCents} cents of credit, not ${amountCents}; refund at most that.`,
    )
  const changes = [{ agreement, otherCode: LEDGER.refundsPayable, amountCents }]
  const dates = { effectiveDate, accountingDate }
  const move = { customerId, entryKind: 'disbursement' as const, reference, ...dates, changes }
  const [posted] = await postMoves(tx, [move], now)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  return posted?.entryId ?? 0
}

/** No more than the company owes in all: what is put off of an agreement may be more than its credit. */
async function refundable(tx: Tx, key: AgreementKey, day: LocalDate): Promise<Cents> {
  const { creditCents } = await transferable(tx, key)
  const all = await balances(tx, [key.customerId], day)
  const payoffCents = all.find((one) => one.agreementId === key.agreementId)?.payoffCents ?? 0
  return Math.max(0, Math.min(creditCents, -payoffCents))
}

/**
 * This will give the credit of a refund back to its agreement and answer the mirror entry's id. The customer is locked
 * by the caller. Refuses: a refund that was taken back before.
 */
export async function cancelRefund(
  tx: Tx,
  input: PostingDates & { customerId: number; entryId: number },
): Promise<number> {
  const { customerId, now } = input
  const entryId = await cancelEntry(tx, { ...input, entryKind: 'disbursement_cancel' })
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  return entryId
}
