import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { PlanAssignment } from '../agreements/index.ts'
import { calendarFor, compileTariff } from '../rating/index.ts'
import {
  type StoredTariffVersion,
  sharedValues,
  type TariffVersion,
  tariffVersionsFor,
  withSharedValues,
} from '../tariffs/index.ts'

interface TouRun {
  fromSeconds: number
  untilSeconds: number
  code: string
}

interface Span {
  clientId: number
  timeZone: string
  from: LocalDate
  /** Exclusive. */
  to: LocalDate
}

/**
 * This will give when each time of use of an agreement's plans holds, in order: by the calendar that splits their energy,
 * the same that prices it. Days of a plan without times of use have no run.
 */
export async function touRunsOf(tx: Tx, plans: readonly PlanAssignment[], span: Span): Promise<TouRun[]> {
  const { clientId, from, to } = span
  const held = plans.filter((plan) => plan.startDate < to && (plan.endDate ?? to) > from)
  const ids = [...new Set(held.map((plan) => plan.tariffId))]
  const versions = await tariffVersionsFor(tx, clientId, ids, from, to)
  const shared = await sharedValues(tx, clientId, versions)
  return held
    .toSorted((a, b) => (a.startDate < b.startDate ? -1 : 1))
    .flatMap((plan) =>
      versions
        .filter((version) => version.tariffId === plan.tariffId)
        .flatMap((version) =>
          runsOf(
            version,
            clip(clip(span, plan.startDate, plan.endDate), version.effectiveFrom, version.effectiveTo),
            shared,
          ),
        ),
    )
}

function clip(span: Span, start: LocalDate, end: LocalDate | null): Span {
  const from = start > span.from ? start : span.from
  return { ...span, from, to: end !== null && end < span.to ? end : span.to }
}

function runsOf(
  { document }: StoredTariffVersion,
  { timeZone, from, to }: Span,
  shared: Awaited<ReturnType<typeof sharedValues>>,
): TouRun[] {
  const [version] = document.versions
  const map = version && energyMap(version)
  if (!map || from >= to) return []
  const text = shared ? withSharedValues(version, shared) : version
  const runs = calendarFor(compileTariff(document, text), timeZone, from, to).touRuns(map.code)
  return [...runs.fromSeconds].map((fromSeconds, index) => ({
    fromSeconds,
    untilSeconds: runs.untilSeconds[index] ?? fromSeconds,
    code: map.periods[runs.period[index] ?? -1]?.code ?? '',
  }))
}

/** The map of the first quantity that is priced by time of use and is no peak. */
function energyMap(version: TariffVersion) {
  for (const rule of version.rules) {
    if (rule.kind !== 'service_quantity' || rule.measuresPeak) continue
    const quantity = version.quantities.find(({ code }) => code === rule.quantity)
    const code = quantity && 'tou' in quantity ? quantity.tou : undefined
    const map = version.touMaps.find((one) => one.code === code)
    if (map) return map
  }
  return undefined
}

/** This will give the function that finds the time of use of moments asked in ascending order; empty when there is none. */
export function touFinder(runs: readonly TouRun[]): (seconds: number) => string {
  let at = 0
  return (seconds) => {
    while (at < runs.length - 1 && seconds >= (runs[at]?.untilSeconds ?? 0)) at++
    const run = runs[at]
    return run && seconds >= run.fromSeconds && seconds < run.untilSeconds ? run.code : ''
  }
}
