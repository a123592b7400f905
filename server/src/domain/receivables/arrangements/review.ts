import type { Tx } from '../../../platform/db/index.ts'
import { sumCents } from '../../../platform/money.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { postAsks } from '../contracts/asking.ts'
import type { Contract } from '../contracts/contract.ts'
import { closeHolder, followHolder, reopenHolder } from '../contracts/holder.ts'
import { type Act, actOnContract, recordAct } from '../contracts/record.ts'
import type { PostingDates } from '../post.ts'
import { type InstalmentState, selectContracts, selectInstalments } from '../store/contract.ts'
import { type ArrangementPolicy, arrangementPolicy } from './policy.ts'
import { askTheRest } from './release.ts'

/**
 * This will bring the arrangements of customers up to a day: dated instalments are asked for, one that is paid whole is
 * kept, one with an instalment unpaid after its grace is broken and asked for whole, a kept one whose money was taken
 * back is active again, and the agreement of one that was broken off is closed when it is paid. Again: nothing more
 * happens. The caller has locked the customers.
 */
export async function reviewArrangements(
  tx: Tx,
  input: Act & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day, now, actor } = input
  const contracts = await selectContracts(tx, customerIds, { kinds: ['arrangement'] })
  const [first] = contracts
  if (!first) return
  const policy = await arrangementPolicy(tx, clientOf(first.customerId))
  const instalments = await selectInstalments(tx, contracts)
  for (const contract of contracts) {
    const { customerId, contractNumber } = contract
    const own = instalments.filter(
      (one) => one.customerId === customerId && one.contractNumber === contractNumber && !one.cancelled,
    )
    const dates = { effectiveDate: day, accountingDate: day, now }
    if (contract.status !== 'active' && contract.status !== 'kept') {
      await followHolder(tx, contract, dates)
      continue
    }
    await review(tx, contract, own, { policy, dates, act: { now, actor } })
  }
}

interface Review {
  policy: ArrangementPolicy
  dates: PostingDates
  act: Act
}

async function review(
  tx: Tx,
  contract: Contract,
  own: readonly InstalmentState[],
  input: Review,
): Promise<void> {
  const { act, dates, policy } = input
  const day = dates.effectiveDate
  const openCents = sumCents(own.map((one) => one.openCents ?? 0))
  const hasAsked = own.every((one) => one.askedOn !== null)
  if (contract.status === 'kept') {
    if (openCents > 0) await reopen(tx, contract, own, input)
    return
  }
  const late = own.find(
    (one) =>
      (one.openCents ?? 0) > 0 &&
      one.askedDueDate !== null &&
      addDays(one.askedDueDate, policy.graceDays) < day,
  )
  if (late) return breakOff(tx, contract, { ...input, openCents })
  if (hasAsked && openCents === 0) {
    const over = await actOnContract(tx, contract, 'keep', { day, reason: 'paid' })
    await closeHolder(tx, contract, dates)
    await recordAct(tx, over, { operation: 'keepArrangement', event: 'kept' }, act)
    return
  }
  await askDated(tx, contract, own, input)
}

async function reopen(
  tx: Tx,
  contract: Contract,
  own: readonly InstalmentState[],
  input: Review,
): Promise<void> {
  const { dates, act } = input
  await reopenHolder(tx, contract)
  const active = await actOnContract(tx, contract, 'reopen', {
    day: dates.effectiveDate,
    reason: 'payment_taken_back',
  })
  await recordAct(tx, active, { operation: 'reopenArrangement', event: 'reopened' }, act)
  await review(tx, active, own, input)
}

async function breakOff(tx: Tx, contract: Contract, input: Review & { openCents: number }): Promise<void> {
  const { dates, act, openCents } = input
  const day = dates.effectiveDate
  const askedCents = await askTheRest(tx, contract, { ...dates, dueDate: day })
  const over = await actOnContract(tx, contract, 'break', { day, reason: 'instalment_missed' })
  const detail = { amountCents: askedCents + openCents, askedCents }
  await recordAct(tx, over, { operation: 'breakArrangement', event: 'broken', detail }, act)
}

async function askDated(
  tx: Tx,
  contract: Contract,
  own: readonly InstalmentState[],
  input: Review,
): Promise<void> {
  const { customerId, contractNumber, agreementId } = contract
  const lastDay: LocalDate = addDays(input.dates.effectiveDate, input.policy.askDaysAhead)
  const due = own.filter((one) => one.askedOn === null && one.dueDate !== null && one.dueDate <= lastDay)
  if (due.length === 0 || agreementId === null) return
  const agreement = await getAgreement(tx, { customerId, agreementId })
  await postAsks(
    tx,
    due.map(({ instalmentNumber, amountCents, dueDate }) => ({
      customerId,
      contractNumber,
      agreement,
      kind: 'instalment' as const,
      instalmentNumber,
      amountCents,
      ...(dueDate !== null && { dueDate }),
    })),
    input.dates,
  )
}
