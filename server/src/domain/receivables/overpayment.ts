import type { Tx } from '../../platform/db/index.ts'
import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { controlAccount, LEDGER, type NewEntry, postEntries, receivablePosting } from '../ledger/index.ts'
import { byAge, type NewItem } from './open-item.ts'
import { openItems, settleOldestFirst } from './operations.ts'
import { type AccountItem, selectPayable } from './store/open-item.ts'

/** Money that an account paid too much, moved to where the account owes. */
interface Transfer {
  credit: AccountItem
  debit: AccountItem
  amountCents: Cents
}

/**
 * This will let what accounts have paid too much pay what their agreements owe, the oldest due first: one entry each
 * that moves the credit from the overpayment agreement to the other. The customers are locked by the caller.
 * `billOf` names the bill on which a move is shown.
 */
export async function applyOverpayments(
  tx: Tx,
  input: {
    customerIds: readonly number[]
    effectiveDate: LocalDate
    accountingDate: LocalDate
    now: Instant
    billOf?: (customerId: number, accountNumber: number) => number | undefined
  },
): Promise<void> {
  const payable = await selectPayable(tx, input.customerIds)
  const byAccount = Map.groupBy(payable, (item) => `${item.customerId}-${item.currentAccount}`)
  const transfers = [...byAccount.values()].flatMap(transfersOf)
  if (transfers.length === 0) return
  const { effectiveDate, accountingDate, now } = input
  const stamp = now.epochMilliseconds
  const entryIds = await postEntries(
    tx,
    transfers.map((transfer): NewEntry => {
      const reference = `transfer:${transfer.credit.itemId}-${transfer.debit.itemId}-${stamp}`
      const postings = postingsOf(transfer)
      const { customerId } = transfer.credit
      return {
        customerId,
        kind: 'transfer',
        reference,
        effectiveDate,
        accountingDate,
        createdAt: now,
        postings,
      }
    }),
  )
  const items = transfers.flatMap((transfer, index): NewItem[] => {
    const billId = input.billOf?.(transfer.credit.customerId, transfer.credit.currentAccount)
    const shared = { entryId: entryIds[index] ?? 0, aroseOn: effectiveDate, ...(billId && { billId }) }
    return [
      { ...shared, ...ownerOf(transfer.credit), amountCents: transfer.amountCents },
      { ...shared, ...ownerOf(transfer.debit), amountCents: -transfer.amountCents },
    ]
  })
  await openItems(tx, items)
  await settleOldestFirst(tx, { customerIds: [...new Set(items.map((item) => item.customerId))], now })
}

function transfersOf(items: readonly AccountItem[]): Transfer[] {
  const ordered = [...items].sort(byAge)
  const credits = ordered.filter((item) => item.agreementKind === 'overpayment' && item.unsettledCents < 0)
  const debits = ordered.filter((item) => item.agreementKind === 'service' && item.unsettledCents > 0)
  const owed = new Map(debits.map((debit) => [debit.itemId, debit.unsettledCents]))
  return credits.flatMap((credit) => {
    let left = -credit.unsettledCents
    return debits.flatMap((debit) => {
      const amountCents = Math.min(left, owed.get(debit.itemId) ?? 0)
      if (amountCents <= 0) return []
      left -= amountCents
      owed.set(debit.itemId, (owed.get(debit.itemId) ?? 0) - amountCents)
      return [{ credit, debit, amountCents }]
    })
  })
}

function postingsOf({ credit, debit, amountCents }: Transfer) {
  const from = receivablePosting(
    controlAccount(credit.agreementKind),
    LEDGER.clearing,
    postingOwner(credit),
    amountCents,
  )
  const to = receivablePosting(
    controlAccount(debit.agreementKind),
    LEDGER.clearing,
    postingOwner(debit),
    -amountCents,
  )
  return [from, to].filter((posting) => posting !== undefined)
}

function postingOwner({ agreementId, currentAccount, debtClass }: AccountItem) {
  return { agreementId, accountNumber: currentAccount, debtClass }
}

function ownerOf(item: AccountItem) {
  const reference = `${item.agreementKind}:${item.agreementId}`
  return { ...postingOwner(item), customerId: item.customerId, kind: 'transfer' as const, reference }
}
