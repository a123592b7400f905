import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Cents } from '../../platform/money.ts'
import { daysBetween, startOfDaySeconds, Temporal } from '../../platform/time.ts'
import { type RatingInput, rate, type Usage, type UsageChannel } from '../rating/index.ts'
import type { BillKey } from './bill.ts'
import { storedInput } from './explain.ts'
import { getBill, type WholeBill, type WholeCharge } from './queries.ts'

export type CauseCode =
  | 'price'
  | 'terms'
  | 'period'
  | 'usage'
  | 'service'
  | 'charges'
  | 'previous'
  | 'credits'

/** One reason why two bills ask for different amounts. */
export interface Cause {
  code: CauseCode
  agreementId?: number
  amountCents: Cents
  sentence: string
}

export interface ExplainedDifference {
  before: WholeBill
  after: WholeBill
  /** What the later bill asks for, less what the earlier asks for: the sum of the causes. */
  differenceCents: Cents
  causes: Cause[]
}

/**
 * This will say why one bill asks for another amount than another: causes that sum to the difference exactly. For each
 * service the earlier charge is priced again with one thing of the later after the other, in this order: plan prices
 * (price), facts and history (terms), days and season with the earlier load continued on the same weekdays (period);
 * what remains is usage. Refuses an unknown bill, and bills of two customers.
 */
export async function explainDifference(
  tx: Tx,
  afterKey: BillKey,
  beforeKey: BillKey,
): Promise<ExplainedDifference> {
  const [before, after] = [await getBill(tx, beforeKey), await getBill(tx, afterKey)]
  if (before.customerId !== after.customerId) {
    throw new Refusal('rule', 'bills_of_two_customers', 'Only bills of one customer can be compared.')
  }
  const causes: Cause[] = []
  const agreementIds = new Set([...before.charges, ...after.charges].map((charge) => charge.agreementId))
  for (const agreementId of [...agreementIds].sort((a, b) => a - b)) {
    const ofAgreement = (bill: WholeBill) =>
      bill.charges.filter((charge) => charge.agreementId === agreementId)
    causes.push(...(await agreementCauses(tx, agreementId, ofAgreement(before), ofAgreement(after))))
  }
  const previous = after.previousCents - before.previousCents
  const credits = after.creditsCents - before.creditsCents
  causes.push({ code: 'previous', amountCents: previous, sentence: 'The balance carried forward differs.' })
  causes.push({
    code: 'credits',
    amountCents: credits,
    sentence: 'Payments and other entries between bills differ.',
  })
  const differenceCents = after.amountDueCents - before.amountDueCents
  return { before, after, differenceCents, causes: causes.filter((cause) => cause.amountCents !== 0) }
}

async function agreementCauses(
  tx: Tx,
  agreementId: number,
  before: readonly WholeCharge[],
  after: readonly WholeCharge[],
): Promise<Cause[]> {
  const total = (charges: readonly WholeCharge[]) =>
    charges.reduce((sum, charge) => sum + charge.amountCents, 0)
  const amountCents = total(after) - total(before)
  const [first, second] = [before[0], after[0]]
  if (!first || !second) {
    const sentence = first
      ? 'This service is only on the earlier bill.'
      : 'This service is only on the later bill.'
    return [{ code: 'service', agreementId, amountCents, sentence }]
  }
  if (before.length > 1 || after.length > 1) {
    const sentence = 'One of the bills charges several periods of this service.'
    return [{ code: 'charges', agreementId, amountCents, sentence }]
  }
  return counterfactuals(tx, agreementId, first, second)
}

async function counterfactuals(
  tx: Tx,
  agreementId: number,
  before: WholeCharge,
  after: WholeCharge,
): Promise<Cause[]> {
  const [then, now] = [await storedInput(tx, before), await storedInput(tx, after)]
  const priced: RatingInput = { ...then, versions: inForceFrom(now.versions, then.period.start) }
  const termed: RatingInput = { ...priced, ...(now.facts && { facts: now.facts }) }
  const dated: RatingInput = { ...now, usage: continued(then, now) }
  const steps: [CauseCode, RatingInput, string][] = [
    ['price', priced, 'Prices of the plan changed, at the earlier days and usage.'],
    [
      'terms',
      termed,
      'Facts, exemptions or history of the agreement changed, at the earlier days and usage.',
    ],
    ['period', dated, 'The later bill covers other days, at the earlier usage a day.'],
  ]
  const causes: Cause[] = []
  let reached = before.amountCents
  for (const [code, input, sentence] of steps) {
    const amount = amountOf(input) ?? reached
    causes.push({ code, agreementId, amountCents: amount - reached, sentence })
    reached = amount
  }
  const sentence = 'Usage changed, at the later prices and days.'
  return [...causes, { code: 'usage', agreementId, amountCents: after.amountCents - reached, sentence }]
}

/** Undefined when the mix cannot be priced: the step then counts with the next. */
function amountOf(input: RatingInput): Cents | undefined {
  try {
    return rate({ ...input, trace: false }).amountCents
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function inForceFrom(versions: RatingInput['versions'], day: string): RatingInput['versions'] {
  const [first, ...rest] = versions
  if (!first) return versions
  return first.effectiveFrom <= day ? versions : [{ ...first, effectiveFrom: day }, ...rest]
}

/** The earlier load laid over the later period, weekday on weekday; posted quantities by days. */
function continued(then: RatingInput, now: RatingInput): Usage {
  if (then.usage.kind === 'interval') {
    return {
      kind: 'interval',
      channels: then.usage.channels.map((channel) => continuedChannel(channel, then, now)),
    }
  }
  const [days, ofDays] = [now, then].map(({ period }) => daysBetween(period.start, period.end)) as [
    number,
    number,
  ]
  const quantities = then.usage.quantities.map((one) => ({
    ...one,
    quantity: Math.round((one.quantity * days) / ofDays),
  }))
  return { kind: 'quantities', quantities }
}

function continuedChannel(channel: UsageChannel, then: RatingInput, now: RatingInput): UsageChannel {
  const startSeconds = startOfDaySeconds(now.period.start, now.timeZone)
  const endSeconds = startOfDaySeconds(now.period.end, now.timeZone)
  const slots = Math.round((endSeconds - startSeconds) / channel.intervalSeconds)
  const aDay = 86_400 / channel.intervalSeconds
  const weekday = (input: RatingInput) => Temporal.PlainDate.from(input.period.start).dayOfWeek
  const weeks = Math.max(1, Math.floor(channel.values.length / aDay / 7))
  const cycle = Math.min(weeks * 7 * aDay, channel.values.length)
  const shift = ((weekday(now) - weekday(then) + 7) % 7) * aDay
  const values = Float64Array.from(
    { length: slots },
    (_, slot) => channel.values[(slot + shift) % cycle] ?? 0,
  )
  return { ...channel, startSeconds, values, quality: [] }
}
