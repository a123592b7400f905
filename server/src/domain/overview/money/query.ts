import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import { type AgreementKey, type AgreementSummary, agreementsOnAccounts } from '../../agreements/index.ts'
import { noticesOf } from '../../notices/index.ts'
import {
  autopaysOfAccount,
  getPaymentMethod,
  paymentMethods,
  paymentRequestsOfAccount,
} from '../../payments/index.ts'
import { type AgreementBalance, accountTotals, balances } from '../../receivables/index.ts'
import { getAccountRecord } from '../queries.ts'
import type { AccountRecord } from '../record.ts'
import { collectionOf } from './collection.ts'
import { contractsOf } from './contracts.ts'
import type { AccountMoney, AccountPaying, MoneyHolder, PutOffReason } from './record.ts'

const NOTICES_READ = 100
const NOTICES_SHOWN = 8

/**
 * This will tell all about the money of the billing account that an agreement is on: what is asked for, put off and owed,
 * by contract and by agreement, what is collected and what forbids it, how it is paid. Refuses `account_not_found`.
 */
export async function getAccountMoney(tx: Tx, key: AgreementKey, now: Instant): Promise<AccountMoney> {
  const account = await getAccountRecord(tx, key, now)
  const { customerId, agreementId, accountNumber, today, accountBalances } = account
  const [totals] = (await accountTotals(tx, [customerId], today)).filter(
    (one) => one.accountNumber === accountNumber,
  )
  const askedCents = totals?.currentCents ?? 0
  const putOffCents = totals?.deferredCents ?? 0
  const holders = await holdersOf(tx, account)
  const { pastDueCents, nextDueDate, nextDueCents } = accountBalances
  return {
    ...{ customerId, agreementId, accountNumber, today },
    ...{ askedCents, pastDueCents, nextDueDate, nextDueCents, putOffCents },
    putOff: putOffBy(holders),
    owedCents: askedCents + putOffCents,
    depositHeldCents: totals?.depositHeldCents ?? 0,
    holders,
    contracts: await contractsOf(tx, account),
    collection: await collectionOf(tx, account),
    paying: await payingOf(tx, account),
    notices: (await noticesOf(tx, customerId, NOTICES_READ))
      .filter((notice) => notice.accountNumber === accountNumber)
      .slice(0, NOTICES_SHOWN),
  }
}

/** The agreement that was asked about, and every other one with money. */
async function holdersOf(tx: Tx, account: AccountRecord): Promise<MoneyHolder[]> {
  const { customerId, accountNumber, agreementId, today } = account
  const agreements = await agreementsOnAccounts(tx, [{ customerId, accountNumber }])
  const owing = await balances(tx, [customerId], today)
  return agreements.flatMap((agreement) => {
    const balance = owing.find((one) => one.agreementId === agreement.agreementId)
    if (!balance && agreement.agreementId !== agreementId) return []
    return [holderOf(agreement, balance)]
  })
}

function holderOf(
  { agreementId, kind, debtClass, status }: AgreementSummary,
  balance: AgreementBalance | undefined,
): MoneyHolder {
  const { currentCents = 0, payoffCents = 0, pastDueCents = 0 } = balance ?? {}
  const deferredCents = payoffCents - currentCents
  const isDeposit = kind === 'deposit'
  return {
    ...{ agreementId, kind, debtClass, status, pastDueCents },
    askedCents: currentCents,
    putOffCents: isDeposit ? 0 : deferredCents,
    heldCents: isDeposit ? Math.max(0, -payoffCents) : 0,
  }
}

function putOffBy(holders: readonly MoneyHolder[]): Record<PutOffReason, number> {
  const sums = { budget: 0, arrangement: 0, frozen: 0, other: 0 }
  for (const holder of holders) sums[reasonOf(holder)] += holder.putOffCents
  return sums
}

function reasonOf({ kind, debtClass }: MoneyHolder): PutOffReason {
  if (kind === 'service') return 'budget'
  if (kind === 'arrangement') return 'arrangement'
  return debtClass === 'bankruptcy' ? 'frozen' : 'other'
}

const PENDING = new Set(['waiting', 'held', 'drawing', 'unposted'])

async function payingOf(tx: Tx, account: AccountRecord): Promise<AccountPaying> {
  const { customerId, today } = account
  const [autopay = null] = (await autopaysOfAccount(tx, account)).filter(
    ({ endDate }) => endDate === null || endDate > today,
  )
  const methodKey = autopay && { customerId: autopay.payerCustomerId, methodNumber: autopay.methodNumber }
  return {
    autopay,
    autopayMethod: methodKey && (await getPaymentMethod(tx, methodKey)),
    methods: (await paymentMethods(tx, customerId)).filter(({ status }) => status === 'active'),
    pending: (await paymentRequestsOfAccount(tx, account)).filter(({ status }) => PENDING.has(status)),
  }
}
