import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { modifyArrangement } from '../arrangements/operations.ts'
import type { PlannedInstalment, Split } from '../arrangements/plan.ts'
import { modifyBudget } from '../budgets/operations.ts'
import { modifyPromise } from '../promises/operations.ts'
import type { Contract, ContractKey } from './contract.ts'
import type { ScheduledPayment } from './instalments.ts'
import { type Act, getContract, lockContract } from './record.ts'

/** What to change: another split of an arrangement, other payments of a promise, another amount of a budget. */
export interface ContractChange {
  split?: Split
  /** Promised in all, or asked each month for the agreement. */
  amountCents?: Cents
  /** Whose monthly amount: of a budget. */
  agreementId: number
  note?: string
}

/**
 * This will change a contract that is active: what an arrangement has not asked for is split anew, a promise gets another
 * schedule, a budget another monthly amount for the agreement. Locks the customer. Refuses a deposit, which is given back
 * or no longer asked for instead, and a change that says nothing of what its kind can change.
 */
export async function modifyContract(
  tx: Tx,
  input: ContractKey & Act & ContractChange & { day: LocalDate },
): Promise<Contract> {
  const { customerId, contractNumber, split, amountCents, agreementId } = input
  const { kind } = await lockContract(tx, input)
  if (kind === 'arrangement') await modifyArrangement(tx, { ...input, split: split ?? missing(kind) })
  else if (kind === 'promise') await modifyPromise(tx, { ...input, payments: paymentsOf(split) })
  else if (kind === 'budget')
    await modifyBudget(tx, {
      ...input,
      amounts: [{ agreementId, amountCents: amountCents ?? missing(kind) }],
    })
  else
    throw new Refusal(
      'rule',
      'deposit_not_modifiable',
      'A deposit is not changed; cancel what is not paid of it, or end it and ask for another.',
    )
  return await getContract(tx, { customerId, contractNumber })
}

function paymentsOf(split: Split | undefined): ScheduledPayment[] {
  const parts: readonly PlannedInstalment[] = split && 'parts' in split ? split.parts : missing('promise')
  return parts.map(({ dueDate, amountCents }) => ({ dueDate: dueDate ?? missing('promise'), amountCents }))
}

const NEEDED = {
  arrangement: 'how the rest is split',
  promise: 'a schedule of dated payments',
  budget: 'the amount of each month',
}

function missing(kind: keyof typeof NEEDED): never {
  throw new Refusal('malformed', 'contract_change_missing', `To change this contract give ${NEEDED[kind]}.`)
}
