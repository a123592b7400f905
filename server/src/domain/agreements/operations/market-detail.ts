import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import type { AgreementKey, BillableAgreement } from '../agreement.ts'
import { BILL_METHODS, firstDetails, MAY_END, type MarketDetail } from '../market-detail.ts'
import { checkPeriod } from '../period.ts'
import { getAgreement } from '../queries.ts'
import { updateAgreement } from '../store/agreement.ts'
import { insertMarketDetail, selectMarketDetails, updateMarketDetail } from '../store/market-detail.ts'
import { lockAgreement } from './agreement.ts'
import { claimExternalAccount, releaseExternalAccount } from './external-account.ts'

type DetailKey = AgreementKey & { detailNumber: number }

/** This will list what is agreed with the market about an agreement. Refuses an unknown agreement. */
export async function marketDetails(tx: Tx, key: AgreementKey): Promise<MarketDetail[]> {
  const agreement = await getAgreement(tx, key)
  const kept = await selectMarketDetails(tx, key)
  return kept.length > 0 ? kept : firstDetails(agreement)
}

/** This will read one detail. Refuses an unknown one. */
export async function getMarketDetail(tx: Tx, key: DetailKey): Promise<MarketDetail> {
  const detail = (await marketDetails(tx, key)).find((one) => one.detailNumber === key.detailNumber)
  if (detail) return detail
  throw new Refusal(
    'not_found',
    'market_detail_unknown',
    `The account has no market detail ${key.detailNumber}.`,
  )
}

/**
 * This will put right a detail: its days, and its value when given. The agreement has the value while the detail is in
 * force, and no utility account number once that ended. Refuses days to come and days before the agreement, an end of what
 * cannot end, a bill method that does not exist and an account number of another agreement. Locks the customer.
 */
export async function changeMarketDetail(
  tx: Tx,
  input: DetailKey & {
    startDate: LocalDate
    endDate?: LocalDate
    value?: string
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { customerId, agreementId, startDate, endDate = null, now, actor } = input
  const agreement = await lockAgreement(tx, input)
  const before = await getMarketDetail(tx, input)
  const detail = { ...before, startDate, endDate, value: input.value ?? before.value }
  checkDays(agreement, detail, now)
  checkValue(detail)
  if ((await selectMarketDetails(tx, input)).length === 0)
    for (const first of firstDetails(agreement)) await insertMarketDetail(tx, first)
  await updateMarketDetail(tx, detail)
  await putInForce(tx, before, detail)
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'changeMarketDetail',
    subject: `agreement:${customerId}-${agreementId}`,
    detail: { kind: detail.kind, value: detail.value, was: before.value, startDate, endDate },
  })
}

function checkDays(agreement: BillableAgreement, detail: MarketDetail, now: Instant): void {
  const { startDate, endDate, kind } = detail
  checkPeriod(detail)
  const today = localDateAt(now, agreement.points[0]?.timeZone ?? 'UTC')
  const late = startDate > today ? 'startDate' : endDate !== null && endDate > today ? 'endDate' : undefined
  if (late)
    throw new Refusal('rule', 'date_in_future', `${late} cannot be after today, ${today}.`, [
      { pointer: `/${late}`, in: 'body', message: 'is still to come' },
    ])
  if (startDate < agreement.startDate)
    throw new Refusal(
      'rule',
      'detail_before_agreement',
      `The agreement starts on ${agreement.startDate}; nothing is agreed about it before.`,
      [{ pointer: '/startDate', in: 'body', message: 'is before the agreement' }],
    )
  if (endDate !== null && !MAY_END[kind])
    throw new Refusal(
      'rule',
      'detail_without_end',
      'A bill method is always in force; give it another value.',
      [{ pointer: '/endDate', in: 'body', message: 'cannot be given' }],
    )
}

function checkValue({ kind, value }: MarketDetail): void {
  const known: readonly string[] = BILL_METHODS
  const fits = kind === 'bill_method' ? known.includes(value) : /^[\w -]{1,30}$/.test(value)
  if (fits) return
  throw new Refusal(
    'rule',
    'market_value',
    kind === 'bill_method'
      ? `A bill method is one of ${known.join(', ')}.`
      : "A utility's account number has at most 30 letters and digits.",
    [{ pointer: '/value', in: 'body', message: 'is not valid for this detail' }],
  )
}

async function putInForce(tx: Tx, before: MarketDetail, detail: MarketDetail): Promise<void> {
  const { customerId, agreementId, kind, value, endDate } = detail
  const key = { customerId, agreementId }
  if (kind === 'bill_method') {
    const billMethod = BILL_METHODS.find((one) => one === value)
    if (billMethod) await updateAgreement(tx, key, { billMethod })
    return
  }
  const externalAccount = endDate === null ? value : null
  if (before.value !== externalAccount) await releaseExternalAccount(tx, key, before.value)
  await claimExternalAccount(tx, clientOf(customerId), key, externalAccount ?? undefined)
  await updateAgreement(tx, key, { externalAccount })
}
