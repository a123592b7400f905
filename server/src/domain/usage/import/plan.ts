import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Flow, fitsService, isIntervalLength, type ServicePoint, unitsOf } from '../../metering/index.ts'
import type { ImportedSeries } from '../import-report.ts'
import { type Converter, converterOf } from './convert.ts'
import { gridOver, misfit, type Stretch } from './cut-days.ts'
import { durationOf, type FileSeries } from './file-series.ts'
import { findPlaces, type Place } from './place.ts'

/** What will be written of one series at one place. */
export interface Planned extends Stretch {
  kind: 'interval' | 'register' | 'period'
  point: ServicePoint
  flow: Flow
  converter: Converter
}

export interface Plan {
  planned: Planned[]
  refused: ImportedSeries[]
}

export interface PlanOptions {
  clientId: number
  /** Where everything in the file belongs, when the caller said so. */
  places: readonly Place[] | undefined
  /** The zone in which local stamps were read, unless the caller told it. */
  assumedZone: string | undefined
}

/** A series, or a part of it, that cannot be taken, with the reason. */
class Unusable extends Error {
  readonly code: string
  constructor(code: string, reason: string) {
    super(reason)
    this.code = code
  }
}

/** This will decide where each series of a file goes, and refuse with a reason what cannot be taken; it writes nothing. */
export async function planImport(tx: Tx, series: readonly FileSeries[], options: PlanOptions): Promise<Plan> {
  const plan: Plan = { planned: [], refused: [] }
  for (const one of series) {
    try {
      const places = options.places ?? (await placesOf(tx, one, options.clientId))
      for (const [place, from, to] of stretches(one, places, plan.refused))
        plan.planned.push(planStretch(one, place.point, from, to, options, plan.planned))
    } catch (error) {
      if (!(error instanceof Unusable || error instanceof Refusal)) throw error
      plan.refused.push(refusedSeries(one, one.values.length, error.code, error.message))
    }
  }
  return plan
}

async function placesOf(tx: Tx, series: FileSeries, clientId: number): Promise<Place[]> {
  const places = await findPlaces(tx, clientId, series.identifiers)
  if (places.length > 0) return places
  const [name] = series.identifiers
  throw new Unusable(
    'service_point_unknown',
    name === undefined
      ? 'The file does not say which meter it is of; name the service point or the meter.'
      : `No meter and no service point is known as ${name}; install the meter, or name the service point.`,
  )
}

/** Cuts a series at the moments when its meter came and went; values of other times are refused. */
function* stretches(
  series: FileSeries,
  places: readonly Place[],
  refused: ImportedSeries[],
): Generator<[place: Place, from: number, to: number]> {
  const count = series.values.length
  let homeless = 0
  let from = 0
  while (from < count) {
    const at = series.startSeconds[from] ?? 0
    const place = places.find((one) => at >= one.fromSeconds && at < one.untilSeconds)
    let to = from + 1
    while (to < count && isAt(place, series.startSeconds[to] ?? 0, places)) to++
    if (place) yield [place, from, to]
    else homeless += to - from
    from = to
  }
  if (homeless > 0)
    refused.push(
      refusedSeries(
        series,
        homeless,
        'meter_not_installed',
        `${homeless} values are of times at which the meter was not installed anywhere.`,
      ),
    )
}

function isAt(place: Place | undefined, seconds: number, places: readonly Place[]): boolean {
  return places.find((one) => seconds >= one.fromSeconds && seconds < one.untilSeconds) === place
}

function planStretch(
  series: FileSeries,
  point: ServicePoint,
  from: number,
  to: number,
  options: PlanOptions,
  planned: readonly Planned[],
): Planned {
  if (series.measure === 'instantaneous')
    throw new Unusable('not_an_amount', 'The values say how things stood at a moment, not how much was used.')
  const { flow } = series
  if (flow === undefined)
    throw new Unusable(
      'flow_unusable',
      'The direction is neither delivered, received nor net; it cannot be billed.',
    )
  if (options.assumedZone !== undefined && options.assumedZone !== point.timeZone)
    throw new Unusable(
      'time_zone_differs',
      `The service point is in ${point.timeZone}, the stamps were read in ${options.assumedZone}; tell the time zone of the file.`,
    )
  const grid = gridOver(series, from, to, point.timeZone)
  const { kind, intervalSeconds } = kindOf(
    series,
    from,
    to,
    { from, to, series, grid, intervalSeconds: 86_400 },
    point.timeZone,
  )
  const converter = converterOf(series, intervalSeconds)
  if (!converter || !fitsService(converter.unit, point.serviceKind))
    throw new Unusable(
      'unit_not_of_service',
      `${series.unitText} does not measure ${point.serviceKind}; its units are ${unitsOf(point.serviceKind).join(', ')}.`,
    )
  const one: Planned = { kind, point, flow, converter, series, from, to, intervalSeconds, grid }
  if (kind === 'interval') {
    const reason = misfit(one, point.timeZone)
    if (reason !== undefined)
      throw new Unusable('interval_misaligned', `Intervals must fill local days: ${reason}.`)
  }
  if (planned.some((other) => isSameQuantity(other, one)))
    throw new Unusable(
      'series_twice',
      'Another series of the file has the same quantity at the same place and time.',
    )
  return one
}

function isSameQuantity(a: Planned, b: Planned): boolean {
  const [aFirst = '', bFirst = ''] = [a.grid.days[0], b.grid.days[0]]
  const [aLast = '', bLast = ''] = [a.grid.days.at(-1), b.grid.days.at(-1)]
  return (
    a.kind === b.kind &&
    a.point.servicePointId === b.point.servicePointId &&
    a.converter.unit === b.converter.unit &&
    a.flow === b.flow &&
    a.intervalSeconds === b.intervalSeconds &&
    aFirst <= bLast &&
    bFirst <= aLast
  )
}

/** Intervals of one length that divides the hour; whole local days; or longer periods of whole days. */
function kindOf(
  series: FileSeries,
  from: number,
  to: number,
  days: Stretch,
  timeZone: string,
): Pick<Planned, 'kind' | 'intervalSeconds'> {
  if (series.measure === 'register') return { kind: 'register', intervalSeconds: 0 }
  const length = durationOf(series, from)
  let equal = true
  for (let index = from; index < to && equal; index++) equal = durationOf(series, index) === length
  if (equal && length < 86_400) {
    if (isIntervalLength(length)) return { kind: 'interval', intervalSeconds: length }
    throw new Unusable(
      'interval_length_unusable',
      `Intervals of ${length} s do not divide the hour; use 60 s to 3600 s.`,
    )
  }
  const midnights = new Set(days.grid.starts)
  const isWholeDays = (index: number) => {
    const start = series.startSeconds[index] ?? 0
    return midnights.has(start) && midnights.has(start + durationOf(series, index))
  }
  let whole = true
  let longest = 0
  for (let index = from; index < to && whole; index++) {
    whole = isWholeDays(index)
    longest = Math.max(longest, durationOf(series, index))
  }
  if (!whole)
    throw new Unusable(
      'interval_length_unusable',
      `The intervals have different lengths and are not whole days in ${timeZone}.`,
    )
  return longest <= 90_000
    ? { kind: 'interval', intervalSeconds: 86_400 }
    : { kind: 'period', intervalSeconds: 0 }
}

/** This will tell in a report what was refused. */
export function refusedSeries(
  series: FileSeries,
  count: number,
  code: string,
  reason: string,
): ImportedSeries {
  return { name: series.name, taken: 0, same: 0, corrected: 0, missing: 0, refused: count, code, reason }
}
