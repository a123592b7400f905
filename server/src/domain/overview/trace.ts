import type { Tx } from '../../platform/db/index.ts'
import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalOf,
  decimalText,
  divide,
  multiply,
  ZERO,
} from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import { getCharge, lineDetails } from '../billing/index.ts'
import { calendarFor, compileTariff } from '../rating/index.ts'
import { getTariff, type SharedValues, tariffVersions, withSharedValues } from '../tariffs/index.ts'
import {
  dayGrid,
  expandQuality,
  getUsage,
  type IntervalSeries,
  loadSource,
  type Quality,
  type Usage,
} from '../usage/index.ts'
import type { LineRecord } from './bill-record.ts'
import { type BillKeyInAccount, selectChargeLines } from './store/bill.ts'
import { postingsOfLedger } from './store/ledger.ts'

/** The intervals behind a line: `counted` are those that its quantity was taken from. */
export interface TracedUsage {
  timeZone: string
  unit: string
  touCode: string | null
  intervalSeconds: number
  scale: number
  startSeconds: number[]
  values: (number | null)[]
  quality: Quality[]
  counted: boolean[]
  countedSum: Decimal
  daySums: { day: LocalDate; quantity: Decimal }[]
  agrees: boolean
}

export interface TraceRecord {
  line: LineRecord
  baseLines: LineRecord[]
  plan: {
    name: { en: string; es?: string | undefined }
    code: string
    version: number
    effectiveFrom: LocalDate
    effectiveTo: LocalDate | null
  }
  usage: TracedUsage | null
  readings: { badge: string; begin: string; end: string }[]
  ledger: { debitCode: string; creditCode: string; amountCents: number }[]
}

/** This will tell where a line of a bill comes from, down to its intervals. Refuses `line_not_found`. */
export async function traceLine(
  tx: Tx,
  input: BillKeyInAccount & { clientId: number; chargeId: number; lineNumber: number },
): Promise<TraceRecord> {
  const detailOf = await lineDetails(tx, input.customerId, [input.chargeId])
  const lines = (await selectChargeLines(tx, input)).map((one) => ({ ...one, detail: detailOf(one) }))
  const line = lines.find((one) => one.lineNumber === input.lineNumber)
  if (!line) throw new Refusal('not_found', 'line_not_found', 'There is no such line on this bill.')
  const charge = await getCharge(tx, { customerId: input.customerId, chargeId: input.chargeId })
  const part = charge.parts.find((one) => one.partNumber === line.partNumber)
  if (!part) throw new Error(`line ${input.chargeId}-${input.lineNumber} has no part`)
  const tariff = await getTariff(tx, input.clientId, part.tariffId)
  const version = (await tariffVersions(tx, input.clientId, [part.tariffId])).find(
    (one) => one.version === part.tariffVersion,
  )
  if (!version) throw new Error(`tariff ${part.tariffId} has no version ${part.tariffVersion}`)
  const usage =
    charge.usageId === null ? undefined : await getUsage(tx, { ...input, usageId: charge.usageId })
  const series = usage ? await sourceOf(tx, usage) : undefined
  const touAt = line.touCode ? touFinder(version.document, line, charge) : undefined
  return {
    line,
    baseLines: lines.filter((one) => line.detail.base?.lines.includes(one.lineNumber)),
    plan: { name: tariff.name, code: tariff.code, ...version, version: version.version },
    usage: series ? traceUsage(series, line, lines, charge.basis.timeZone, touAt) : null,
    readings: (usage?.quantities ?? []).flatMap(toReading),
    ledger: await postingsOfLedger(tx, { ...input, ledgerCode: line.ledgerCode }),
  }
}

/** The measurements of a usage, when they are one series that counts whole; else their shares could not be shown as read. */
async function sourceOf(tx: Tx, usage: Usage): Promise<IntervalSeries | undefined> {
  const loaded: IntervalSeries[] = []
  for (const source of usage.sources) {
    const series = await loadSource(tx, source)
    if (series?.flow === 'delivered' && source.sign === 1 && Number(source.percent) === 100)
      loaded.push(series)
  }
  return loaded.length === 1 ? loaded[0] : undefined
}

type Document = Awaited<ReturnType<typeof tariffVersions>>[number]['document']

