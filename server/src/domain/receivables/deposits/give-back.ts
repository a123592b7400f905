import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts, getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { payBy } from '../apply-credits.ts'
import { postAsks } from '../contracts/asking.ts'
import { type Contract, type ContractKey, contractAfter } from '../contracts/contract.ts'
import { closeHolder } from '../contracts/holder.ts'
import { type Act, actOnContract, lockContract, recordAct } from '../contracts/record.ts'
import { DEFAULT_PAY_PRIORITY } from '../debt-class.ts'
import { settleOldestFirst } from '../operations.ts'
import { moveBalance, type PostingDates } from '../post.ts'
import { balances } from '../queries.ts'
import type { ReleaseScope } from '../release.ts'
import { cancelInstalments, selectInstalments, updateContractTerms } from '../store/contract.ts'
import { type Deposit, selectDeposits } from '../store/deposit.ts'
import { selectPayable } from '../store/payable.ts'
import { overpaymentAgreement } from './credit-place.ts'
import { creditInterest } from './earn.ts'
import { depositPolicy } from './policy.ts'

/** Where the money of a deposit went. */
export interface GivenBack extends ContractKey {
  heldCents: Cents
  interestCents: Cents
  /** Paid what the account owed. */
  appliedCents: Cents
  /** Left over, and the agreement on which it is a credit now. */
  leftCents: Cents
  leftAgreementId: number | null
}

/** When an act on a deposit happens; the books take it on the same day unless told. */
export interface DepositAct extends ContractKey, Act {
  day: LocalDate
  accountingDate?: LocalDate
  reason: string
}

const datesOf = ({ day, accountingDate = day, now }: DepositAct): PostingDates => ({
  effectiveDate: day,
  accountingDate,
  now,
})

/**
 * This will give a deposit back with its interest: it pays what the account owes, and what is left is a credit of the
 * account or, with `check`, waits on the deposit to be paid out. What was not paid of it is no longer asked for. Locks
 * the customer. Refuses a deposit without money, and one that holds nothing.
 */
export async function refundDeposit(
  tx: Tx,
  input: DepositAct & { to?: 'account' | 'check' },
): Promise<GivenBack> {
  const contract = await lockContract(tx, input, 'deposit')
  contractAfter(contract, 'end')
  const deposit = await depositOf(tx, contract)
  if (deposit.form === 'cash' && deposit.heldCents <= 0)
    throw new Refusal('conflict', 'deposit_not_held', 'Nothing of this deposit is paid; waive it instead.')
  const to = input.to ?? (await depositPolicy(tx, clientOf(input.customerId))).refundTo
  return giveBack(tx, contract, deposit, { ...input, to, event: 'refunded' })
}

/**
 * This will let deposits pay what is owed because service has stopped: those that secure the agreement, and those of the
 * account when nothing else on it is served. Answers what became of each; nothing without deposits. What was not paid of
 * them is no longer asked for. Locks the customer.
 */
export async function applyDeposit(
  tx: Tx,
  input: ReleaseScope & PostingDates & { actor: Act['actor']; reason?: string },
): Promise<GivenBack[]> {
  const { customerId, effectiveDate: day, accountingDate, now, actor, reason = 'final_bill' } = input
  await lockCustomers(tx, [customerId])
  const agreementId = 'agreementId' in input ? input.agreementId : undefined
  const accountNumber =
    'accountNumber' in input ? input.accountNumber : (await getAgreement(tx, { ...input })).accountNumber
  const others = (await agreementsOfAccounts(tx, [{ customerId, accountNumber }])).filter(
    (one) => one.kind === 'service' && LIVE.has(one.status) && one.agreementId !== agreementId,
  )
  const isLast = agreementId === undefined || others.length === 0
  const given: GivenBack[] = []
  for (const deposit of await selectDeposits(tx, [customerId], { activeOnly: true })) {
    if (deposit.accountNumber !== accountNumber) continue
    if (!isLast && deposit.coversAgreementId !== agreementId) continue
    const contract = await lockContract(tx, deposit, 'deposit')
    const { contractNumber } = contract
    const act = { customerId, contractNumber, day, accountingDate, now, actor, reason }
    given.push(await giveBack(tx, contract, deposit, { ...act, to: 'account', event: 'applied' }))
  }
  return given
}

const LIVE = new Set(['pending_start', 'active', 'pending_stop'])

async function giveBack(
  tx: Tx,
  contract: Contract,
  deposit: Deposit,
  input: DepositAct & { to: 'account' | 'check'; event: 'refunded' | 'applied' },
): Promise<GivenBack> {
  const { customerId, contractNumber } = contract
  const { now, actor, day, reason, to } = input
  const dates = datesOf(input)
  await takeBackUnpaid(tx, contract, dates)
  const interestCents = await creditInterest(tx, deposit, { ...dates, actor })
  const money = await spendHeld(tx, contract, deposit, { ...dates, to })
  const over = await actOnContract(tx, contract, 'end', { day, reason: input.event })
  if (money.leftAgreementId !== contract.agreementId) await closeHolder(tx, contract, dates)
  const given = {
    customerId,
    contractNumber,
    heldCents: Math.max(0, deposit.heldCents),
    interestCents,
    ...money,
  }
  const detail = { ...given, amountCents: given.heldCents + interestCents, reason, to }
  await recordAct(
    tx,
    over,
    { operation: `${VERB[input.event]}Deposit`, event: input.event, detail },
    { now, actor },
  )
  return given
}

