import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { getBillingAccount, lockCustomers } from '../../customers/index.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import { requireSchedule, type ScheduledPayment } from '../contracts/instalments.ts'
import { type Act, actOnContract, lockContract, openContract, recordAct } from '../contracts/record.ts'
import {
  cancelInstalments,
  insertInstalments,
  selectInstalments,
  updateContractTerms,
} from '../store/contract.ts'
import { type PromiseScope, promiseTerms } from './terms.ts'

export interface NewPromise extends PromiseScope, Act {
  amountCents: Cents
  payments: readonly ScheduledPayment[]
  requestedBy: string
  note?: string
  day: LocalDate
}

/**
 * This will take a customer's promise to pay by some days: until then its debt is not collected. Nothing is posted.
 * Locks the customer. Refuses: another live promise, too many in a year, one broken shortly before, more than is asked
 * for, a schedule beyond the client's limits.
 */
export async function makePromise(tx: Tx, input: NewPromise): Promise<Contract> {
  const { customerId, accountNumber, amountCents, payments, day, now, actor } = input
  requireAmount(amountCents, 'The promise')
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  if (input.coversAgreementId !== undefined)
    await getAgreement(tx, { customerId, agreementId: input.coversAgreementId })
  const terms = await promiseTerms(tx, input)
  if (terms.refusal) throw terms.refusal
  requireEligible(amountCents, terms.eligibleCents)
  requireSchedule(payments, { amountCents, day, limits: terms.limits })
  const draft = { customerId, accountNumber, kind: 'promise' as const, startDate: day, amountCents }
  const scope = {
    coversAgreementId: input.coversAgreementId ?? null,
    debtClasses: input.debtClasses ? [...input.debtClasses] : null,
  }
  const words = { requestedBy: input.requestedBy, note: input.note ?? null }
  const contract = await openContract(tx, { ...draft, ...scope, ...words }, { now, actor })
  await insertInstalments(tx, numbered(contract, payments, 0))
  const detail = { amountCents, payments, lastDate: payments.at(-1)?.dueDate, requestedBy: input.requestedBy }
  await recordAct(tx, contract, { operation: 'makePromise', event: 'started', detail }, { now, actor })
  return contract
}

function requireEligible(amountCents: Cents, eligibleCents: Cents): void {
  if (amountCents <= eligibleCents) return
  throw new Refusal(
    'rule',
    'promise_above_debt',
    `${eligibleCents} cents can be promised, not ${amountCents}; promise at most what is asked for now.`,
  )
}

function numbered(
  { customerId, contractNumber }: ContractKey,
  payments: readonly ScheduledPayment[],
  last: number,
) {
  return payments.map((payment, index) => ({
    customerId,
    contractNumber,
    instalmentNumber: last + index + 1,
    ...payment,
  }))
}

/**
 * This will put another schedule in the place of a promise's, within the same limits counted from its first day; what was
 * received counts for the new one. Locks the customer. Refuses what making it would, and a promise that is over.
 */
export async function modifyPromise(
  tx: Tx,
  input: ContractKey & Act & { payments: readonly ScheduledPayment[]; amountCents?: Cents; note?: string },
): Promise<Contract> {
  const { payments, now, actor } = input
  const contract = await lockContract(tx, input, 'promise')
  if (contract.status !== 'active')
    throw new Refusal(
      'conflict',
      'contract_state',
      `The promise is ${contract.status} and cannot be changed.`,
    )
  const {
    customerId,
    accountNumber,
    contractNumber,
    startDate: day,
    coversAgreementId,
    debtClasses,
  } = contract
  const amountCents = input.amountCents ?? contract.amountCents ?? 0
  requireAmount(amountCents, 'The promise')
  const terms = await promiseTerms(tx, {
    customerId,
    accountNumber,
    ...(coversAgreementId !== null && { coversAgreementId }),
    ...(debtClasses && { debtClasses }),
    day,
    except: contractNumber,
  })
  if (amountCents > (contract.amountCents ?? 0)) requireEligible(amountCents, terms.eligibleCents)
  requireSchedule(payments, { amountCents, day, limits: terms.limits })
  const before = await selectInstalments(tx, [contract])
  const numbers = before.map((one) => one.instalmentNumber)
  await cancelInstalments(tx, contract, numbers)
  await insertInstalments(tx, numbered(contract, payments, Math.max(0, ...numbers)))
  await updateContractTerms(tx, contract, { amountCents, note: input.note ?? null })
  const detail = { amountCents, payments }
  await recordAct(tx, contract, { operation: 'modifyPromise', event: 'modified', detail }, { now, actor })
  return { ...contract, amountCents }
}

/** This will end a promise; its debt is collected again. Locks the customer. Refuses one that is over. */
export async function cancelPromise(
  tx: Tx,
  input: ContractKey & Act & { day: LocalDate; reason: string },
): Promise<Contract> {
  const { day, reason, now, actor } = input
  const contract = await lockContract(tx, input, 'promise')
  const over = await actOnContract(tx, contract, 'cancel', { day, reason })
  await recordAct(
    tx,
    over,
    { operation: 'cancelPromise', event: 'cancelled', detail: { reason } },
    { now, actor },
  )
  return over
}