/** Which time of use a moment is in, by the map that the line's quantity is split by. */
function touFinder(
  document: Document,
  line: LineRecord,
  charge: { startDate: LocalDate; endDate: LocalDate; basis: { timeZone: string; shared?: SharedValues } },
): ((seconds: number) => string | undefined) | undefined {
  const [version] = document.versions
  const rule = version?.rules.find((one) => one.code === line.ruleCode)
  const quantity = rule && 'quantity' in rule ? rule.quantity : undefined
  const derived = version?.quantities.find((one) => one.code === quantity)
  const code = derived && 'tou' in derived ? derived.tou : undefined
  const map =
    version?.touMaps.find((one) => one.code === code) ??
    version?.touMaps.find((one) => one.periods.some((period) => period.code === line.touCode))
  if (!version || !map) return undefined
  const { shared } = charge.basis
  const calendar = calendarFor(
    compileTariff(document, shared ? withSharedValues(version, shared) : version),
    charge.basis.timeZone,
    charge.startDate,
    charge.endDate,
  )
  const { fromSeconds, untilSeconds, period } = calendar.touRuns(map.code)
  let run = 0
  return (seconds) => {
    while (run < period.length - 1 && seconds >= (untilSeconds[run] ?? 0)) run++
    const inside = seconds >= (fromSeconds[run] ?? 0) && seconds < (untilSeconds[run] ?? 0)
    return inside ? map.periods[period[run] ?? -1]?.code : undefined
  }
}

function traceUsage(
  series: IntervalSeries,
  line: LineRecord,
  lines: readonly LineRecord[],
  timeZone: string,
  touAt: ((seconds: number) => string | undefined) | undefined,
): TracedUsage | null {
  const range = line.detail.intervals
  const isPeak = line.unit === 'kW' && series.unit === 'kWh'
  if (!range || line.quantity === null || (line.unit !== series.unit && !isPeak)) return null
  const traced: TracedUsage = {
    timeZone,
    unit: series.unit,
    touCode: line.touCode,
    intervalSeconds: series.intervalSeconds,
    scale: series.scale,
    startSeconds: [],
    values: [],
    quality: [],
    counted: [],
    countedSum: ZERO,
    daySums: [],
    agrees: false,
  }
  const qualities = expandQuality(series.quality, series.values.length)
  for (const [index, value] of series.values.entries()) {
    const seconds = series.startSeconds + index * series.intervalSeconds
    if (seconds < range.fromSeconds || seconds >= range.toSeconds) continue
    const quality = qualities[index] ?? 'measured'
    const inTou = !line.touCode || touAt === undefined || touAt(seconds) === line.touCode
    traced.startSeconds.push(seconds)
    traced.values.push(quality === 'missing' ? null : value)
    traced.quality.push(quality)
    traced.counted.push(inTou && quality !== 'missing')
  }
  return isPeak ? countPeak(traced, line) : countSum(traced, line, lines, series)
}

/** Lines of one rule and time of use share the quantity: blocks of a stepped price. */
function countSum(
  traced: TracedUsage,
  line: LineRecord,
  lines: readonly LineRecord[],
  series: IntervalSeries,
): TracedUsage {
  const byDay = new Map<number, number>()
  const starts = dayStarts(series, traced.timeZone)
  let day = 0
  for (const [index, seconds] of traced.startSeconds.entries()) {
    while (seconds >= (starts[day + 1]?.seconds ?? Number.POSITIVE_INFINITY)) day++
    if (traced.counted[index]) byDay.set(day, (byDay.get(day) ?? 0) + (traced.values[index] ?? 0))
  }
  traced.daySums = [...byDay].map(([at, sum]) => ({
    day: starts[at]?.day ?? '',
    quantity: decimalOf(sum, traced.scale),
  }))
  traced.countedSum = traced.daySums.reduce((total, { quantity }) => add(total, quantity), ZERO)
  const sharing = lines.filter(
    (one) =>
      one.ruleCode === line.ruleCode &&
      one.partNumber === line.partNumber &&
      one.touCode === line.touCode &&
      one.quantity !== null &&
      one.detail.intervals?.fromSeconds === line.detail.intervals?.fromSeconds,
  )
  const quantity = sharing.reduce((total, one) => add(total, decimal(one.quantity ?? '0')), ZERO)
  traced.agrees = compare(quantity, traced.countedSum) === 0
  return traced
}

/** The intervals whose average power is the peak. */
function countPeak(traced: TracedUsage, line: LineRecord): TracedUsage {
  const perHour = divide(decimalOf(3600), decimalOf(traced.intervalSeconds))
  const peak = decimal(line.quantity ?? '0')
  traced.counted = traced.values.map(
    (value, index) =>
      value !== null &&
      traced.counted[index] === true &&
      compare(multiply(decimalOf(value, traced.scale), perHour), peak) === 0,
  )
  traced.countedSum = traced.counted.includes(true) ? peak : ZERO
  traced.agrees = traced.counted.includes(true)
  return traced
}

function dayStarts(series: IntervalSeries, timeZone: string): { day: LocalDate; seconds: number }[] {
  const { days, starts } = dayGrid(timeZone, series.startDay, series.endDay)
  return days.map((day, index) => ({ day, seconds: starts[index] ?? 0 }))
}

function toReading(quantity: Usage['quantities'][number]): TraceRecord['readings'] {
  const { meterBadge, beginReading, endReading, scale } = quantity
  if (beginReading === undefined || endReading === undefined) return []
  const text = (reading: number) => decimalText(decimalOf(reading, scale))
  return [{ badge: meterBadge ?? '', begin: text(beginReading), end: text(endReading) }]
}
