import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clearFlag, setFlag } from '../../agreements/index.ts'
import {
  type AccountKey,
  clientOf,
  getBillingAccount,
  holdBillsOf,
  lockCustomers,
} from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { closeWorkItemsAbout } from '../../work/index.ts'
import { HOLD_KIND, type Hold, holdSubject } from '../pricing/hold.ts'
import { priceAccounts, scopeOfAccount } from '../pricing/price-accounts.ts'
import * as store from '../store/tolerance.ts'
import type { Tolerance, ToleranceKind } from './tolerance.ts'

type HoldAct = AccountKey & {
  /** One agreement of the account; all when absent. */
  agreementId?: number
  reason: string
  now: Instant
  actor: Actor
}

/**
 * This will let charges pass that a tolerance holds: exactly these days at exactly this amount, on one bill. Answers how
 * many were released. Refuses when no tolerance holds the account up to that day, and a reason that is empty.
 */
export async function releaseHold(tx: Tx, input: HoldAct & { periodEnd: LocalDate }): Promise<number> {
  const { customerId, agreementId, reason, now, actor } = input
  requireReason(reason)
  await lockCustomers(tx, [customerId])
  const [account] = await priceAccounts(tx, [input], await scopeOfAccount(tx, input))
  const held = (account?.holds ?? []).filter(
    (hold) => isTolerance(hold) && (agreementId === undefined || hold.agreementId === agreementId),
  )
  if (held.length === 0) throw nothingHeld(input)
  await store.insertReleases(tx, held.map(toRelease), { reason, releasedAt: now, releasedBy: actor.actor })
  const clientId = clientOf(customerId)
  const closed = { clientId, kind: HOLD_KIND, closedBy: actor.actor, now }
  await closeWorkItemsAbout(tx, { ...closed, subjects: held.map(holdSubject) })
  const detail = { reason, periodEnd: input.periodEnd, holds: held.map((hold) => hold.detail) }
  await auditHold(tx, 'releaseHold', input, detail)
  return held.length
}

/** This will keep an account, or one of its agreements, from being billed until `resumeBills`. Refuses what is held already. */
export async function holdBills(tx: Tx, input: HoldAct & { from: LocalDate }): Promise<void> {
  const { customerId, agreementId, reason, from } = input
  requireReason(reason)
  if (agreementId !== undefined)
    await setFlag(tx, { customerId, agreementId, flag: 'hold', startDate: from, reason })
  else {
    await lockCustomers(tx, [customerId])
    await requireHeld(tx, input, false)
    await holdBillsOf(tx, input, true)
  }
  await auditHold(tx, 'holdBills', input, { reason })
}

/** This will let an account, or one of its agreements, be billed again. Refuses what is not held. */
export async function resumeBills(tx: Tx, input: HoldAct & { from: LocalDate }): Promise<void> {
  const { customerId, agreementId, reason, from } = input
  if (agreementId !== undefined) await clearFlag(tx, { customerId, agreementId, flag: 'hold', endDate: from })
  else {
    await lockCustomers(tx, [customerId])
    await requireHeld(tx, input, true)
    await holdBillsOf(tx, input, false)
  }
  await auditHold(tx, 'resumeBills', input, { reason })
}

/** This will make a rule by which charges are held, or customers are told; or change it. Refuses figures below zero. */
export async function saveTolerance(
  tx: Tx,
  input: Tolerance & { clientId: number; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, now, actor, ...rule } = input
  const percent = Number(rule.percent)
  if (!(percent >= 0 && percent < 100_000) || rule.amountCents < 0 || rule.inARow < 1)
    throw new Refusal(
      'malformed',
      'tolerance_malformed',
      'A tolerance has a percent and an amount from zero up, and counts one charge in a row at least.',
    )
  await store.upsertTolerance(tx, clientId, rule)
  const subject = `tolerance:${rule.ruleNumber}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveTolerance', subject, detail: { ...rule } })
}

/** This will list a client's tolerances. */
export function tolerances(tx: Tx, clientId: number): Promise<Tolerance[]> {
  return store.selectTolerances(tx, clientId)
}

type ReleasedDetail = Pick<store.Release, 'startDate' | 'endDate' | 'amountCents'> & {
  tolerance: ToleranceKind
}

function isTolerance({ detail }: Hold): boolean {
  return detail?.tolerance !== undefined
}

function toRelease({ customerId, accountNumber, agreementId = 0, detail }: Hold): store.Release {
  const { tolerance: kind, startDate, endDate, amountCents } = (detail ?? {}) as unknown as ReleasedDetail
  return { customerId, accountNumber, agreementId, kind, startDate, endDate, amountCents }
}

async function requireHeld(tx: Tx, key: AccountKey, held: boolean): Promise<void> {
  const { holdBills: isHeld } = await getBillingAccount(tx, key)
  if (isHeld === held) return
  const state = isHeld ? 'on hold already' : 'not on hold'
  throw new Refusal('conflict', 'bills_hold_state', `Bills of account ${key.accountNumber} are ${state}.`)
}

function requireReason(reason: string): void {
  if (reason.trim() !== '') return
  throw new Refusal('malformed', 'reason_missing', 'Say why: the reason is kept.')
}

function nothingHeld({ accountNumber, periodEnd }: { accountNumber: number; periodEnd: LocalDate }): Refusal {
  return new Refusal(
    'conflict',
    'nothing_held',
    `No tolerance holds billing account ${accountNumber} up to ${periodEnd}; there is nothing to release.`,
  )
}

async function auditHold(
  tx: Tx,
  operation: string,
  { now, actor, ...key }: HoldAct,
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(tx, {
    clientId: clientOf(key.customerId),
    at: now,
    actor,
    operation,
    subject: holdSubject(key),
    detail,
  })
}
