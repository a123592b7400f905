import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts, getAgreement, startAgreement } from '../../agreements/index.ts'
import {
  type AccountKey,
  clientOf,
  getBillingAccount,
  getCustomer,
  lockCustomers,
} from '../../customers/index.ts'
import { postAsks } from '../contracts/asking.ts'
import { averageMonthCents, roundUp, yearOfCharges } from '../contracts/average.ts'
import type { Contract } from '../contracts/contract.ts'
import { splitEvenly } from '../contracts/instalments.ts'
import { type Act, openContract, recordAct } from '../contracts/record.ts'
import { insertInstalments } from '../store/contract.ts'
import { type DepositForm, type DepositReason, insertDeposit, selectDeposits } from '../store/deposit.ts'
import { averageBills, depositPolicy } from './policy.ts'

/** How much an account should secure, and why. */
export interface DepositAdvice {
  averageBillCents: Cents
  averageBills: number
  /** Held, asked for, or secured without money already. */
  securedCents: Cents
  /** Rounded up by the client's policy; zero: enough is secured. */
  amountCents: Cents
}

/** This will tell the deposit that an account should pay: so many average bills, less what is secured already. */
export async function recommendDeposit(
  tx: Tx,
  input: AccountKey & { coversAgreementId?: number; day: LocalDate },
): Promise<DepositAdvice> {
  const { customerId, accountNumber, coversAgreementId, day } = input
  const policy = await depositPolicy(tx, clientOf(customerId))
  const services = (await agreementsOfAccounts(tx, [input])).filter(
    ({ kind, agreementId }) => kind === 'service' && agreementId === (coversAgreementId ?? agreementId),
  )
  const years = await yearOfCharges(tx, customerId, services, day)
  const averageBillCents = sumCents(years.map(averageMonthCents))
  const count = averageBills(policy, (await getCustomer(tx, customerId)).class)
  const live = await selectDeposits(tx, [customerId], { activeOnly: true })
  const secures = live.filter(
    (one) => one.accountNumber === accountNumber && (one.validUntil === null || one.validUntil > day),
  )
  const securedCents = sumCents(secures.map((one) => one.requiredCents))
  const missing = roundUp(Math.max(0, averageBillCents * count), policy.roundUpCents) - securedCents
  return { averageBillCents, averageBills: count, securedCents, amountCents: Math.max(0, missing) }
}

export interface NewDeposit extends AccountKey, Act {
  /** The one service that it secures; the whole account when absent. */
  coversAgreementId?: number
  /** The recommended one when absent. */
  amountCents?: Cents
  reason: DepositReason
  /** How many equal parts, one a bill; 1 when absent. */
  instalments?: number
  /** Ask for the first part now, due on this day, instead of with the next bill. */
  dueDate?: LocalDate
  day: LocalDate
  accountingDate?: LocalDate
  requestedBy?: string
  note?: string
}

/**
 * This will ask an account for a cash deposit, with its next bills or the first part at once. It is held, apart from what
 * the account owes, as far as it is paid. Locks the customer. Refuses: no amount above zero, more instalments than the
 * client allows, no need by the client's rule when no amount is given.
 */
export async function assessDeposit(tx: Tx, input: NewDeposit): Promise<Contract> {
  const { customerId, accountNumber, coversAgreementId, day, now, actor } = input
  await lockCustomers(tx, [customerId])
  await requireCovered(tx, input)
  const amountCents = input.amountCents ?? (await neededCents(tx, input))
  requireAmount(amountCents, 'The deposit')
  const parts = await instalmentsOf(tx, customerId, amountCents, input.instalments ?? 1)
  const start = { customerId, accountNumber, startDate: day, debtClass: 'deposit', now }
  const agreementId = await startAgreement(tx, { ...start, kind: 'deposit' })
  const { requestedBy = null, note = null } = input
  const draft = { customerId, accountNumber, kind: 'deposit' as const, startDate: day, agreementId }
  const covers = { coversAgreementId: coversAgreementId ?? null }
  const contract = await openContract(
    tx,
    { ...draft, ...covers, amountCents, requestedBy, note },
    { now, actor },
  )
  const { contractNumber } = contract
  const key = { customerId, contractNumber }
  const terms = { guarantorCustomerId: null, evidence: null, validUntil: null }
  await insertDeposit(tx, { ...key, ...terms, form: 'cash', reason: input.reason, interestFrom: day })
  await insertInstalments(
    tx,
    parts.map((part, index) => ({
      ...key,
      instalmentNumber: index + 1,
      dueDate: (index === 0 && input.dueDate) || null,
      amountCents: part,
    })),
  )
  if (input.dueDate !== undefined) await askFirst(tx, input, { ...key, agreementId }, parts[0] ?? 0)
  const detail = { amountCents, instalments: parts.length, reason: input.reason }
  await recordAct(tx, contract, { operation: 'assessDeposit', event: 'assessed', detail }, { now, actor })
  return contract
}

