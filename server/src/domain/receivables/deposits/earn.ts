import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { LEDGER } from '../../ledger/index.ts'
import { addMonths } from '../contracts/months.ts'
import { type Act, getContract, recordAct } from '../contracts/record.ts'
import { settleOldestFirst } from '../operations.ts'
import { type PostingDates, postMoves } from '../post.ts'
import * as store from '../store/deposit.ts'
import { creditedAgreement } from './credit-place.ts'
import { type DepositRate, type InterestSpan, interestCents, interestSpans } from './interest.ts'
import { depositPolicy } from './policy.ts'

/** This will set what deposits earn from a day on. The same day again: the rate is changed. Refuses: no percent from 0 to 100. */
export async function saveDepositRate(
  tx: Tx,
  input: DepositRate & Act & { clientId: number },
): Promise<void> {
  const { clientId, startDate, yearlyPercent, now, actor } = input
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(yearlyPercent) || Number(yearlyPercent) > 100)
    throw new Refusal(
      'malformed',
      'rate_malformed',
      'A rate is a percentage from 0 to 100 with at most 6 decimals.',
    )
  await store.upsertRate(tx, clientId, { startDate, yearlyPercent })
  const subject = `deposit_rate:${startDate}`
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'saveDepositRate',
    subject,
    detail: { yearlyPercent },
  })
}

/** This will list what deposits of a client earn, from when. */
export function depositRates(tx: Tx, clientId: number): Promise<DepositRate[]> {
  return store.selectRates(tx, clientId)
}

/** This will tell what a deposit has earned since interest was last credited, up to a day (exclusive). */
export async function accruedInterest(
  tx: Tx,
  deposit: store.Deposit,
  until: LocalDate,
): Promise<{ amountCents: Cents; spans: InterestSpan[] }> {
  const { customerId, agreementId, interestFrom } = deposit
  if (agreementId === null || interestFrom === null || interestFrom >= until)
    return { amountCents: 0, spans: [] }
  const clientId = clientOf(customerId)
  const changes = await store.selectHeldChanges(tx, customerId, agreementId)
  const rates = await store.selectRates(tx, clientId)
  const spans = interestSpans(changes, rates, { start: interestFrom, end: until })
  const { interestDays } = await depositPolicy(tx, clientId)
  return { amountCents: interestCents(spans, interestDays), spans }
}

/**
 * This will credit what a deposit has earned up to the effective date to the service that it secures, and answer how
 * much that is. Up to the same day again: nothing. The customer is locked by the caller.
 */
export async function creditInterest(
  tx: Tx,
  deposit: store.Deposit,
  input: PostingDates & { actor: Act['actor'] },
): Promise<Cents> {
  const { effectiveDate, accountingDate, now, actor } = input
  const { customerId, contractNumber, interestFrom } = deposit
  if (interestFrom === null || interestFrom >= effectiveDate) return 0
  const { amountCents, spans } = await accruedInterest(tx, deposit, effectiveDate)
  const key = { customerId, contractNumber }
  const interestNumber = await store.selectInterestNumber(tx, key)
  const place =
    amountCents === 0 ? undefined : await creditedAgreement(tx, { ...deposit, startDate: effectiveDate, now })
  const period = { startDate: interestFrom, endDate: effectiveDate, amountCents, spans }
  let entryId: number | null = null
  if (place) {
    const changes = [{ agreement: place, otherCode: LEDGER.interestExpense, amountCents: -amountCents }]
    const reference = `deposit_interest:${contractNumber}-${interestNumber}`
    const days = { effectiveDate, accountingDate }
    const move = { customerId, entryKind: 'adjustment' as const, reference, ...days, changes }
    const [posted] = await postMoves(tx, [move], now)
    entryId = posted?.entryId ?? null
    await settleOldestFirst(tx, { customerIds: [customerId], now })
  }
  await store.insertInterest(tx, {
    ...key,
    interestNumber,
    ...period,
    agreementId: place?.agreementId ?? null,
    entryId,
  })
  const contract = await getContract(tx, key, 'deposit')
  const detail = { amountCents, from: interestFrom, until: effectiveDate }
  await recordAct(tx, contract, { operation: 'creditDepositInterest', detail }, { now, actor })
  return amountCents
}

/** This will credit the interest of deposits of customers whose year is over on `day`. Locks nothing: the caller has. */
export async function creditYearlyInterest(
  tx: Tx,
  input: Act & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day, now, actor } = input
  for (const deposit of await store.selectDeposits(tx, customerIds, { activeOnly: true }))
    if (deposit.interestFrom !== null && addMonths(deposit.interestFrom, 12) <= day)
      await creditInterest(tx, deposit, { effectiveDate: day, accountingDate: day, now, actor })
}
