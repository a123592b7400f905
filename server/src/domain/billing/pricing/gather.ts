import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AgreementPoint, BillableAgreement } from '../../agreements/index.ts'
import { meterExchanges, type Series, seriesOfServicePoints } from '../../metering/index.ts'
import { type CompiledTariff, compileTariff } from '../../rating/index.ts'
import {
  type SharedValues,
  type StoredTariffVersion,
  sharedValues,
  takesSharedValues,
  tariffVersionsFor,
  withSharedValues,
} from '../../tariffs/index.ts'
import { type IntervalRequest, type IntervalSeries, loadIntervals, type Usage } from '../../usage/index.ts'
import type { Period } from '../runs/cycle.ts'
import type { ReadyVersion } from './plan.ts'
import { type RegisterRequest, readRegisters } from './register-usage.ts'
import {
  type GatheredUsage,
  measuredUsage,
  overlaps,
  postedUsage,
  registeredUsage,
  servedDays,
} from './usage-of.ts'

/** One agreement to be priced for one period. */
export interface PricingTask {
  agreement: BillableAgreement
  period: Period
  /** What somebody else measured for it; absent: our own measurements count. */
  posted?: Usage
}

/** What the tasks of a chunk need, read with a few statements. */
export interface Gathered {
  versionsOf(tariffId: number): readonly ReadyVersion[]
  /** Refuses when there is nothing to bill from. */
  usageOf(task: PricingTask): GatheredUsage
}

/** This will read tariffs and usage for any number of tasks: the number of statements does not grow with them. */
export async function gather(tx: Tx, clientId: number, tasks: readonly PricingTask[]): Promise<Gathered> {
  const versions = await gatherVersions(tx, clientId, tasks)
  const measured = tasks.filter((task) => !task.posted)
  const pointIds = new Set(measured.flatMap(({ agreement }) => agreement.points.map((p) => p.servicePointId)))
  const known = Map.groupBy(await seriesOfServicePoints(tx, [...pointIds]), (series) => series.servicePointId)
  const intervals = await gatherIntervals(tx, measured, known)
  const exchanges = await meterExchanges(tx, [...pointIds])
  const requests = measured.flatMap((task) => registerRequests(task, known))
  const registers = await readRegisters(tx, requests)
  return {
    versionsOf: (tariffId) => versions.get(tariffId) ?? [],
    usageOf(task) {
      const { agreement, period, posted } = task
      if (posted) return postedUsage(agreement, posted)
      const read = registerRequests(task, known)
      if (read.length > 0) return registeredUsage(agreement, read.flatMap(registers))
      return measuredUsage(
        agreement,
        period,
        (point) => intervals.get(seriesKey(point, period)) ?? [],
        (point) => exchanges.get(point.servicePointId) ?? [],
      )
    },
  }
}

const COMPILED = new Map<string, CompiledTariff>()
const COMPILED_KEPT = 500

/** This will make a stored version ready for rating, once for each text and set of shared values. */
export function compiled(stored: StoredTariffVersion, shared?: SharedValues): CompiledTariff {
  const [version] = stored.document.versions
  if (!version) throw new Error(`version ${stored.version} of tariff ${stored.tariffId} has no text`)
  const taken = shared && takesSharedValues(version) ? shared : undefined
  const key = taken ? `${stored.sha256} ${JSON.stringify(taken)}` : stored.sha256
  const known = COMPILED.get(key)
  if (known) return known
  const made = compileTariff(stored.document, taken ? withSharedValues(version, taken) : version)
  if (COMPILED.size >= COMPILED_KEPT) COMPILED.clear()
  COMPILED.set(key, made)
  return made
}

function toReadyVersion(stored: StoredTariffVersion, shared: SharedValues | undefined): ReadyVersion {
  const { tariffId, version, effectiveFrom, effectiveTo, document } = stored
  const taken = document.versions.some(takesSharedValues) ? shared : undefined
  const ready = { tariffId, version, effectiveFrom, effectiveTo, compiled: compiled(stored, taken) }
  return { ...ready, ...(taken && { shared: taken }) }
}

async function gatherVersions(tx: Tx, clientId: number, tasks: readonly PricingTask[]) {
  const tariffIds = new Set(tasks.flatMap(({ agreement }) => agreement.plans.map((plan) => plan.tariffId)))
  const { start, end } = spanOf(tasks)
  const stored = await tariffVersionsFor(tx, clientId, [...tariffIds], start, end)
  const shared = await sharedValues(tx, clientId, stored)
  const ready = stored.map((version) => toReadyVersion(version, shared))
  return Map.groupBy(ready, (version) => version.tariffId)
}

type KnownSeries = ReadonlyMap<number, readonly Series[]>

/** Registers are billed where no point of the agreement has intervals. */
function registerRequests({ agreement, period }: PricingTask, known: KnownSeries): RegisterRequest[] {
  const points = agreement.points.filter((point) => overlaps(point, period))
  const all = points.flatMap((point) => known.get(point.servicePointId) ?? [])
  if (all.some((series) => series.kind === 'interval')) return []
  return points.flatMap((point) => {
    const registers = known.get(point.servicePointId) ?? []
    return registers.length === 0 ? [] : [{ point, period, registers }]
  })
}

async function gatherIntervals(
  tx: Tx,
  tasks: readonly PricingTask[],
  known: KnownSeries,
): Promise<Map<string, IntervalSeries[]>> {
  const requests = new Map<string, IntervalRequest & { key: string }>()
  for (const { agreement, period } of tasks)
    for (const point of agreement.points.filter((one) => overlaps(one, period)))
      for (const { kind, unit, flow } of known.get(point.servicePointId) ?? []) {
        if (kind !== 'interval') continue
        const { servicePointId, timeZone } = point
        const served = servedDays(point, period)
        const key = seriesKey(point, period)
        const request = {
          servicePointId,
          unit,
          flow,
          timeZone,
          startDay: served.start,
          endDay: served.end,
          key,
        }
        requests.set(`${key} ${unit} ${flow}`, request)
      }
  const wanted = [...requests.values()]
  const loaded = await loadIntervals(tx, wanted)
  const byKey = new Map<string, IntervalSeries[]>()
  for (const [index, { key }] of wanted.entries()) {
    const series = loaded[index]
    if (series) byKey.set(key, [...(byKey.get(key) ?? []), series])
  }
  return byKey
}

function seriesKey(point: AgreementPoint, period: Period): string {
  const { start, end } = servedDays(point, period)
  return `${point.servicePointId} ${start} ${end}`
}

function spanOf(tasks: readonly PricingTask[]): Period {
  let [start, end]: [LocalDate, LocalDate] = ['9999-12-31', '0001-01-01']
  for (const { period } of tasks) {
    if (period.start < start) start = period.start
    if (period.end > end) end = period.end
  }
  return { start, end }
}