async function askFirst(
  tx: Tx,
  { customerId, dueDate, day, accountingDate = day, now }: NewDeposit,
  { contractNumber, agreementId }: { contractNumber: number; agreementId: number },
  amountCents: Cents,
): Promise<void> {
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const ask = { customerId, contractNumber, agreement, kind: 'instalment' as const, amountCents }
  const due = dueDate === undefined ? {} : { dueDate }
  await postAsks(tx, [{ ...ask, ...due, instalmentNumber: 1 }], { effectiveDate: day, accountingDate, now })
}

async function requireCovered(tx: Tx, input: AccountKey & { coversAgreementId?: number }): Promise<void> {
  await getBillingAccount(tx, input)
  const { customerId, coversAgreementId: agreementId } = input
  if (agreementId === undefined) return
  const { accountNumber } = await getAgreement(tx, { customerId, agreementId })
  if (accountNumber !== input.accountNumber)
    throw new Refusal(
      'rule',
      'agreement_not_on_account',
      `Agreement ${agreementId} is not on this billing account.`,
    )
}

async function neededCents(tx: Tx, input: NewDeposit): Promise<Cents> {
  const advice = await recommendDeposit(tx, input)
  if (advice.amountCents > 0) return advice.amountCents
  throw new Refusal(
    'rule',
    'deposit_not_needed',
    `${advice.averageBills} average bills are secured already, or nothing was charged yet; give an amount to ask for one.`,
  )
}

async function instalmentsOf(
  tx: Tx,
  customerId: number,
  amountCents: Cents,
  count: number,
): Promise<Cents[]> {
  const { maxInstalments } = await depositPolicy(tx, clientOf(customerId))
  if (Number.isInteger(count) && count >= 1 && count <= maxInstalments) return splitEvenly(amountCents, count)
  throw new Refusal('rule', 'deposit_instalments', `A deposit is paid in 1 to ${maxInstalments} instalments.`)
}

/**
 * This will note what secures an account without money: a guarantor, a letter of credit, a bond. It lowers what is asked
 * as deposit. Locks the customer. Refuses: no amount above zero, no evidence, a guarantor of another client.
 */
export async function recordNonCashDeposit(
  tx: Tx,
  input: AccountKey &
    Act & {
      form: Exclude<DepositForm, 'cash'>
      amountCents: Cents
      coversAgreementId?: number
      reason: DepositReason
      guarantorCustomerId?: number
      evidence: string
      validUntil?: LocalDate
      day: LocalDate
      note?: string
    },
): Promise<Contract> {
  const { customerId, accountNumber, day, now, actor, form, amountCents, guarantorCustomerId, evidence } =
    input
  await lockCustomers(tx, [customerId])
  await requireCovered(tx, input)
  requireAmount(amountCents, 'What secures the account')
  if (evidence.trim() === '')
    throw new Refusal('malformed', 'evidence_missing', 'Name the document that secures the account.')
  await requireGuarantor(tx, input)
  const draft = { customerId, accountNumber, kind: 'deposit' as const, startDate: day, amountCents }
  const covers = { coversAgreementId: input.coversAgreementId ?? null, note: input.note ?? null }
  const contract = await openContract(tx, { ...draft, ...covers }, { now, actor })
  await insertDeposit(tx, {
    customerId,
    contractNumber: contract.contractNumber,
    form,
    reason: input.reason,
    interestFrom: null,
    guarantorCustomerId: guarantorCustomerId ?? null,
    evidence,
    validUntil: input.validUntil ?? null,
  })
  const detail = { form, amountCents, evidence }
  await recordAct(
    tx,
    contract,
    { operation: 'recordNonCashDeposit', event: 'secured', detail },
    { now, actor },
  )
  return contract
}

async function requireGuarantor(
  tx: Tx,
  {
    customerId,
    form,
    guarantorCustomerId,
  }: { customerId: number; form: DepositForm; guarantorCustomerId?: number },
): Promise<void> {
  if ((form === 'guarantor') !== (guarantorCustomerId !== undefined))
    throw new Refusal(
      'malformed',
      'guarantor_missing',
      'A guarantee names the customer who guarantees; others do not.',
    )
  if (guarantorCustomerId === undefined) return
  const isOwn = guarantorCustomerId === customerId
  const isStranger = clientOf(guarantorCustomerId) !== clientOf(customerId)
  if (isStranger) throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  await getCustomer(tx, guarantorCustomerId)
  if (isOwn) throw new Refusal('rule', 'guarantor_is_customer', 'A customer cannot be its own guarantor.')
}
