import type { Tx } from '../../platform/db/index.ts'
import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Agreement } from '../agreements/index.ts'
import type { AccountKey } from '../customers/index.ts'
import { askTheRest } from './arrangements/release.ts'
import { releaseBudgets } from './budgets/release.ts'
import { type ContractAsk, postAsks, undoAsks } from './contracts/asking.ts'
import { monthsDue } from './contracts/months.ts'
import { getContract } from './contracts/record.ts'
import type { ItemAgreement, PostingDates } from './post.ts'
import { type InstalmentState, selectInstalments } from './store/contract.ts'
import * as store from './store/contract-ask.ts'

/** An account that is about to be billed. */
export interface AccountToAsk extends AccountKey {
  billDate: LocalDate
  /** What this bill's charges (with cancellations) add to what each agreement owes. */
  chargeItemsCents: ReadonlyMap<number, Cents>
}

/** What a bill asks for beside its charges, or leaves for later. */
export interface BillAsk extends AccountKey {
  agreement: ItemAgreement
  kind: 'budget' | 'instalment' | 'deposit'
  /** Signed change of what the bill asks for; zero: a month of a budget that asks exactly what was charged. */
  amountCents: Cents
  source: {
    contractNumber: number
    /** Of an arrangement or a deposit. */
    instalmentNumber?: number
    /** Of a budget: how many months it is for, what was charged, and whether it asks for all that was put off. */
    months?: number
    chargedCents?: Cents
    trueUp?: boolean
  }
  text: { en: string; es: string }
}

/**
 * This will tell what the next bill of each account has to ask for, or leave for later, because of budgets, arrangements
 * and deposits. Nothing is posted. Accounts without any cost one query altogether.
 */
export async function billAsks(tx: Tx, accounts: readonly AccountToAsk[]): Promise<BillAsk[]> {
  const lastDay = accounts
    .map(({ billDate }) => billDate)
    .sort()
    .at(-1)
  if (lastDay === undefined) return []
  const contracts = await store.selectAskable(tx, accounts, lastDay)
  if (contracts.length === 0) return []
  const sums = await store.selectAskSums(tx, [...new Set(contracts.map((one) => one.customerId))])
  const withInstalments = contracts.filter(({ kind }) => kind !== 'budget')
  const instalments = Map.groupBy(await selectInstalments(tx, withInstalments), contractOf)
  const accountOf = new Map(accounts.map((account) => [accountText(account), account]))
  return contracts.flatMap((contract) => {
    const account = accountOf.get(accountText(contract))
    if (!account) return []
    const own = sums.filter((sum) => contractOf(sum) === contractOf(contract))
    if (contract.kind === 'budget') return [budgetAsk(contract, account, sums)]
    const [sum] = own
    return instalmentAsks(contract, account.billDate, sum, instalments.get(contractOf(contract)) ?? [])
  })
}

const accountText = ({ customerId, accountNumber }: AccountKey) => `${customerId}-${accountNumber}`
const contractOf = (row: { customerId: number; contractNumber: number }) =>
  `${row.customerId}-${row.contractNumber}`

function budgetAsk(
  contract: store.AskableContract,
  account: AccountToAsk,
  sums: readonly store.AskSum[],
): BillAsk {
  const { customerId, contractNumber, agreementId, agreementEndDate: endDate } = contract
  const ofAgreement = sums.filter((sum) => sum.customerId === customerId && sum.agreementId === agreementId)
  const before = ofAgreement.find((sum) => sum.contractNumber === contractNumber)
  const monthsAsked = before?.months ?? 0
  const months = monthsDue({ anchor: before?.anchor ?? null, billDate: account.billDate, monthsAsked })
  const chargedCents = account.chargeItemsCents.get(agreementId) ?? 0
  const isLast = contract.trueUp === 'settle' && monthsAsked + months >= (contract.budgetMonths ?? 0)
  const trueUp = (endDate !== null && endDate <= account.billDate) || (isLast && months > 0)
  const putOffCents = 0 - ofAgreement.reduce((sum, one) => sum + one.askedCents, 0)
  return {
    ...ownerOf(contract),
    kind: 'budget',
    amountCents: trueUp ? putOffCents : (contract.monthlyCents ?? 0) * months - chargedCents,
    source: { contractNumber, months, chargedCents, trueUp },
    text: trueUp
      ? { en: 'Budget billing settlement', es: 'Liquidación de la facturación nivelada' }
      : { en: 'Budget billing adjustment', es: 'Ajuste de la facturación nivelada' },
  }
}

