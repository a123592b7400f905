import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import type { Done } from '../done.ts'
import { collectionsPolicy } from '../policy.ts'
import { insertCreditEvent, selectCreditEvents } from '../store/credit.ts'
import { type CreditKind, type CreditRating, creditRatingOf, pointsEnd } from './credit.ts'

export interface CreditInput extends AccountKey, Done {
  kind: CreditKind
  /** The same cause counts once: `payment:100000042-7`. */
  cause: string
  startDate: LocalDate
  /** The policy's for the kind when left out. */
  points?: number
  cashOnlyPoints?: number
  endDate?: LocalDate
  note?: string
}

/**
 * This will count points for or against a billing account and answer their number; undefined when the cause has counted
 * already. When the score falls below the client's threshold by it, `credit_rating.fell` is told: a deposit is due.
 * Locks the customer. Refuses points by hand without their number, or an end before the start.
 */
export async function addCreditEvent(tx: Tx, input: CreditInput): Promise<number | undefined> {
  const { customerId, accountNumber, kind, cause, startDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  const clientId = clientOf(customerId)
  const policy = await collectionsPolicy(tx, clientId)
  const usual = kind === 'manual' ? undefined : policy.credit[kind]
  const points = input.points ?? usual?.points
  if (points === undefined || !Number.isInteger(points) || Math.abs(points) > 9_999)
    throw new Refusal(
      'malformed',
      'points_missing',
      'Say how many points count, below zero against the account.',
    )
  const endDate = input.endDate ?? pointsEnd(startDate, policy.credit.months)
  if (endDate <= startDate)
    throw new Refusal('rule', 'end_before_start', 'Points must count for at least a day.')
  const before = creditRatingOf(await selectCreditEvents(tx, customerId, accountNumber), policy, startDate)
  const cashOnlyPoints = input.cashOnlyPoints ?? usual?.cashOnlyPoints ?? 0
  const event = { customerId, accountNumber, kind, points, cashOnlyPoints, startDate, endDate, cause }
  const stored = { ...event, note: input.note ?? '', createdAt: now, createdBy: actor.actor }
  const eventNumber = await insertCreditEvent(tx, stored)
  if (eventNumber === undefined) return undefined
  const subject = `credit_rating:${customerId}-${accountNumber}`
  await audit(tx, { clientId, at: now, actor, operation: 'addCreditEvent', subject, detail: event })
  const score = before.score + points
  const { depositBelow } = policy.credit
  if (score < depositBelow && before.score >= depositBelow) {
    const payload = { customerId, accountNumber, score, depositBelow, kind }
    await emit(tx, [{ clientId, at: now, type: 'credit_rating.fell', subject, payload }])
  }
  return eventNumber
}

/** This will tell the credit rating of a billing account on a day, with what counts in it. */
export async function creditRating(tx: Tx, account: AccountKey, day: LocalDate): Promise<CreditRating> {
  const policy = await collectionsPolicy(tx, clientOf(account.customerId))
  return creditRatingOf(await selectCreditEvents(tx, account.customerId, account.accountNumber), policy, day)
}
