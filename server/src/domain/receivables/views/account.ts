import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type HistoryFilter, type HistoryRow, selectHistory } from '../store/history.ts'
import { type AccountTotals, selectTotals } from '../store/totals.ts'

/**
 * This will list every change of what a customer, one of its accounts or agreements owes and is asked for, latest first,
 * with both balances after it and the count of all that match.
 */
export function financialHistory(
  tx: Tx,
  filter: HistoryFilter,
): Promise<{ rows: HistoryRow[]; total: number }> {
  return selectHistory(tx, filter)
}

/**
 * This will tell where the billing accounts of customers stand: owed, asked for, past due, credits, deposits held and what
 * is deferred. Accounts that owe nothing and are owed nothing are left out.
 */
export function accountTotals(
  tx: Tx,
  customerIds: readonly number[],
  asOf: LocalDate,
): Promise<AccountTotals[]> {
  return selectTotals(tx, customerIds, asOf)
}
