import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import type { CompiledTariff } from '../../rating/index.ts'
import type { SharedValues } from '../../tariffs/index.ts'
import type { Period } from '../runs/cycle.ts'

/** A stored tariff version, ready for rating. */
export interface ReadyVersion {
  tariffId: number
  version: number
  effectiveFrom: LocalDate
  /** Exclusive; null: until the next one. */
  effectiveTo: LocalDate | null
  compiled: CompiledTariff
  /** What the version takes from the client's own tables; absent: nothing. */
  shared?: SharedValues
}

/** A tariff version for the share of a period in which it is the agreement's plan. */
export interface PlanVersion extends Period {
  tariffId: number
  version: number
  /** `effectiveFrom` is the first day that it prices here, when another plan came before. */
  compiled: CompiledTariff
  shared?: SharedValues
}

/**
 * This will lay the plans of an agreement and their versions along a period.
 * Refuses: a day without a plan, a day without a version of the plan.
 */
export function planVersions(
  agreement: BillableAgreement,
  period: Period,
  versionsOf: (tariffId: number) => readonly ReadyVersion[],
): PlanVersion[] {
  const laid: PlanVersion[] = []
  let day = period.start
  while (day < period.end) {
    const plan = agreement.plans.find((one) => isInForce(one.startDate, one.endDate, day))
    if (!plan) throw planMissing(agreement, day)
    const version = versionsOf(plan.tariffId).find((one) =>
      isInForce(one.effectiveFrom, one.effectiveTo, day),
    )
    if (!version) throw versionMissing(plan.tariffId, day)
    const end = earliest(period.end, plan.endDate, version.effectiveTo)
    const { tariffId, compiled, shared } = version
    const startsHere = day > version.effectiveFrom && laid.length > 0
    const placed = startsHere ? { ...compiled, effectiveFrom: day } : compiled
    laid.push({
      tariffId,
      version: version.version,
      compiled: placed,
      start: day,
      end,
      ...(shared && { shared }),
    })
    day = end
  }
  return laid
}

function isInForce(start: LocalDate, end: LocalDate | null, day: LocalDate): boolean {
  return start <= day && (end === null || day < end)
}

function earliest(first: LocalDate, ...others: (LocalDate | null)[]): LocalDate {
  return others.reduce<LocalDate>((min, day) => (day !== null && day < min ? day : min), first)
}

function planMissing(agreement: BillableAgreement, day: LocalDate): Refusal {
  const [code, has] =
    agreement.plans.length === 0
      ? ['plan_missing', 'no pricing plan']
      : ['plan_gap', `no pricing plan on ${day}`]
  return new Refusal('rule', code, `The agreement has ${has}; assign a plan from ${day} on.`)
}

function versionMissing(tariffId: number, day: LocalDate): Refusal {
  return new Refusal(
    'rule',
    'tariff_version_gap',
    `Tariff ${tariffId} has no approved version in force on ${day}; approve one that begins on that day or before.`,
  )
}
