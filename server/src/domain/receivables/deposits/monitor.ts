import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import type { Act } from '../contracts/record.ts'
import { selectInstalments } from '../store/contract.ts'
import { type Deposit, type PaidDay, selectDeposits, selectPaidDays } from '../store/deposit.ts'
import { refundDeposit } from './give-back.ts'
import { depositPolicy } from './policy.ts'

/** This will count the due days in a row, up to the last, that were paid in time after a day. */
export function goodBillsSince(
  days: readonly Pick<PaidDay, 'dueDate' | 'onTime'>[],
  since: LocalDate,
): number {
  const lastLate = days.findLastIndex(({ onTime }) => !onTime)
  return days.slice(lastLate + 1).filter(({ dueDate }) => dueDate >= since).length
}

/** This will give back the deposits of customers that have paid enough bills in a row in time. The caller has locked them. */
export async function refundGoodDeposits(
  tx: Tx,
  input: Act & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day, now, actor } = input
  const deposits = (await selectDeposits(tx, customerIds, { activeOnly: true })).filter(
    (one) => one.form === 'cash' && one.heldCents > 0 && one.unpaidCents === 0,
  )
  const [first] = deposits
  if (!first) return
  const { goodBills, graceDays } = await depositPolicy(tx, clientOf(first.customerId))
  const waiting = new Set(
    (await selectInstalments(tx, deposits))
      .filter((one) => !one.cancelled && one.askedOn === null)
      .map((one) => keyText(one)),
  )
  const days = await selectPaidDays(tx, customerIds, { until: day, graceDays })
  for (const deposit of deposits.filter((one) => !waiting.has(keyText(one)))) {
    const own = days.filter(({ accountNumber, customerId }) => isOf(deposit, { accountNumber, customerId }))
    if (goodBillsSince(own, deposit.startDate) < goodBills) continue
    const { customerId, contractNumber } = deposit
    await refundDeposit(tx, { customerId, contractNumber, day, reason: 'good_payer', now, actor })
  }
}

const keyText = ({ customerId, contractNumber }: { customerId: number; contractNumber: number }) =>
  `${customerId}-${contractNumber}`

function isOf(deposit: Deposit, day: Pick<PaidDay, 'customerId' | 'accountNumber'>): boolean {
  return deposit.customerId === day.customerId && deposit.accountNumber === day.accountNumber
}
