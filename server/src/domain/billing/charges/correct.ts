import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { settleOldestFirst } from '../../receivables/index.ts'
import { openWorkItems } from '../../work/index.ts'
import * as store from '../store/charge.ts'
import type { Charge, ChargeKey } from './charge.ts'
import { chargeAfter } from './life-cycle.ts'
import { rebill } from './rebill.ts'
import {
  auditCorrection,
  type Correction,
  type CorrectionInput,
  releaseUsage,
  reverseCharge,
} from './reverse.ts'

/**
 * This will cancel a posted charge: its mirror is posted, its open item is settled by the mirror's, what had paid it is
 * free for other debt, and its usage can be charged again. The next bill shows it. Refuses a charge that is not frozen or
 * pending cancel, and one whose rebill waits.
 */
export async function cancelCharge(tx: Tx, input: CorrectionInput): Promise<void> {
  const { customerId, now } = input
  await lockCustomers(tx, [customerId])
  const charge = await knownCharge(tx, input)
  chargeAfter(charge, 'cancel')
  const twin = await store.selectRebillOf(tx, charge)
  if (twin) throw rebillWaits(charge, twin)
  await takeBack(tx, charge, input)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  await auditCorrection(tx, 'cancelCharge', input, { reason: input.reason })
}

/** This will cancel one charge and report the hole that it leaves. The caller locks, settles and audits. */
export async function takeBack(tx: Tx, charge: Charge, correction: Correction): Promise<void> {
  await reverseCharge(tx, charge, correction)
  await releaseUsage(tx, charge)
  await reportGap(tx, charge, correction)
}

/**
 * This will price a frozen charge again, from what is known now, and put the new charge in the place of the old: the
 * mirror of the old and the new are posted together, so that a charge that comes out the same changes nothing. Returns
 * the new charge's id. Refuses a charge that is not frozen, and whatever stops its pricing.
 */
export async function rebillCharge(tx: Tx, input: CorrectionInput): Promise<number> {
  await lockCustomers(tx, [input.customerId])
  const charge = await knownCharge(tx, input)
  chargeAfter(charge, 'rebill')
  requirePriced(charge)
  const [key] = await rebill(tx, [charge], input)
  await auditCorrection(tx, 'rebillCharge', input, { reason: input.reason })
  return key?.chargeId ?? 0
}

/** This will read a charge. Refuses an unknown one. */
export async function knownCharge(tx: Tx, key: ChargeKey): Promise<Charge> {
  const charge = await store.selectCharge(tx, key)
  if (charge) return charge
  throw new Refusal('not_found', 'charge_unknown', `There is no charge ${key.chargeId}.`)
}

/** This will refuse a charge that was not priced from usage. */
export function requirePriced({ chargeId, kind }: Charge): void {
  if (kind === 'service') return
  throw new Refusal(
    'rule',
    'charge_not_priced',
    `Charge ${chargeId} was entered by hand; cancel it and enter it anew instead.`,
  )
}

function rebillWaits(charge: Charge, twin: Charge): Refusal {
  return new Refusal(
    'conflict',
    'charge_rebill_waits',
    `Charge ${twin.chargeId} waits to take the place of charge ${charge.chargeId}; freeze it, or undo the rebill first.`,
  )
}

/** A run bills on from the last charge: a hole before it must be closed by hand. */
async function reportGap(tx: Tx, charge: Charge, { now }: Correction): Promise<void> {
  const { customerId, chargeId, agreementId, startDate, endDate } = charge
  if (charge.kind !== 'service') return
  const all = await store.selectChargesOfAgreement(tx, customerId, agreementId)
  if (!all.some((one) => one.status === 'frozen' && one.startDate >= endDate)) return
  await openWorkItems(tx, [
    {
      clientId: clientOf(customerId),
      kind: 'charge_missing',
      subject: `charge:${customerId}-${chargeId}`,
      customerId,
      reasonCode: 'period_uncharged',
      reason: `The cancelled charge leaves ${startDate} to ${endDate} uncharged between other charges.`,
      remedy: 'Charge the period again, or close this item when it shall stay uncharged.',
      createdAt: now,
    },
  ])
}
