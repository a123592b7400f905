import type { Tx } from '../../platform/db/index.ts'
import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AgreementKind } from '../agreements/index.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../customers/index.ts'
import { type Actor, audit } from '../identity/index.ts'
import { LEDGER } from '../ledger/index.ts'
import { DEFAULT_PAY_PRIORITY } from './debt-class.ts'
import { byAge } from './open-item.ts'
import { settleOldestFirst } from './operations.ts'
import { type ItemAgreement, type Move, type PostingDates, postMoves } from './post.ts'
import { nextItemIds } from './store/open-item.ts'
import { type PayableItem, selectPayable } from './store/payable.ts'

/** A credit of one agreement that pays a debit of another. */
export interface CreditMove {
  customerId: number
  fromAgreementId: number
  toAgreementId: number
  amountCents: Cents
}

/** A credit and the debit that it pays. */
interface Pair {
  credit: PayableItem
  debit: PayableItem
  amountCents: Cents
}

/**
 * This will let the credits of a billing account, those of any of its agreements, pay what its other agreements are
 * asked for: by pay priority of the debt class, then the oldest due first. What is deferred or written off is left
 * alone. Answers what moved; nothing when no credit meets a debt. Locks the customer.
 */
export async function applyCredits(
  tx: Tx,
  input: AccountKey & { effectiveDate: LocalDate; accountingDate?: LocalDate; now: Instant; actor: Actor },
): Promise<CreditMove[]> {
  const { customerId, accountNumber, effectiveDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const payable = await selectPayable(tx, [customerId], DEFAULT_PAY_PRIORITY)
  const own = payable.filter((item) => item.accountNumber === accountNumber)
  const accountingDate = input.accountingDate ?? effectiveDate
  const pairs = await payBy(tx, own, () => true, { effectiveDate, accountingDate, now })
  const moves = pairs.map(({ credit, debit, amountCents }) => ({
    customerId,
    fromAgreementId: credit.agreementId,
    toAgreementId: debit.agreementId,
    amountCents,
  }))
  if (moves.length === 0) return []
  const subject = `billing_account:${customerId}-${accountNumber}`
  const clientId = clientOf(customerId)
  await audit(tx, { clientId, at: now, actor, operation: 'applyCredits', subject, detail: { moves } })
  return moves
}

/**
 * This will pay debits by credits of other agreements of the same billing account, one entry a pair, and settle them.
 * `pays` says whose credits may pay.
 */
export async function payBy(
  tx: Tx,
  payable: readonly PayableItem[],
  pays: (item: PayableItem) => boolean,
  dates: PostingDates & { billOf?: (customerId: number, accountNumber: number) => number | undefined },
): Promise<Pair[]> {
  const byAccount = Map.groupBy(payable, (item) => `${item.customerId}-${item.accountNumber}`)
  const pairs = [...byAccount.values()].flatMap((items) => pairUp(items, pays))
  if (pairs.length === 0) return []
  const customerIds = [...new Set(pairs.map(({ credit }) => credit.customerId))]
  const { billOf, now, ...days } = dates
  // The next item's number: the same two items may meet again after a settlement was undone.
  const next = await nextItemIds(tx, customerIds)
  const moves = pairs.map(({ credit, debit, amountCents }): Move => {
    const { customerId, accountNumber } = credit
    const billId = billOf?.(customerId, accountNumber)
    const shared = { otherCode: LEDGER.clearing, ...(billId !== undefined && { billId }) }
    return {
      customerId,
      entryKind: 'transfer',
      reference: `transfer:${credit.itemId}-${debit.itemId}-${next(customerId)}`,
      ...days,
      changes: [
        { ...shared, agreement: agreementOf(credit), amountCents },
        { ...shared, agreement: agreementOf(debit), amountCents: -amountCents },
      ],
    }
  })
  await postMoves(tx, moves, now)
  await settleOldestFirst(tx, { customerIds, now })
  return pairs
}

function agreementOf({ agreementId, accountNumber, agreementKind, debtClass }: PayableItem): ItemAgreement {
  return { agreementId, accountNumber, kind: agreementKind as AgreementKind, debtClass }
}

/** The oldest credit pays first; debits by pay priority, then age. */
export function pairUp(items: readonly PayableItem[], pays: (item: PayableItem) => boolean): Pair[] {
  const ordered = [...items].sort(byAge)
  const credits = ordered.filter((item) => item.unsettledCents < 0 && pays(item))
  const debits = ordered
    .filter((item) => item.unsettledCents > 0)
    .sort((a, b) => a.payPriority - b.payPriority || byAge(a, b))
  const owed = new Map(debits.map((debit) => [debit.itemId, debit.unsettledCents]))
  return credits.flatMap((credit) => {
    let left = -credit.unsettledCents
    return debits.flatMap((debit) => {
      const amountCents = Math.min(left, owed.get(debit.itemId) ?? 0)
      if (amountCents <= 0 || debit.agreementId === credit.agreementId) return []
      left -= amountCents
      owed.set(debit.itemId, (owed.get(debit.itemId) ?? 0) - amountCents)
      return [{ credit, debit, amountCents }]
    })
  })
}
