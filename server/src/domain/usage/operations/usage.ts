import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { hasBegun, type Instant, type LocalDate } from '../../../platform/time.ts'
import { type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { fitsService } from '../../metering/index.ts'
import {
  insertUsages,
  selectLastUsageIds,
  selectLiveUsages,
  selectStatuses,
  updateStatuses,
} from '../store/usage.ts'
import { type NewUsage, type UsageAction, type UsageKey, type UsageQuantity, usageAfter } from '../usage.ts'

/**
 * This will write usages with their quantities and sources, three statements for any number, and answer their keys in
 * the same order. Locks the customers. The database refuses a live usage that shares a day with another.
 */
export async function createUsage(
  tx: Tx,
  input: { usages: readonly NewUsage[]; now: Instant },
): Promise<UsageKey[]> {
  const customerIds = [...new Set(input.usages.map((usage) => usage.customerId))]
  if (customerIds.length === 0) return []
  await lockCustomers(tx, customerIds)
  const last = await selectLastUsageIds(tx, customerIds)
  const numbered = input.usages.map((usage) => {
    const usageId = (last.get(usage.customerId) ?? 0) + 1
    last.set(usage.customerId, usageId)
    return { ...usage, usageId }
  })
  await insertUsages(tx, numbered, input.now)
  return numbered.map(({ customerId, usageId }) => ({ customerId, usageId }))
}

/**
 * This will take quantities that somebody else measured as the usage of an agreement, ready to be charged. Refuses a
 * period outside the agreement, still to come or sharing a day with a live usage, no quantities, a quantity that is
 * negative or no safe integer, and a unit that the service is not measured in. Locks the customer. Source: catalogue ep-022.
 */
export async function postUsage(
  tx: Tx,
  input: AgreementKey & {
    startDate: LocalDate
    endDate: LocalDate
    source?: 'market' | 'posted'
    estimated?: boolean
    quantities: readonly UsageQuantity[]
    now: Instant
  },
): Promise<number> {
  await lockCustomers(tx, [input.customerId])
  const agreement = await getAgreement(tx, input)
  if (input.endDate <= input.startDate)
    throw new Refusal('rule', 'end_before_start', `Usage until ${input.endDate} must start before that day.`)
  if (
    input.startDate < agreement.startDate ||
    (agreement.endDate !== null && input.endDate > agreement.endDate)
  )
    throw new Refusal(
      'rule',
      'usage_outside_agreement',
      `The agreement runs from ${agreement.startDate} to ${agreement.endDate ?? 'now'}; usage must lie inside.`,
    )
  if (!hasBegun(input.endDate, input.now))
    throw new Refusal(
      'rule',
      'usage_in_future',
      `Usage until ${input.endDate} is still to come; send what was measured, up to today.`,
    )
  const [live] = await selectLiveUsages(tx, input, input.startDate, input.endDate)
  if (live)
    throw new Refusal(
      'conflict',
      'usage_overlaps',
      `Usage ${live.usageId} covers ${live.startDate} to ${live.endDate}; cancel it first.`,
    )
  checkQuantities(input.quantities, agreement.serviceKind)
  const usage = { ...input, source: input.source ?? 'posted', status: 'ready' as const, asOf: input.now }
  const [key] = await createUsage(tx, { usages: [usage], now: input.now })
  return key?.usageId ?? 0
}

function checkQuantities(
  quantities: readonly UsageQuantity[],
  serviceKind: Awaited<ReturnType<typeof getAgreement>>['serviceKind'],
): void {
  if (quantities.length === 0)
    throw new Refusal('malformed', 'usage_empty', 'Usage needs at least one quantity.')
  for (const { unit, quantity, scale } of quantities) {
    if (!Number.isSafeInteger(quantity) || !Number.isInteger(scale) || scale < 0 || scale > 9)
      throw new Refusal(
        'malformed',
        'quantity_malformed',
        `${quantity} is not a quantity with at most nine decimals.`,
      )
    if (quantity < 0)
      throw new Refusal(
        'rule',
        'quantity_negative',
        'A quantity cannot be negative; send what was received as net metering usage, and cancel usage that was wrong.',
      )
    if (serviceKind === null || !fitsService(unit, serviceKind))
      throw new Refusal(
        'rule',
        'unit_not_of_service',
        `${unit} does not measure ${serviceKind ?? 'this agreement'}.`,
      )
  }
}

/** This will cancel usage that no charge holds. Refuses charged usage. Locks the customer. */
export async function cancelUsage(tx: Tx, key: UsageKey): Promise<void> {
  await lockCustomers(tx, [key.customerId])
  await actOnUsages(tx, [key], 'cancel')
}

/**
 * This will take usages to the state that an action leads to: `charge` when charges take them, `release` when those are
 * cancelled. Refuses when the state of any forbids it. The caller holds the customers' locks.
 */
export async function actOnUsages(tx: Tx, keys: readonly UsageKey[], action: UsageAction): Promise<void> {
  if (keys.length === 0) return
  const present = await selectStatuses(tx, keys)
  if (present.length < new Set(keys.map((key) => `${key.customerId}-${key.usageId}`)).size)
    throw new Refusal('not_found', 'usage_unknown', 'There is no such usage.')
  await updateStatuses(
    tx,
    present.map((one) => ({ ...one, status: usageAfter(one.status, action) })),
  )
}
