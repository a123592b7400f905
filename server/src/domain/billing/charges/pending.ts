import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { settleOldestFirst } from '../../receivables/index.ts'
import { actOnUsages, getUsage } from '../../usage/index.ts'
import { selectRebillOf } from '../store/charge.ts'
import * as state from '../store/charge-state.ts'
import { selectLedgerSums } from '../store/unbilled-charge.ts'
import type { Charge, ChargeKey } from './charge.ts'
import { knownCharge, requirePriced } from './correct.ts'
import { postCharges, recordCharges } from './freeze.ts'
import { chargeAfter } from './life-cycle.ts'
import { priceAgain } from './reprice.ts'
import { auditCorrection, releaseUsage, reverseCharge } from './reverse.ts'

export type ChargeAct = ChargeKey & { reason?: string; now: Instant; actor: Actor }

/** This will announce that a frozen charge is to be cancelled; nothing is posted yet. Refuses a charge that is not frozen. */
export async function initCancel(tx: Tx, act: ChargeAct & { reason: string }): Promise<void> {
  const charge = await lockedCharge(tx, act)
  const status = chargeAfter(charge, 'init_cancel')
  await state.updateStatus(tx, charge, { status, cancelReason: act.reason })
  await auditCorrection(tx, 'initCancelCharge', act, { reason: act.reason })
}

/**
 * This will leave a charge that was to be cancelled as it was; the charge that was to take its place is dropped. Refuses
 * a charge that is not pending cancel.
 */
export async function undoCancel(tx: Tx, act: ChargeAct): Promise<void> {
  const charge = await lockedCharge(tx, act)
  const status = chargeAfter(charge, 'undo')
  const twin = await selectRebillOf(tx, charge)
  if (twin) await dropRebill(tx, charge, twin, act.now)
  await state.updateStatus(tx, charge, { status })
  await auditCorrection(tx, 'undoCancelCharge', act, twin ? { dropped: twin.chargeId } : {})
}

/**
 * This will price a frozen charge again and keep the new charge beside it, unposted, until it is frozen: then it takes
 * the old one's place. Answers the new charge's id. Refuses a charge that is not frozen, and whatever stops its pricing.
 */
export async function proposeRebill(tx: Tx, act: ChargeAct & { reason: string }): Promise<number> {
  const charge = await lockedCharge(tx, act)
  const status = chargeAfter(charge, 'rebill')
  requirePriced(charge)
  await state.updateStatus(tx, charge, { status, cancelReason: act.reason })
  await releaseUsage(tx, charge)
  const priced = await priceAgain(tx, [charge])
  const [only] = priced
  if (!only || priced.length > 1) throw cutOtherwise(charge)
  const { chargeId: rebillsChargeId, customerId } = charge
  const dates = {
    clientId: clientOf(customerId),
    effectiveDate: charge.endDate,
    accountingDate: charge.endDate,
  }
  const draft = { priced: only, rebillsChargeId, freezable: true }
  const [key] = await recordCharges(tx, { ...dates, now: act.now }, [draft])
  await auditCorrection(tx, 'proposeRebill', act, { reason: act.reason, chargeId: key?.chargeId })
  return key?.chargeId ?? 0
}

/**
 * This will post a charge that was priced before. One that rebills another takes its place: the mirror of the old and
 * the new are posted together. Refuses a charge that is not freezable.
 */
export async function freezeCharge(
  tx: Tx,
  act: ChargeAct & { frozenOn: LocalDate; accountingDate?: LocalDate },
): Promise<void> {
  const { customerId, frozenOn, accountingDate = frozenOn, now } = act
  const charge = await lockedCharge(tx, act)
  const status = chargeAfter(charge, 'freeze')
  const dueDate = await replaceOld(tx, charge, { correctedOn: frozenOn, accountingDate, now })
  await state.updateStatus(tx, charge, { status, frozenAt: now })
  const sums = await selectLedgerSums(tx, [charge])
  const agreement = await getAgreement(tx, charge)
  const postable = { ...act, agreement, sums, ...(dueDate && { dueDate }) }
  const dates = { clientId: clientOf(customerId), effectiveDate: frozenOn, accountingDate, now }
  await postCharges(tx, dates, [postable])
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  await auditCorrection(tx, 'freezeCharge', act)
}

async function replaceOld(
  tx: Tx,
  { customerId, rebillsChargeId }: Charge,
  dates: { correctedOn: LocalDate; accountingDate: LocalDate; now: Instant },
): Promise<LocalDate | undefined> {
  if (rebillsChargeId === null) return undefined
  const old = await knownCharge(tx, { customerId, chargeId: rebillsChargeId })
  chargeAfter(old, 'cancel')
  return reverseCharge(tx, old, { ...dates, reason: old.cancelReason ?? 'rebilled' })
}

/** This will drop a charge that was never posted; its number is not given again. Refuses a charge that was. */
export async function deleteCharge(tx: Tx, act: ChargeAct): Promise<void> {
  const charge = await lockedCharge(tx, act)
  chargeAfter(charge, 'delete')
  if (charge.rebillsChargeId === null) {
    await releaseUsage(tx, charge)
    await state.updateCancelled(tx, charge, act.reason ?? 'deleted', act.now)
  } else {
    const old = await knownCharge(tx, { customerId: charge.customerId, chargeId: charge.rebillsChargeId })
    await dropRebill(tx, old, charge, act.now)
  }
  await auditCorrection(tx, 'deleteCharge', act)
}

/** This will drop a charge that waits to take another's place; the usage that was released for it is the other's again. */
export async function dropRebill(tx: Tx, old: Charge, twin: Charge, now: Instant): Promise<void> {
  await state.updateCancelled(tx, twin, 'rebill dropped', now)
  if (old.usageId === null || old.usageId === twin.usageId) return
  await releaseUsage(tx, twin)
  const usage = await getUsage(tx, { customerId: old.customerId, usageId: old.usageId })
  await actOnUsages(tx, [usage], usage.status === 'superseded' ? 'restore' : 'charge')
}

async function lockedCharge(tx: Tx, key: ChargeKey): Promise<Charge> {
  await lockCustomers(tx, [key.customerId])
  return knownCharge(tx, key)
}

function cutOtherwise({ chargeId }: Charge): Refusal {
  return new Refusal(
    'rule',
    'rebill_cut_otherwise',
    `Usage was posted for other periods than charge ${chargeId} covers; bill all periods again from its first day.`,
  )
}
