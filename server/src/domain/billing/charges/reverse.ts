import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { cancelEntry, itemsOf } from '../../receivables/index.ts'
import { actOnUsages, getUsage } from '../../usage/index.ts'
import { selectEntryOfCharge } from '../store/charge.ts'
import { updateCancelled } from '../store/charge-state.ts'
import { selectLiveInvoiceOfCharge, updateInvoiceStatus } from '../store/market-invoice.ts'
import { type Charge, type ChargeKey, chargeReference } from './charge.ts'

export interface CorrectionInput extends ChargeKey {
  reason: string
  /** When it counts for the customer, and the period of the books. */
  correctedOn: LocalDate
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

export type Correction = Pick<CorrectionInput, 'reason' | 'correctedOn' | 'accountingDate' | 'now'>

/**
 * This will take a posted charge back: its mirror is posted, what had paid it is free for other debt, its market invoice
 * is withdrawn. Answers the day on which it was due, if it was asked for. The caller releases its usage, holds the lock
 * and settles.
 */
export async function reverseCharge(
  tx: Tx,
  charge: Charge,
  { reason, correctedOn, accountingDate = correctedOn, now }: Correction,
): Promise<LocalDate | undefined> {
  const { customerId, chargeId } = charge
  await updateCancelled(tx, charge, reason, now)
  const invoice = await selectLiveInvoiceOfCharge(tx, customerId, chargeId)
  if (invoice) await updateInvoiceStatus(tx, invoice, 'cancelled', null)
  const entryId = await selectEntryOfCharge(tx, charge)
  if (entryId === undefined) return undefined
  const [item] = await itemsOf(tx, customerId, 'charge', chargeReference(chargeId))
  const dates = { effectiveDate: correctedOn, accountingDate, now }
  await cancelEntry(tx, { customerId, entryId, entryKind: 'charge_cancel', ...dates })
  return item?.dueDate ?? undefined
}

/** This will free the usage of a charge: what was posted can be charged again as it is; what was measured is made anew. */
export async function releaseUsage(tx: Tx, { customerId, usageId }: Charge): Promise<void> {
  if (usageId === null) return
  const usage = await getUsage(tx, { customerId, usageId })
  if (usage.status !== 'charged') return
  await actOnUsages(tx, [usage], 'release')
  if (usage.source === 'measured') await actOnUsages(tx, [usage], 'supersede')
}

/** This will write that a charge was corrected. */
export async function auditCorrection(
  tx: Tx,
  operation: string,
  input: ChargeKey & { now: Instant; actor: Actor },
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { customerId, chargeId, now, actor } = input
  const subject = `charge:${customerId}-${chargeId}`
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation, subject, detail })
}
