import { type Fault, Refusal } from '../../platform/errors.ts'
import { isTimeZone, Temporal } from '../../platform/time.ts'
import { cellsOf, delimiterOf } from './cells.ts'
import { Collector } from './collector.ts'
import { type Columns, columnsOf, flowOf, unitIn } from './columns.ts'
import type { CsvOptions, IntervalFile, IntervalSeries } from './interval-file.ts'
import { lineBatches, type TextSource } from './lines.ts'
import { resolveSeries, type StampRule } from './resolve.ts'
import { RowReader } from './rows.ts'
import { WallClock } from './wall-clock.ts'

/** Exports often begin with lines about the customer. */
const MAX_PREAMBLE_LINES = 20

/**
 * This will read interval data from CSV text: columns in any order, one row an interval or one row a day, or a single
 * column of amounts whose start the caller tells. Local stamps need `timeZone`; in the repeated autumn hour the order
 * of the file decides. A lone stamp marks the start of its interval, unless its name or the caller says the end, or the
 * first is one interval after midnight and the last is midnight.
 * Gaps, exact repetitions and empty values are tolerated and reported; everything else is refused: `csv_no_header`,
 * `csv_truncated`, `csv_encoding`, `csv_empty`, `time_zone_unknown`, `csv_start_unknown`, and `csv_refused` with lines.
 */
export async function readIntervalCsv(source: TextSource, options: CsvOptions = {}): Promise<IntervalFile> {
  if (options.timeZone !== undefined && !isTimeZone(options.timeZone)) {
    const message = `The time zone ${JSON.stringify(options.timeZone)} is not known: use a name such as America/Chicago.`
    throw new Refusal('rule', 'time_zone_unknown', message)
  }
  const clock = options.timeZone === undefined ? undefined : new WallClock(options.timeZone)
  const reader = new FileReader(options, clock)
  for await (const { lines, firstLine, complete } of lineBatches(source)) {
    for (const [index, line] of lines.entries()) reader.take(line, firstLine + index, complete)
  }
  return reader.finish()
}

class FileReader {
  private readonly options: CsvOptions
  private readonly clock: WallClock | undefined
  private readonly preamble: string[] = []
  private delimiter = ','
  private columns: Columns | undefined
  private rows: RowReader | undefined
  private single: SingleColumn | undefined
  private collector = new Collector(',')
  private lines = 0

  constructor(options: CsvOptions, clock: WallClock | undefined) {
    this.options = options
    this.clock = clock
  }

  take(line: string, number: number, complete: boolean): void {
    this.lines = number
    if (line.trim() === '' || this.collector.full) return
    if (!this.rows && !this.single) this.takeHeader(line, number)
    else this.takeRow(line, number, complete)
  }

  private takeRow(line: string, number: number, complete: boolean): void {
    const cells = cellsOf(line, this.delimiter)
    if (!complete) this.checkLast(cells, number)
    if (!cells) this.collector.refuse(number, 'quote_open', 'a quotation mark is not closed on its line')
    else if (this.single) this.single.read(cells, number)
    else this.rows?.read(cells, number)
  }

  private takeHeader(line: string, number: number): void {
    this.preamble.push(line)
    this.delimiter = delimiterOf([line])
    const cells = cellsOf(line, this.delimiter) ?? []
    this.collector = new Collector(this.delimiter)
    this.columns = columnsOf(cells)
    if (this.columns) {
      this.rows = new RowReader(this.columns, this.options, this.collector, this.clock)
    } else if (cells.length === 1 && this.preamble.length === 1) {
      this.single = SingleColumn.from(cells[0] as string, this.options, this.clock, this.collector)
      if (this.single && /^[-+.\d]/.test(cells[0] as string)) this.single.read(cells, number)
    }
    if (!this.rows && !this.single && this.preamble.length >= MAX_PREAMBLE_LINES) throw noHeader()
  }

  private checkLast(cells: string[] | undefined, number: number): void {
    if (!cells || (this.columns && cells.length < this.columns.width) || cells.at(-1) === '') {
      const message = `The file was cut off in line ${number}: get it again whole.`
      throw new Refusal('malformed', 'csv_truncated', message, [{ pointer: `line ${number}`, message }])
    }
    this.collector.note(number, 'no_line_end', 'the last line has no line end: check that the file is whole')
  }

