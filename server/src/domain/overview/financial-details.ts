import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import { type AccountKey, getBillingAccount } from '../customers/index.ts'
import { type AccountTotals, type Aging, accountTotals, aging } from '../receivables/index.ts'
import { type AccountTurnover, selectTurnover } from './store/financial.ts'

/** Where a billing account stands, in money. */
export interface FinancialDetails extends AccountTotals, AccountTurnover {
  /** What is overdue by days, the buckets of the aging report; credits apart. */
  arrears: Pick<Aging, 'buckets'> & { overdueCents: number[] }
}

/**
 * This will tell what an account owes and is asked for now, what is past due and for how long, its credits, the deposits
 * held, and what it was last billed and paid. Refuses an unknown account.
 */
export async function getFinancialDetails(
  tx: Tx,
  { customerId, accountNumber }: AccountKey,
  asOf: LocalDate,
): Promise<FinancialDetails> {
  const key = { customerId, accountNumber }
  await getBillingAccount(tx, key)
  const all = await accountTotals(tx, [customerId], asOf)
  const totals = all.find((one) => one.accountNumber === accountNumber) ?? nothingOwed(key)
  const { buckets, rows } = await aging(tx, key, { asOf })
  const overdueCents = buckets.map((_, bucket) =>
    rows.reduce((sum, row) => sum + (row.overdueCents[bucket] ?? 0), 0),
  )
  return { ...totals, ...(await selectTurnover(tx, key, asOf)), arrears: { buckets, overdueCents } }
}

function nothingOwed(key: AccountKey): AccountTotals {
  return {
    ...key,
    payoffCents: 0,
    currentCents: 0,
    pastDueCents: 0,
    creditCents: 0,
    depositHeldCents: 0,
    deferredCents: 0,
    nextDueDate: null,
    oldestDueDate: null,
  }
}
