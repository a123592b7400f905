import type { Collector, RawSeries } from './collector.ts'
import { type CsvOptions, INTERVAL_SECONDS, type IntervalSeries } from './interval-file.ts'
import { instantText } from './text.ts'
import type { WallClock } from './wall-clock.ts'

const DAY_SECONDS = 86_400

/** How the stamps of a file relate to its intervals. */
export interface StampRule {
  /** `start`, `end`, or `detect` when neither a name nor the caller says. */
  at: 'start' | 'end' | 'detect'
}

/**
 * This will place the rows of a series on the time line, order them, and check that they form one grid without overlap.
 * What is wrong goes to the collector, with lines.
 */
export function resolveSeries(
  raw: RawSeries,
  rule: StampRule,
  options: CsvOptions,
  collector: Collector,
  clock: WallClock | undefined,
): IntervalSeries | undefined {
  const firstLine = raw.lines[0] ?? 1
  const intervalSeconds = intervalOf(raw, options, clock)
  if (!isAllowed(intervalSeconds)) {
    const found =
      intervalSeconds === undefined
        ? 'cannot be told from one row'
        : `of ${intervalSeconds} s is not supported`
    collector.refuse(firstLine, 'interval_unknown', `the interval ${found}: use 5, 15, 30 or 60 minutes`)
    return undefined
  }
  if (!raw.zoned && !clock) {
    collector.refuse(
      firstLine,
      'time_zone_missing',
      'the stamps have no offset: name the time zone of the meter',
    )
    return undefined
  }
  const atEnd = rule.at === 'detect' ? looksEndStamped(raw, intervalSeconds) : rule.at === 'end'
  const starts = startsOf(raw, atEnd ? intervalSeconds : 0, clock)
  if ('line' in starts) {
    const message = `${starts.wall} does not exist in the time zone: the clock skips that hour`
    collector.refuse(starts.line, 'stamp_in_gap', message)
    return undefined
  }
  return onGrid(raw, starts.instants, intervalSeconds, collector)
}

function intervalOf(raw: RawSeries, options: CsvOptions, clock: WallClock | undefined): number | undefined {
  if (options.intervalMinutes !== undefined) return options.intervalMinutes * 60
  if (raw.lengths.size > 0) return inclusive(mostFrequent(raw.lengths))
  const points =
    raw.zoned || !clock ? raw.stamps : raw.stamps.flatMap((wall) => clock.instants(wall).slice(0, 1))
  const sorted = points.toSorted((a, b) => a - b)
  const differences = new Map<number, number>()
  sorted.forEach((stamp, index) => {
    const difference = stamp - (sorted[index - 1] ?? stamp)
    if (difference > 0) differences.set(difference, (differences.get(difference) ?? 0) + 1)
  })
  return mostFrequent(differences)
}

/** Some files end an interval at its last minute or second: 00:14, 00:59:59. */
function inclusive(seconds: number | undefined): number | undefined {
  if (seconds === undefined || isAllowed(seconds)) return seconds
  return [seconds + 60, seconds + 1].find(isAllowed) ?? seconds
}

function mostFrequent(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined
  for (const [value, count] of counts) {
    const most = best === undefined ? 0 : (counts.get(best) ?? 0)
    if (count > most || (count === most && value < (best ?? value))) best = value
  }
  return best
}

function isAllowed(seconds: number | undefined): seconds is number {
  return INTERVAL_SECONDS.some((allowed) => allowed === seconds)
}

/** A file of whole days whose first stamp is one interval after midnight, and whose last is midnight, stamps ends. */
function looksEndStamped(raw: RawSeries, intervalSeconds: number): boolean {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const stamp of raw.stamps) {
    if (stamp < first) first = stamp
    if (stamp > last) last = stamp
  }
  return !raw.zoned && first % DAY_SECONDS === intervalSeconds && last % DAY_SECONDS === 0
}

type Starts = { instants: number[] } | { line: number; wall: string }

/**
 * End stamps of local time are written in two ways on clock-change days: the start's clock plus the interval, or the
 * clock at the end itself. The first way that makes sense for the whole series is taken.
 */
