import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { getAgreement, startAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { postAsks } from '../contracts/asking.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import { type Act, actOnContract, lockContract, openContract, recordAct } from '../contracts/record.ts'
import { settleOldestFirst } from '../operations.ts'
import { moveBalance, type PostingDates } from '../post.ts'
import { cancelInstalments, insertInstalments, selectInstalments } from '../store/contract.ts'
import {
  type PlannedInstalment,
  requireDownPayment,
  requireInstalments,
  type Split,
  splitDebt,
} from './plan.ts'
import { arrangementPolicy } from './policy.ts'
import { askTheRest } from './release.ts'
import { type ArrangementScope, arrangementTerms, debtToArrange } from './terms.ts'

export interface NewArrangement extends ArrangementScope, Act {
  /** All that is eligible when absent. */
  amountCents?: Cents
  split: Split
  downPaymentCents?: Cents
  /** When the down payment is due; `day` when absent. */
  downPaymentDue?: LocalDate
  requestedBy?: string
  note?: string
  day: LocalDate
  accountingDate?: LocalDate
}

/**
 * This will let an account pay a debt in instalments on its bills: the debt moves to an agreement of its own, nothing of
 * it is asked for but the down payment, and each bill asks for one part. Locks the customer. Refuses: more than is owed,
 * a live arrangement, one broken shortly before, instalments beyond the client's limits.
 */
export async function startArrangement(tx: Tx, input: NewArrangement): Promise<Contract> {
  const { customerId, accountNumber, day, now, actor, accountingDate = day } = input
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  const { amountCents, instalments } = await planArrangement(tx, input)
  const dates = { effectiveDate: day, accountingDate, now }
  const agreementId = await startAgreement(tx, {
    customerId,
    accountNumber,
    kind: 'arrangement',
    debtClass: 'arrangement',
    startDate: day,
    now,
  })
  const { coversAgreementId = null, requestedBy = null, note = null } = input
  const draft = { customerId, accountNumber, kind: 'arrangement' as const, startDate: day, agreementId }
  const words = { coversAgreementId, requestedBy, note }
  const contract = await openContract(tx, { ...draft, ...words, amountCents }, { now, actor })
  await insertInstalments(tx, numbered(contract, instalments, 0))
  await moveDebt(tx, contract, { ...input, amountCents }, dates)
  await askDownPayment(tx, contract, input, dates)
  const detail = {
    amountCents,
    instalments: instalments.length,
    downPaymentCents: input.downPaymentCents ?? 0,
  }
  await recordAct(tx, contract, { operation: 'startArrangement', event: 'started', detail }, { now, actor })
  return contract
}

/** This will show the instalments that an arrangement would have. Refuses what starting it would. */
export async function planArrangement(
  tx: Tx,
  input: Omit<NewArrangement, 'now' | 'actor'>,
): Promise<{ amountCents: Cents; instalments: PlannedInstalment[] }> {
  const { day, downPaymentCents = 0, downPaymentDue = day } = input
  const { eligibleCents, limits, refusal } = await arrangementTerms(tx, input)
  if (refusal) throw refusal
  const { amountCents = eligibleCents } = input
  requireAmount(amountCents, 'The arrangement')
  if (amountCents > eligibleCents)
    throw new Refusal(
      'rule',
      'arrangement_above_debt',
      `${eligibleCents} cents can be arranged, not ${amountCents}; arrange at most what is owed.`,
    )
  requireDownPayment(downPaymentCents, amountCents, limits)
  const rest = splitDebt(amountCents - downPaymentCents, input.split)
  requireInstalments(rest, limits, day)
  const first = downPaymentCents > 0 ? [{ amountCents: downPaymentCents, dueDate: downPaymentDue }] : []
  return { amountCents, instalments: [...first, ...rest] }
}

function numbered(
  { customerId, contractNumber }: ContractKey,
  instalments: readonly PlannedInstalment[],
  last: number,
) {
  return instalments.map(({ amountCents, dueDate = null }, index) => ({
    customerId,
    contractNumber,
    instalmentNumber: last + index + 1,
    dueDate,
    amountCents,
  }))
}

async function moveDebt(
  tx: Tx,
  contract: Contract,
  input: ArrangementScope & { amountCents: Cents },
  dates: PostingDates,
): Promise<void> {
  const { customerId, contractNumber } = contract
  const agreement = await holderOf(tx, contract)
  for (const debt of await debtToArrange(tx, input))
    await moveBalance(tx, {
      from: { customerId, agreement: debt.agreement },
      to: { customerId, agreement },
      amountCents: debt.amountCents,
      reference: `contract:${contractNumber}-${debt.agreement.agreementId}`,
      ...dates,
    })
  await settleOldestFirst(tx, { customerIds: [customerId], now: dates.now })
  const ask = {
    customerId,
    contractNumber,
    agreement,
    kind: 'put_off' as const,
    amountCents: -input.amountCents,
  }
  await postAsks(tx, [ask], dates)
}

async function askDownPayment(
  tx: Tx,
  contract: Contract,
  { downPaymentCents = 0, downPaymentDue, day }: NewArrangement,
  dates: PostingDates,
): Promise<void> {
  if (downPaymentCents === 0) return
  const { customerId, contractNumber } = contract
  const agreement = await holderOf(tx, contract)
  const ask = { customerId, contractNumber, agreement, kind: 'instalment' as const, instalmentNumber: 1 }
  await postAsks(tx, [{ ...ask, amountCents: downPaymentCents, dueDate: downPaymentDue ?? day }], dates)
}

async function holderOf(tx: Tx, { customerId, agreementId }: Contract) {
  if (agreementId === null) throw new Error('an arrangement has an agreement of its own')
  return await getAgreement(tx, { customerId, agreementId })
}

/**
 * This will split what an arrangement has not asked for yet anew. Locks the customer. Refuses: one that is over or has
 * asked for all, instalments beyond the client's limits.
 */
export async function modifyArrangement(
  tx: Tx,
  input: ContractKey & Act & { split: Split; day: LocalDate; note?: string },
): Promise<Contract> {
  const { split, day, now, actor, customerId } = input
  const contract = await lockContract(tx, input, 'arrangement')
  if (contract.status !== 'active')
    throw new Refusal(
      'conflict',
      'contract_state',
      `The arrangement is ${contract.status} and cannot be changed.`,
    )
  const before = await selectInstalments(tx, [contract])
  const waiting = before.filter((one) => !one.cancelled && one.askedOn === null)
  const restCents = sumCents(waiting.map((one) => one.amountCents))
  if (restCents === 0)
    throw new Refusal('conflict', 'arrangement_all_asked', 'All of this arrangement is asked for already.')
  const instalments = splitDebt(restCents, split)
  requireInstalments(instalments, await arrangementPolicy(tx, clientOf(customerId)), day)
  const numbers = waiting.map((one) => one.instalmentNumber)
  await cancelInstalments(tx, contract, numbers)
  const last = Math.max(0, ...before.map((one) => one.instalmentNumber))
  await insertInstalments(tx, numbered(contract, instalments, last))
  const detail = { restCents, instalments: instalments.length, note: input.note ?? null }
  await recordAct(tx, contract, { operation: 'modifyArrangement', event: 'modified', detail }, { now, actor })
  return contract
}

/** This will end an arrangement before its time: all that is left of it is asked for at once. Locks the customer. Refuses one that is over. */
export async function cancelArrangement(
  tx: Tx,
  input: ContractKey &
    Act & { day: LocalDate; accountingDate?: LocalDate; dueDate?: LocalDate; reason: string },
): Promise<Contract> {
  const { day, accountingDate = day, dueDate = day, reason, now, actor } = input
  const contract = await lockContract(tx, input, 'arrangement')
  const over = await actOnContract(tx, contract, 'cancel', { day, reason })
  const dates = { effectiveDate: day, accountingDate, now }
  const amountCents = await askTheRest(tx, contract, { ...dates, dueDate })
  const detail = { reason, amountCents }
  await recordAct(tx, over, { operation: 'cancelArrangement', event: 'cancelled', detail }, { now, actor })
  return over
}
