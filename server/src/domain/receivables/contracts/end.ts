import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { hasBegun, type LocalDate } from '../../../platform/time.ts'
import { cancelArrangement } from '../arrangements/operations.ts'
import { endBudget } from '../budgets/operations.ts'
import { cancelDepositArrears, refundDeposit } from '../deposits/give-back.ts'
import { cancelPromise } from '../promises/operations.ts'
import { selectDeposits } from '../store/deposit.ts'
import type { Contract, ContractKey } from './contract.ts'
import { type Act, getContract, lockContract } from './record.ts'

/**
 * This will end a contract of any kind before its time: what a budget or an arrangement has put off is asked for, a
 * promise is dropped, a deposit given back or, when nothing of it is paid, no longer asked for. Locks the customer.
 * Refuses what is over, a day
 * before the contract began or still to come.
 */
export async function endContract(
  tx: Tx,
  input: ContractKey &
    Act & { day: LocalDate; accountingDate?: LocalDate; dueDate?: LocalDate; reason: string },
): Promise<Contract> {
  const { customerId, contractNumber } = input
  const { kind, startDate } = await lockContract(tx, input)
  if (input.day < startDate || !hasBegun(input.day, input.now))
    throw new Refusal(
      'rule',
      'contract_end_day',
      `The contract began on ${startDate}; it ends on a day from then on that has come.`,
    )
  if (kind === 'budget') await endBudget(tx, input)
  else if (kind === 'arrangement') await cancelArrangement(tx, input)
  else if (kind === 'promise') await cancelPromise(tx, input)
  else await endDeposit(tx, input)
  return await getContract(tx, { customerId, contractNumber })
}

async function endDeposit(tx: Tx, input: Parameters<typeof refundDeposit>[1]): Promise<void> {
  const deposits = await selectDeposits(tx, [input.customerId])
  const deposit = deposits.find((one) => one.contractNumber === input.contractNumber)
  if (deposit?.form === 'cash' && deposit.heldCents <= 0) await cancelDepositArrears(tx, input)
  else await refundDeposit(tx, input)
}
