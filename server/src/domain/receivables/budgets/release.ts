import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { postAsks } from '../contracts/asking.ts'
import type { ContractKey } from '../contracts/contract.ts'
import { type Act, actOnContract, getContract, recordAct } from '../contracts/record.ts'
import type { PostingDates } from '../post.ts'
import { endBudgetAmount, selectBudgetAmounts, selectLiveAmounts, selectPutOff } from '../store/budget.ts'

/**
 * This will ask for all that budgets have put off of a customer's agreements, so that what is asked is what is owed.
 * Only of those named; with `onlyOrphans` of those that no budget covers any more. The customer is locked by the caller.
 */
export async function releaseBudgets(
  tx: Tx,
  input: PostingDates & {
    customerId: number
    agreementIds?: readonly number[]
    onlyOrphans?: boolean
    dueDate?: LocalDate
  },
): Promise<void> {
  const { customerId, agreementIds, onlyOrphans = false, dueDate, ...dates } = input
  const putOff = (await selectPutOff(tx, customerId)).filter(
    (one) => (agreementIds?.includes(one.agreementId) ?? true) && (!onlyOrphans || one.liveNumber === null),
  )
  const asks = putOff.map(({ agreementId, accountNumber, kind, debtClass, putOffCents, contractNumber }) => ({
    customerId,
    contractNumber,
    agreement: { agreementId, accountNumber, kind, debtClass },
    kind: 'release' as const,
    amountCents: putOffCents,
    ...(dueDate !== undefined && putOffCents > 0 && { dueDate }),
  }))
  await postAsks(tx, asks, dates)
}

/**
 * This will take agreements off their budgets on the effective date: all that was put off of them is asked for, and a
 * budget without agreements is over. Agreements without a budget are left alone. The customer is locked by the caller.
 */
export async function takeOffBudgets(
  tx: Tx,
  input: PostingDates & {
    customerId: number
    agreementIds: readonly number[]
    dueDate?: LocalDate
    reason: string
    action?: 'end' | 'break'
    actor: Act['actor']
  },
): Promise<void> {
  const { customerId, agreementIds, reason, action = 'end', actor, ...release } = input
  const { effectiveDate: day, now } = release
  const leaving = (await selectLiveAmounts(tx, customerId)).filter((one) =>
    agreementIds.includes(one.agreementId),
  )
  if (leaving.length === 0) return
  for (const amount of leaving) await endBudgetAmount(tx, amount, day)
  await releaseBudgets(tx, { customerId, agreementIds, ...release })
  for (const contractNumber of new Set(leaving.map((one) => one.contractNumber)))
    await endWhenEmpty(tx, { customerId, contractNumber }, { day, reason, action }, { now, actor })
}

async function endWhenEmpty(
  tx: Tx,
  key: ContractKey,
  { day, reason, action }: { day: LocalDate; reason: string; action: 'end' | 'break' },
  act: Act,
): Promise<void> {
  const contract = await getContract(tx, key, 'budget')
  const left = (await selectBudgetAmounts(tx, key)).filter((one) => one.endDate === null)
  const detail = { reason, agreementsLeft: left.length }
  if (left.length > 0) return recordAct(tx, contract, { operation: 'leaveBudget', detail }, act)
  const over = await actOnContract(tx, contract, action, { day, reason })
  await recordAct(tx, over, { operation: 'endBudget', event: over.status, detail }, act)
}
