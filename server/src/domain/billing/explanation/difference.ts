import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import { daysBetween } from '../../../platform/time.ts'
import { type RatingInput, rate } from '../../rating/index.ts'
import { itemsOfBill } from '../../receivables/index.ts'
import type { BillKey } from '../bills/bill.ts'
import { getBill, type WholeBill, type WholeCharge } from '../queries.ts'
import { continuedByDays, withTotalsOf } from './counterfactual-load.ts'
import { storedInput } from './explain.ts'

export type CauseCode =
  | 'price'
  | 'terms'
  | 'period'
  | 'usage'
  | 'pattern'
  | 'service'
  | 'charges'
  | 'previous'
  | 'asked'
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
 * (price), facts and history (terms), days and season with the same load a day on the same weekdays (period), the amount
 * used in the earlier pattern (usage); what remains is when it was used and how high it peaked (pattern). Refuses an
 * unknown bill, and bills of two customers.
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
  const asked = (await askedBeside(tx, after)) - (await askedBeside(tx, before))
  const credits = after.creditsCents - before.creditsCents - asked
  causes.push({ code: 'previous', amountCents: previous, sentence: 'The balance carried forward differs.' })
  causes.push({
    code: 'asked',
    amountCents: asked,
    sentence: 'Budget billing, deposits or instalments ask for another amount beside the charges.',
  })
  causes.push({
    code: 'credits',
    amountCents: credits,
    sentence: 'Payments and other entries between bills differ.',
  })
  const differenceCents = after.amountDueCents - before.amountDueCents
  return { before, after, differenceCents, causes: causes.filter((cause) => cause.amountCents !== 0) }
}

/** What a bill asks for more, or less, than its charges. */
async function askedBeside(tx: Tx, { customerId, billId }: WholeBill): Promise<Cents> {
  const items = await itemsOfBill(tx, customerId, billId)
  return items
    .filter(({ kind }) => kind === 'deferral' || kind === 'deferral_cancel')
    .reduce((sum, item) => sum + item.amountCents, 0)
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
  if (before.length > 1 || after.length > 1 || first.kind === 'event' || second.kind === 'event') {
    const sentence = 'One of the bills has several charges of this service, or one that was entered by hand.'
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
  const dated: RatingInput = { ...now, usage: continuedByDays(then, now) }
  const totals = withTotalsOf(dated.usage, now.usage)
  const days = ({ period }: RatingInput) => daysBetween(period.start, period.end)
  const steps: [CauseCode, RatingInput | undefined, string][] = [
    ['price', priced, 'Prices of the plan changed, at the earlier days and usage.'],
    [
      'terms',
      termed,
      'Facts, exemptions or history of the agreement changed, at the earlier days and usage.',
    ],
    [
      'period',
      dated,
      `The later bill covers ${days(now)} days instead of ${days(then)}, and other dates, at the earlier usage a day.`,
    ],
    ['usage', totals && { ...dated, usage: totals }, 'Another amount was used, in the earlier pattern.'],
  ]
  const causes: Cause[] = []
  let reached = before.amountCents
  for (const [code, input, sentence] of steps) {
    const amount = (input && amountOf(input)) ?? reached
    causes.push({ code, agreementId, amountCents: amount - reached, sentence })
    reached = amount
  }
  const sentence = 'It was used at other times, or peaked at another height.'
  return [...causes, { code: 'pattern', agreementId, amountCents: after.amountCents - reached, sentence }]
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
