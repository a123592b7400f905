import { Refusal } from '../../../platform/errors.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import {
  type RatedCharge,
  type RatingFacts,
  type RatingHistory,
  rate,
  type Usage,
} from '../../rating/index.ts'
import type { SharedValues } from '../../tariffs/index.ts'
import type { Period } from '../runs/cycle.ts'
import { factsOf, refuseUntaken } from './facts.ts'
import type { PlanVersion } from './plan.ts'
import { sharedValuesOf } from './shared-values.ts'
import type { GatheredUsage } from './usage-of.ts'

/** Everything that the price of one agreement for one period depends on. */
export interface PricingInput {
  agreement: BillableAgreement
  period: Period
  versions: readonly PlanVersion[]
  usage: GatheredUsage
  history?: RatingHistory
  /** Share of intervals that may be missing, 0 to 1; the rest of the usage is billed. */
  missingTolerance: number
}

export interface PricedCharge extends Omit<PricingInput, 'missingTolerance'> {
  facts: RatingFacts
  /** Of the client's own tables; absent: the plans take none. */
  shared?: SharedValues
  rated: RatedCharge
}

/**
 * This will price one agreement for one period: the same way for a preview, a bill to date, a run and an explanation.
 * Refuses: usage with more missing than tolerated, a missing value of a shared factor, a contracted
 * price that no plan takes, and whatever rating refuses.
 */
export function priceAgreement(input: PricingInput): PricedCharge {
  const { agreement, period, versions, usage, history, missingTolerance } = input
  const facts = factsOf(agreement, period, history)
  refuseUntaken(facts, versions)
  const shared = sharedValuesOf(versions, facts)
  const rated = rate({
    versions: versions.map((version) => version.compiled),
    period,
    timeZone: usage.timeZone,
    usage: usage.usage,
    facts,
    trace: false,
  })
  refuseMissing(rated, usage.usage, missingTolerance, period)
  const priced = { agreement, period, versions, usage, facts, rated }
  return { ...priced, ...(history && { history }), ...(shared && { shared }) }
}

function refuseMissing(rated: RatedCharge, usage: Usage, tolerance: number, period: Period): void {
  const { count, missing } = rated.quality
  if (missing <= count * tolerance) return
  const unit = usage.kind === 'interval' ? 'intervals' : 'readings'
  throw new Refusal(
    'rule',
    'usage_missing',
    `${missing} of ${count} ${unit} from ${period.start} to ${period.end} are missing; import or estimate them.`,
  )
}