  finish(): IntervalFile {
    if (!this.rows && !this.single) throw this.lines === 0 ? empty() : noHeader()
    const { collector } = this
    const series: IntervalSeries[] = []
    for (const raw of collector.series.values()) {
      if (raw.lines.length === 0) continue
      const resolved = resolveSeries(raw, this.rule(), this.options, collector, this.clock)
      if (resolved) series.push(resolved)
    }
    if (collector.faults.length > 0) throw refused(collector.faults)
    if (series.length === 0) throw empty()
    return { series, faults: collector.notes, summary: summaryOf(series, this.lines) }
  }

  private rule(): StampRule {
    const { columns, options } = this
    if (!columns || columns.slots.length > 0 || columns.start !== undefined) return { at: 'start' }
    if (
      columns.timeIsEnd ||
      (columns.end !== undefined && columns.stamp === undefined && columns.time === undefined)
    ) {
      return { at: 'end' }
    }
    return { at: options.stamp ?? (columns.end === undefined ? 'detect' : 'start') }
  }
}

/** A file of one column without stamps: intervals follow each other from a told start, in elapsed time. */
class SingleColumn {
  private next: number
  private readonly add: (line: number, seconds: number, text: string) => void
  private readonly intervalSeconds: number

  private constructor(start: number, intervalSeconds: number, add: SingleColumn['add']) {
    this.next = start
    this.intervalSeconds = intervalSeconds
    this.add = add
  }

  static from(
    header: string,
    options: CsvOptions,
    clock: WallClock | undefined,
    collector: Collector,
  ): SingleColumn | undefined {
    const unit = unitIn(header) ?? options.unit
    if (!unit) return undefined
    const start = startOf(options, clock)
    if (start === undefined || options.intervalMinutes === undefined) {
      const message =
        'The file has one column and no stamps: tell the start of its first interval and the interval in minutes.'
      throw new Refusal('rule', 'csv_start_unknown', message)
    }
    const flow = flowOf(header) ?? options.flow ?? 'delivered'
    const labels = { meterId: '', channel: '', unit, flow, quality: 'measured' as const }
    return new SingleColumn(start, options.intervalMinutes * 60, (line, seconds, text) => {
      collector.add(line, labels, { seconds, zoned: true }, text)
    })
  }

  read(cells: readonly string[], line: number): void {
    this.add(line, this.next, cells[0] as string)
    this.next += this.intervalSeconds
  }
}

function startOf({ start, timeZone }: CsvOptions, clock: WallClock | undefined): number | undefined {
  if (start === undefined) return undefined
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(start)) return Temporal.Instant.from(start).epochMilliseconds / 1000
    if (!clock || timeZone === undefined) return undefined
    return Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone).epochMilliseconds / 1000
  } catch {
    const message = `The start ${JSON.stringify(start)} is no date and time: write it as 2025-01-01T00:00.`
    throw new Refusal('malformed', 'csv_start_unknown', message)
  }
}

function summaryOf(series: IntervalSeries[], lines: number): IntervalFile['summary'] {
  let readings = 0
  let startSeconds = Number.POSITIVE_INFINITY
  let endSeconds = Number.NEGATIVE_INFINITY
  for (const one of series) {
    readings += one.values.length
    startSeconds = Math.min(startSeconds, one.startSeconds[0] ?? startSeconds)
    endSeconds = Math.max(endSeconds, (one.startSeconds.at(-1) ?? endSeconds) + one.intervalSeconds)
  }
  return { lines, readings, startSeconds, endSeconds }
}

function refused(faults: Fault[]): Refusal {
  const [first] = faults
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : ''
  return new Refusal('rule', 'csv_refused', `At ${first?.pointer}, ${first?.message}${more}.`, faults)
}

function noHeader(): Refusal {
  const message = 'The file has no header line that names a time and an amount: add one, such as "start,kWh".'
  return new Refusal('malformed', 'csv_no_header', message)
}

function empty(): Refusal {
  return new Refusal('malformed', 'csv_empty', 'The file holds no readings: choose a file with at least one.')
}