function instalmentAsks(
  contract: store.AskableContract,
  billDate: LocalDate,
  sum: store.AskSum | undefined,
  instalments: readonly InstalmentState[],
): BillAsk[] {
  const live = instalments.filter(({ cancelled }) => !cancelled)
  const waiting = live.filter(({ askedOn, dueDate }) => askedOn === null && dueDate === null)
  const months = monthsDue({ anchor: sum?.anchor ?? null, billDate, monthsAsked: sum?.months ?? 0 })
  return waiting.slice(0, months).map(({ instalmentNumber, amountCents }) => ({
    ...ownerOf(contract),
    kind: contract.kind === 'deposit' ? 'deposit' : 'instalment',
    amountCents,
    source: { contractNumber: contract.contractNumber, instalmentNumber },
    text: instalmentText(
      contract.kind,
      live.findIndex((one) => one.instalmentNumber === instalmentNumber) + 1,
      live.length,
    ),
  }))
}

function instalmentText(kind: string, number: number, count: number): BillAsk['text'] {
  const part = { en: `, instalment ${number} of ${count}`, es: `, cuota ${number} de ${count}` }
  const { en, es } = count > 1 ? part : { en: '', es: '' }
  return kind === 'deposit'
    ? { en: `Security deposit${en}`, es: `Depósito de garantía${es}` }
    : { en: `Payment arrangement${en}`, es: `Convenio de pago${es}` }
}

function ownerOf(
  contract: store.AskableContract,
): Pick<BillAsk, 'customerId' | 'accountNumber' | 'agreement'> {
  const { customerId, accountNumber, agreementId, debtClass } = contract
  const kind = contract.agreementKind as Agreement['kind']
  return { customerId, accountNumber, agreement: { agreementId, accountNumber, kind, debtClass } }
}

/**
 * This will post what bills ask for beside their charges, each with its bill. The bills exist, their charges are posted,
 * and the customers are locked by the caller. Settles the customers' items.
 */
export async function postBillAsks(
  tx: Tx,
  asks: readonly (BillAsk & { billId: number; dueDate: LocalDate })[],
  dates: PostingDates,
): Promise<void> {
  await postAsks(
    tx,
    asks.map(({ customerId, agreement, kind, amountCents, billId, dueDate, source, text }): ContractAsk => {
      const { trueUp, ...ids } = source
      const budgetKind = trueUp ? 'true_up' : 'month'
      return {
        customerId,
        agreement,
        kind: kind === 'budget' ? budgetKind : 'instalment',
        amountCents,
        billId,
        text,
        ...ids,
        ...(amountCents > 0 && { dueDate }),
      }
    }),
    dates,
  )
}

/** This will tell what bills call what they asked for, or took back, by the entries that did so. */
export function askTexts(
  tx: Tx,
  entries: readonly { customerId: number; entryId: number }[],
): Promise<store.AskText[]> {
  return entries.length === 0 ? Promise.resolve([]) : store.selectAskTexts(tx, entries)
}

/**
 * This will take back what a bill asked for beside its charges, because it is reopened or cancelled; the next bill asks
 * again. What a budget or an arrangement that is over meanwhile had put off by it is asked for at once. The customer is locked by the caller.
 */
export async function cancelBillAsks(
  tx: Tx,
  input: PostingDates & { customerId: number; billId: number },
): Promise<void> {
  const { customerId, billId, ...dates } = input
  const asks = await store.selectAsks(tx, customerId, { billId })
  if (asks.length === 0) return
  await undoAsks(tx, asks, dates)
  await releaseBudgets(tx, { customerId, ...dates, onlyOrphans: true })
  for (const contractNumber of new Set(asks.map((ask) => ask.contractNumber))) {
    const contract = await getContract(tx, { customerId, contractNumber })
    if (contract.kind === 'arrangement' && contract.status !== 'active')
      await askTheRest(tx, contract, { ...dates, dueDate: dates.effectiveDate })
  }
}
