import type { Tx } from '../../../platform/db/index.ts'
import { numbersAfter } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type BillableAgreement, getAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { readyUsages } from '../../usage/index.ts'
import type { PricingTask } from '../pricing/gather.ts'
import type { Period } from '../runs/cycle.ts'
import * as store from '../store/charge.ts'
import { updateError } from '../store/charge-state.ts'
import { type Charge, type ChargeKey, type ChargeStatus, ENGINE } from './charge.ts'
import { knownCharge } from './correct.ts'
import { recordCharges } from './freeze.ts'
import { chargeAfter } from './life-cycle.ts'
import { priceInOrder } from './reprice.ts'
import { auditCorrection } from './reverse.ts'

/**
 * This will begin a charge of an agreement for any period: it is not priced yet. So a hole between charges is filled.
 * Answers its id. Refuses: a period that is empty, outside the agreement or charged already.
 */
export async function draftCharge(
  tx: Tx,
  input: {
    customerId: number
    agreementId: number
    startDate: LocalDate
    endDate: LocalDate
    now: Instant
    actor: Actor
  },
): Promise<number> {
  const { customerId, startDate: start, endDate: end, now } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, input)
  await requireUncharged(tx, agreement, { start, end })
  const next = await numbersAfter(tx, 'charge', 'charge_id', [customerId])
  const chargeId = next(customerId)
  await store.insertCharges(tx, [emptyCharge(agreement, { start, end }, chargeId, now)])
  await auditCorrection(tx, 'draftCharge', { ...input, chargeId }, { start, end })
  return chargeId
}

/**
 * This will price a charge that was begun and answer its new state: freezable, or in error with the reason kept with it.
 * Refuses a charge that was priced before.
 */
export async function generateCharge(
  tx: Tx,
  act: ChargeKey & { now: Instant; actor: Actor },
): Promise<ChargeStatus> {
  const { customerId, now } = act
  await lockCustomers(tx, [customerId])
  const charge = await knownCharge(tx, act)
  chargeAfter(charge, 'generate')
  const period = { start: charge.startDate, end: charge.endDate }
  const agreement = await getAgreement(tx, charge)
  await requireUncharged(tx, agreement, period)
  try {
    const priced = await priceInOrder(tx, agreement, [await taskOf(tx, agreement, period)])
    const drafts = priced.map((one) => ({ priced: one, freezable: true, chargeId: charge.chargeId }))
    const day = charge.endDate
    const dates = { clientId: clientOf(customerId), effectiveDate: day, accountingDate: day, now }
    await recordCharges(tx, dates, drafts)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await updateError(tx, charge, error.code, error.message)
  }
  const { status, errorCode } = await knownCharge(tx, act)
  await auditCorrection(tx, 'generateCharge', act, { status, ...(errorCode && { errorCode }) })
  return status
}

async function taskOf(tx: Tx, agreement: BillableAgreement, period: Period): Promise<PricingTask> {
  const usages = await readyUsages(tx, [agreement.customerId])
  const posted = usages.find(
    ({ agreementId, startDate, endDate }) =>
      agreementId === agreement.agreementId && startDate === period.start && endDate === period.end,
  )
  return { agreement, period, ...(posted && { posted }) }
}

async function requireUncharged(tx: Tx, agreement: BillableAgreement, period: Period): Promise<void> {
  const { start, end } = period
  if (end <= start)
    throw new Refusal('rule', 'end_before_start', `A charge until ${end} must start before that day.`)
  if (start < agreement.startDate || (agreement.endDate !== null && end > agreement.endDate))
    throw new Refusal(
      'rule',
      'charge_outside_agreement',
      `The agreement runs from ${agreement.startDate} to ${agreement.endDate ?? 'now'}; a charge must lie inside.`,
    )
  const [live] = await store.selectLiveCharges(tx, agreement, period)
  if (!live) return
  throw new Refusal(
    'conflict',
    'period_charged',
    `Charge ${live.chargeId} covers days from ${start} to ${end} already; cancel it first, or bill it again.`,
  )
}

function emptyCharge(
  { customerId, agreementId, accountNumber }: BillableAgreement,
  { start, end }: Period,
  chargeId: number,
  now: Instant,
): store.NewCharge {
  const key = { customerId, chargeId, agreementId, accountNumber }
  const none = { usageId: null, billId: null, runId: null, rebillsChargeId: null, frozenAt: null }
  const basis = {} as Charge['basis']
  const made = { asOf: now, engine: ENGINE, createdAt: now, basis, parts: [], lines: [] }
  const period = { startDate: start, endDate: end }
  return { ...key, ...none, ...made, ...period, kind: 'service', status: 'incomplete', amountCents: 0 }
}
