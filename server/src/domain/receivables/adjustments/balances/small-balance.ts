import type { Tx } from '../../../../platform/db/index.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import type { AgreementKey } from '../../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../../customers/index.ts'
import { balances } from '../../queries.ts'
import type { Adjustment } from '../adjustment.ts'
import { SMALL_BALANCE_DOWN, SMALL_BALANCE_UP } from '../catalogue/adjustment-type.ts'
import { createAdjustment } from '../create.ts'
import type { Act } from '../record.ts'
import { adjustmentPolicy } from './policy.ts'

/**
 * This will bring the balance of an agreement that closes to zero when it is small enough by the client's policy: a
 * debt is given up, a credit kept. Undefined when there was nothing to do or too much. Nothing is written while
 * something of it is owed but not asked for. Locks the customer.
 */
export async function writeSmallBalance(
  tx: Tx,
  input: AgreementKey & Act & { effectiveDate: LocalDate },
): Promise<Adjustment | undefined> {
  const { customerId, agreementId, effectiveDate } = input
  await lockCustomers(tx, [customerId])
  const all = await balances(tx, [customerId], effectiveDate)
  const balance = all.find((one) => one.agreementId === agreementId)
  if (!balance || balance.payoffCents === 0 || balance.payoffCents !== balance.currentCents) return undefined
  const { smallDebtCents, smallCreditCents } = await adjustmentPolicy(tx, clientOf(customerId))
  const owedCents = balance.payoffCents
  if (owedCents > smallDebtCents || -owedCents > smallCreditCents) return undefined
  const type = owedCents > 0 ? SMALL_BALANCE_DOWN : SMALL_BALANCE_UP
  return createAdjustment(tx, { ...input, type, amountCents: Math.abs(owedCents) })
}
