import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { reverseEntry } from '../../ledger/index.ts'
import { cancelItem, itemsOf, type OpenItem, settleOldestFirst } from '../../receivables/index.ts'
import { actOnUsages, getUsage, type Usage } from '../../usage/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { gather } from '../pricing/gather.ts'
import { billingPolicy } from '../pricing/policy.ts'
import { priceTask } from '../pricing/price-accounts.ts'
import * as store from '../store/charge.ts'
import { selectLiveInvoiceOfCharge, updateInvoiceStatus } from '../store/market-invoice.ts'
import { type Charge, type ChargeKey, chargeReference } from './charge.ts'
import { recordCharges } from './freeze.ts'

export interface CorrectionInput extends ChargeKey {
  reason: string
  /** When it counts for the customer, and the period of the books. */
  correctedOn: LocalDate
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will cancel a frozen charge: its mirror is posted, its open item is settled by the mirror's, what had paid it is
 * free for other debt, and its usage can be charged again. The next bill shows it. Refuses a charge that is not frozen.
 */
export async function cancelCharge(tx: Tx, input: CorrectionInput): Promise<void> {
  const { customerId, now } = input
  await lockCustomers(tx, [customerId])
  const charge = await frozenCharge(tx, input)
  await undo(tx, charge, input)
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  await reportGap(tx, charge, input)
  await auditCorrection(tx, 'cancelCharge', input)
}

/**
 * This will price a frozen charge again, from what is known now, and put the new charge in the place of the old: the
 * mirror of the old and the new are posted together, so that a charge that comes out the same changes nothing. Returns
 * the new charge's id. Refuses a charge that is not frozen, and whatever stops its pricing.
 */
export async function rebillCharge(tx: Tx, input: CorrectionInput): Promise<number> {
  const { customerId, now, correctedOn } = input
  await lockCustomers(tx, [customerId])
  const charge = await frozenCharge(tx, input)
  const usage =
    charge.usageId === null ? undefined : await getUsage(tx, { customerId, usageId: charge.usageId })
  const priced = await priceAgain(tx, charge, usage)
  const dueDate = await undo(tx, charge, input)
  const [key] = await recordCharges(
    tx,
    {
      clientId: clientOf(customerId),
      effectiveDate: correctedOn,
      accountingDate: input.accountingDate ?? correctedOn,
      now,
    },
    [{ priced, rebillsChargeId: charge.chargeId, ...(dueDate && { dueDate }) }],
  )
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  await auditCorrection(tx, 'rebillCharge', input)
  return key?.chargeId ?? 0
}

async function frozenCharge(tx: Tx, key: ChargeKey): Promise<Charge> {
  const charge = await store.selectCharge(tx, key)
  if (!charge) throw new Refusal('not_found', 'charge_unknown', `There is no charge ${key.chargeId}.`)
  if (charge.status === 'frozen' && charge.kind === 'service') return charge
  throw new Refusal(
    'conflict',
    'charge_not_frozen',
    `Charge ${key.chargeId} is ${charge.status.replace('_', ' ')}; only a frozen charge can be cancelled.`,
  )
}

async function priceAgain(tx: Tx, charge: Charge, usage: Usage | undefined) {
  const agreement = await getAgreement(tx, charge)
  const period = { start: charge.startDate, end: charge.endDate }
  const posted = usage && usage.source !== 'measured' ? { posted: usage } : {}
  const task = { agreement, period, ...posted }
  const clientId = clientOf(charge.customerId)
  const history = await store.selectCarryBefore(tx, charge.customerId, charge.agreementId, charge.startDate)
  return priceTask(
    task,
    await gather(tx, clientId, [task]),
    (await billingPolicy(tx, clientId)).missingTolerance,
    history,
  )
}

/** Returns the day on which the undone charge was due, if it was asked for. */
async function undo(tx: Tx, charge: Charge, input: CorrectionInput): Promise<LocalDate | undefined> {
  const { customerId, chargeId, reason, correctedOn, now } = input
  await store.updateCancelled(tx, charge, reason, now)
  await releaseUsage(tx, charge)
  const invoice = await selectLiveInvoiceOfCharge(tx, customerId, chargeId)
  if (invoice) await updateInvoiceStatus(tx, invoice, 'cancelled', null)
  const entryId = await store.selectEntryOfCharge(tx, charge)
  if (entryId === undefined) return undefined
  const cancelEntry = await reverseEntry(tx, {
    customerId,
    entryId,
    kind: 'charge_cancel',
    effectiveDate: correctedOn,
    accountingDate: input.accountingDate ?? correctedOn,
    now,
  })
  const [item] = await itemsOf(tx, customerId, 'charge', chargeReference(chargeId))
  if (!item) return undefined
  await cancelItem(tx, { item, cancelling: toCancellingItem(item, cancelEntry, correctedOn), now })
  return item.dueDate ?? undefined
}

function toCancellingItem(item: OpenItem, entryId: number, aroseOn: LocalDate) {
  const { customerId, agreementId, accountNumber, debtClass, reference } = item
  const owner = { customerId, agreementId, accountNumber, debtClass, reference }
  return { ...owner, kind: 'charge_cancel' as const, entryId, aroseOn, amountCents: -item.amountCents }
}

/** What was posted can be charged again as it is; what was measured is made anew. */
async function releaseUsage(tx: Tx, { customerId, usageId }: Charge): Promise<void> {
  if (usageId === null) return
  const usage = await getUsage(tx, { customerId, usageId })
  await actOnUsages(tx, [usage], 'release')
  if (usage.source === 'measured') await actOnUsages(tx, [usage], 'supersede')
}

/** A run bills on from the last charge: a hole before it must be closed by hand. */
async function reportGap(tx: Tx, charge: Charge, { now }: CorrectionInput): Promise<void> {
  const { customerId, chargeId, agreementId, startDate, endDate } = charge
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

async function auditCorrection(tx: Tx, operation: string, input: CorrectionInput): Promise<void> {
  const { customerId, chargeId, reason, now, actor } = input
  const subject = `charge:${customerId}-${chargeId}`
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation, subject, detail: { reason } })
}
