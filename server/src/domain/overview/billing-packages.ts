import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import { accountTotals } from '../receivables/index.ts'
import type { BillingPackageWithTotals } from './billing-package-record.ts'
import { selectBillingPackages } from './store/billing-package.ts'

/** This will give the billing accounts of a customer with what they owe, by number. */
export async function getBillingPackages(
  tx: Tx,
  key: { customerId: number; accountNumber?: number },
  today: LocalDate,
): Promise<BillingPackageWithTotals[]> {
  const packages = await selectBillingPackages(tx, key, today)
  const totals = await accountTotals(tx, [key.customerId], today)
  return packages.map((one) => ({
    ...one,
    totals: totals.find(({ accountNumber }) => accountNumber === one.accountNumber),
  }))
}

/** This will give one billing account with what it owes. Refuses `billing_account_unknown`. */
export async function getBillingPackage(
  tx: Tx,
  key: { customerId: number; accountNumber: number },
  today: LocalDate,
): Promise<BillingPackageWithTotals> {
  const [found] = await getBillingPackages(tx, key, today)
  if (found) return found
  throw new Refusal('not_found', 'billing_account_unknown', 'There is no such billing account.')
}