function startsOf(raw: RawSeries, endSeconds: number, clock: WallClock | undefined): Starts {
  if (raw.zoned || !clock) return { instants: raw.stamps.map((stamp) => stamp - endSeconds) }
  const fromStarts = placed(
    raw,
    clock,
    raw.stamps.map((stamp) => stamp - endSeconds),
  )
  if (endSeconds === 0 || ('instants' in fromStarts && areDistinct(fromStarts.instants))) return fromStarts
  const fromEnds = placed(raw, clock, raw.stamps)
  if (!('instants' in fromEnds) || !areDistinct(fromEnds.instants)) return fromStarts
  return { instants: fromEnds.instants.map((end) => end - endSeconds) }
}

function areDistinct(instants: number[]): boolean {
  return new Set(instants).size === instants.length
}

/** In the repeated hour, the first row of a stamp is the earlier one in a file that runs forward. */
function placed(raw: RawSeries, clock: WallClock, walls: number[]): Starts {
  const backward = (walls[0] ?? 0) > (walls.at(-1) ?? 0)
  const seen = new Map<number, number>()
  const instants: number[] = []
  for (const [index, wall] of walls.entries()) {
    const candidates = clock.instants(wall)
    if (candidates.length === 0)
      return { line: raw.lines[index] ?? 0, wall: instantText(wall).replace('Z', '') }
    if (candidates.length === 1) {
      instants.push(candidates[0] as number)
      continue
    }
    const times = seen.get(wall) ?? 0
    seen.set(wall, times + 1)
    const later = (times % 2 === 1) !== backward
    instants.push(candidates[later ? 1 : 0] as number)
  }
  return { instants }
}

function onGrid(
  raw: RawSeries,
  starts: number[],
  intervalSeconds: number,
  collector: Collector,
): IntervalSeries | undefined {
  const { values, scale, rounded } = raw.values.finish()
  if (rounded > 0) {
    const message = `${rounded} values have more digits than fit and were rounded to ${scale} decimals`
    collector.note(raw.lines[0] ?? 1, 'rounded', message)
  }
  const order = starts.map((_, index) => index)
  const inOrder = starts.every((start, index) => index === 0 || start >= (starts[index - 1] as number))
  if (!inOrder) order.sort((a, b) => (starts[a] as number) - (starts[b] as number) || a - b)
  const { meterId, channel, unit, flow } = raw
  const series: IntervalSeries = {
    ...(meterId === undefined ? {} : { meterId }),
    ...(channel === undefined ? {} : { channel }),
    unit,
    flow,
    intervalSeconds,
    startSeconds: [],
    values: [],
    scale,
    qualities: [],
  }
  let last: number | undefined
  for (const index of order) {
    const fits = last === undefined || follows(raw, starts, values, last, index, intervalSeconds, collector)
    if (!fits) continue
    series.startSeconds.push(starts[index] as number)
    series.values.push(values[index] as number)
    series.qualities.push(raw.qualities[index] ?? 'measured')
    last = index
  }
  return series
}

/** Whether the row at `index` is a further reading after `last`; repetitions are noted, overlaps refused. */
function follows(
  raw: RawSeries,
  starts: number[],
  values: number[],
  last: number,
  index: number,
  intervalSeconds: number,
  collector: Collector,
): boolean {
  const step = (starts[index] as number) - (starts[last] as number)
  if (step === intervalSeconds) return true
  const line = raw.lines[index] ?? 0
  const lines = `lines ${raw.lines[last]} and ${line}`
  const at = instantText(starts[index] as number)
  if (step === 0 && values[index] === values[last]) {
    collector.note(line, 'duplicate', `the reading of ${at} repeats line ${raw.lines[last]} and counts once`)
    return false
  }
  if (step < intervalSeconds) {
    collector.refuse(line, 'overlap', `${lines} both measure ${at}: keep one of them`)
    return false
  }
  if (step % intervalSeconds !== 0) {
    collector.refuse(line, 'off_grid', `${at} is not on the grid of ${intervalSeconds / 60}-minute intervals`)
    return false
  }
  const missing = step / intervalSeconds - 1
  collector.note(line, 'gap', `${missing} intervals are missing before ${at}`)
  return true
}