const VERB = { refunded: 'refund', applied: 'apply' } as const

/** What is held becomes a credit, pays what the account owes, and the rest goes where it is kept. */
async function spendHeld(
  tx: Tx,
  contract: Contract,
  { heldCents, accountNumber }: Deposit,
  input: PostingDates & { to: 'account' | 'check' },
): Promise<Pick<GivenBack, 'appliedCents' | 'leftCents' | 'leftAgreementId'>> {
  const { customerId, contractNumber, agreementId } = contract
  if (agreementId === null || heldCents <= 0) return { appliedCents: 0, leftCents: 0, leftAgreementId: null }
  const { to, ...dates } = input
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const ask = { customerId, contractNumber, agreement, kind: 'refund' as const, amountCents: -heldCents }
  const [askNumber] = await postAsks(tx, [ask], dates)
  const payable = await selectPayable(tx, [customerId], DEFAULT_PAY_PRIORITY)
  const own = payable.filter((item) => item.accountNumber === accountNumber)
  const pairs = await payBy(tx, own, (item) => item.agreementId === agreementId, dates)
  const appliedCents = sumCents(pairs.map((pair) => pair.amountCents))
  const leftCents = heldCents - appliedCents
  if (leftCents === 0) return { appliedCents, leftCents, leftAgreementId: null }
  if (to === 'check') return { appliedCents, leftCents, leftAgreementId: agreementId }
  const startDate = dates.effectiveDate
  const kept = await overpaymentAgreement(tx, { customerId, accountNumber, startDate, now: dates.now })
  const reference = `contract:${contractNumber}-${askNumber}`
  const [from, into] = [agreement, kept].map((one) => ({ customerId, agreement: one }))
  if (from && into) await moveBalance(tx, { from, to: into, amountCents: -leftCents, reference, ...dates })
  await settleOldestFirst(tx, { customerIds: [customerId], now: dates.now })
  return { appliedCents, leftCents, leftAgreementId: kept.agreementId }
}

/**
 * This will stop asking for what is not paid of a deposit, as when service stops first; what is paid stays held. Locks
 * the customer. Refuses when all of it is paid.
 */
export async function cancelDepositArrears(tx: Tx, input: DepositAct): Promise<Cents> {
  return dropUnpaid(tx, input, 'cancelDepositArrears')
}

/** This will waive what is not paid of a deposit; what is paid stays held. Locks the customer. Refuses when all of it is paid. */
export async function waiveDeposit(tx: Tx, input: DepositAct): Promise<Cents> {
  return dropUnpaid(tx, input, 'waiveDeposit')
}

async function dropUnpaid(tx: Tx, input: DepositAct, operation: string): Promise<Cents> {
  const contract = await lockContract(tx, input, 'deposit')
  contractAfter(contract, 'cancel')
  const { heldCents, form } = await depositOf(tx, contract)
  const droppedCents = await takeBackUnpaid(tx, contract, datesOf(input))
  if (droppedCents === 0 && form === 'cash')
    throw new Refusal('conflict', 'deposit_paid', 'All of this deposit is paid; refund it instead.')
  const { day, reason, now, actor } = input
  let left = contract
  if (heldCents > 0) await updateContractTerms(tx, contract, { amountCents: heldCents, note: null })
  else {
    left = await actOnContract(tx, contract, 'cancel', { day, reason })
    await closeHolder(tx, contract, datesOf(input))
  }
  const detail = { droppedCents, heldCents, reason }
  await recordAct(tx, left, { operation, event: 'reduced', detail }, { now, actor })
  return droppedCents
}

/** Answers how much is no longer asked for, now or with later bills. */
async function takeBackUnpaid(tx: Tx, contract: Contract, dates: PostingDates): Promise<Cents> {
  const { customerId, contractNumber, agreementId } = contract
  if (agreementId === null) return 0
  const open = (await selectInstalments(tx, [contract])).filter(
    (one) => !one.cancelled && (one.openCents === null || one.openCents > 0),
  )
  await cancelInstalments(
    tx,
    contract,
    open.map((one) => one.instalmentNumber),
  )
  const waitingCents = sumCents(open.filter((one) => one.openCents === null).map((one) => one.amountCents))
  const asked = (await balances(tx, [customerId], dates.effectiveDate)).find(
    (one) => one.agreementId === agreementId,
  )
  const unpaidCents = Math.max(0, asked?.currentCents ?? 0)
  if (unpaidCents > 0) {
    const agreement = await getAgreement(tx, { customerId, agreementId })
    const ask = { customerId, contractNumber, agreement, kind: 'taken_back' as const }
    await postAsks(tx, [{ ...ask, amountCents: -unpaidCents }], dates)
  }
  return waitingCents + unpaidCents
}

async function depositOf(tx: Tx, { customerId, contractNumber }: ContractKey): Promise<Deposit> {
  const deposits = await selectDeposits(tx, [customerId])
  const deposit = deposits.find((one) => one.contractNumber === contractNumber)
  if (deposit) return deposit
  throw new Error(`contract ${customerId}-${contractNumber} has no deposit`)
}
