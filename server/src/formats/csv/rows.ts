import type { Collector, RowLabels } from './collector.ts'
import { type Columns, flowOf, unitIn, type ValueColumn } from './columns.ts'
import type { CsvOptions, Flow, Unit } from './interval-file.ts'
import { qualityOf } from './qualities.ts'
import { clockSeconds, type Stamp, StampReader } from './stamps.ts'
import type { WallClock } from './wall-clock.ts'

const DAY_SECONDS = 86_400
/** Of wide files with numbered columns: the most columns, and the interval they then have. */
const SLOT_SECONDS: [columns: number, seconds: number][] = [
  [25, 3600],
  [50, 1800],
  [100, 900],
  [300, 300],
]

/** Reads the rows of a file whose columns are known into a collector. */
export class RowReader {
  private readonly columns: Columns
  private readonly options: CsvOptions
  private readonly collector: Collector
  private readonly stamps: StampReader
  private readonly clock: WallClock | undefined

  constructor(columns: Columns, options: CsvOptions, collector: Collector, clock: WallClock | undefined) {
    this.columns = columns
    this.options = options
    this.collector = collector
    this.clock = clock
    this.stamps = new StampReader(options.dateOrder ?? 'mdy')
  }

  /** This will read one row; what is wrong with it goes to the collector with its line. */
  read(cells: readonly string[], line: number): void {
    const { columns, collector } = this
    if (cells.length < columns.width) {
      const message = `the line has ${cells.length} cells, the header ${columns.width}`
      collector.refuse(line, 'cells_missing', message)
    } else if (columns.slots.length > 0) this.readWide(cells, line)
    else this.readLong(cells, line)
  }

  private readLong(cells: readonly string[], line: number): void {
    const { columns, collector } = this
    const stamp = this.stampOf(cells)
    if (!stamp) {
      const message = `${this.stampText(cells)} is no date and time${this.hint()}`
      collector.refuse(line, 'stamp_unreadable', message)
      return
    }
    const { start, end: endIndex } = columns
    const end = start === undefined || endIndex === undefined ? undefined : this.stampIn(cells, endIndex)
    const lengthSeconds = end && end.zoned === stamp.zoned ? end.seconds - stamp.seconds : undefined
    for (const value of columns.values) {
      const labels = this.labels(cells, value, line)
      if (labels) collector.add(line, labels, stamp, cells[value.index] as string, lengthSeconds)
    }
  }

  private stampOf(cells: readonly string[]): Stamp | undefined {
    const { date, time, start, end, stamp } = this.columns
    if (date !== undefined && time !== undefined) {
      const day = this.stamps.daySeconds(cells[date] as string)
      const clock = clockSeconds(cells[time] as string)
      if (day !== undefined && clock !== undefined) return { seconds: day + clock, zoned: false }
    }
    const index = start ?? stamp ?? end ?? date
    return index === undefined ? undefined : this.stampIn(cells, index)
  }

  private stampIn(cells: readonly string[], index: number): Stamp | undefined {
    const text = cells[index] as string
    const stamp = this.stamps.read(text)
    if (stamp || this.columns.date === undefined) return stamp
    const day = this.stamps.daySeconds(cells[this.columns.date] as string)
    const clock = clockSeconds(text)
    return day === undefined || clock === undefined ? undefined : { seconds: day + clock, zoned: false }
  }

  private stampText(cells: readonly string[]): string {
    const { date, time, start, end, stamp } = this.columns
    const indices = date === undefined ? [start ?? stamp ?? end] : [date, time]
    return JSON.stringify(
      indices
        .map((index) => (index === undefined ? '' : cells[index]))
        .join(' ')
        .trim(),
    )
  }

  private hint(): string {
    return this.options.dateOrder ? '' : ' (dates with slashes are read month first unless told otherwise)'
  }

  /** Undefined, after a refusal, when unit, direction or quality cannot be known. */
  private labels(cells: readonly string[], value: ValueColumn, line: number): RowLabels | undefined {
    const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] as string))
    const { columns, collector, options } = this
    const unit: Unit | undefined = unitIn(cell(columns.unit)) ?? value.unit ?? options.unit
    if (!unit || (cell(columns.unit) !== '' && !unitIn(cell(columns.unit)))) {
      const written = cell(columns.unit)
      const reason = written === '' ? 'no unit is given' : `the unit ${JSON.stringify(written)} is not known`
      collector.refuse(line, 'unit_unknown', `${reason}: use Wh, kWh, MWh, W, kW or MW`)
      return undefined
    }
    const direction = cell(columns.flow)
    const flow: Flow | undefined =
      direction === '' ? (value.flow ?? options.flow ?? 'delivered') : flowOf(direction)
    const quality = qualityOf(cell(columns.quality))
    if (flow && quality) {
      return { meterId: cell(columns.meter), channel: cell(columns.channel), unit, flow, quality }
    }
    if (!flow)
      collector.refuse(line, 'flow_unknown', `the direction ${JSON.stringify(direction)} is not known`)
    if (!quality) {
      const message = `the quality ${JSON.stringify(cell(columns.quality))} is not known: use measured, estimated, edited or missing`
      collector.refuse(line, 'quality_unknown', message)
    }
    return undefined
  }

  private readWide(cells: readonly string[], line: number): void {
    const { columns, collector } = this
    const date = cells[columns.date as number] as string
    const midnight = this.stamps.daySeconds(date)
    const labels = this.labels(cells, { index: -1 }, line)
    if (midnight === undefined) {
      collector.refuse(line, 'stamp_unreadable', `${JSON.stringify(date)} is no date${this.hint()}`)
    } else if (labels && columns.slots[0]?.clockSeconds !== undefined) {
      this.readClockSlots(cells, line, labels, midnight)
    } else if (labels) this.readNumberedSlots(cells, line, labels, midnight)
  }

  /** Named by clock times: `00:00` first means starts, anything else ends, and then a last `00:00` is `24:00`. */
  private readClockSlots(cells: readonly string[], line: number, labels: RowLabels, midnight: number): void {
    const { slots } = this.columns
    const length = (slots[1]?.clockSeconds ?? 0) - (slots[0]?.clockSeconds ?? 0)
    const atEnd = slots[0]?.clockSeconds !== 0
    for (const { index, clockSeconds: clock = 0 } of slots) {
      const text = cells[index] as string
      // A column for an hour that this day does not have is blank; the hour itself cannot be missed.
      if (text === '') continue
      const seconds = midnight + (atEnd ? (clock === 0 ? DAY_SECONDS : clock) - length : clock)
      this.collector.add(line, labels, { seconds, zoned: false }, text, length)
    }
  }

  /** Named by numbers: counted from midnight in elapsed time, the cells that the day does not need blank. */
  private readNumberedSlots(
    cells: readonly string[],
    line: number,
    labels: RowLabels,
    midnight: number,
  ): void {
    const { collector, clock } = this
    const { slots } = this.columns
    const length = SLOT_SECONDS.find(([columns]) => slots.length <= columns)?.[1]
    if (!clock || length === undefined) {
      const code = clock ? 'slots_unknown' : 'time_zone_missing'
      const message = clock
        ? `${slots.length} columns a day fit no interval`
        : 'the days need a time zone: name one'
      collector.refuse(line, code, message)
      return
    }
    const start = clock.startOfDay(midnight)
    const inDay = (clock.startOfDay(midnight + DAY_SECONDS) - start) / length
    const byClock = this.leavesGapBlank(cells, midnight, inDay, length)
    for (const { index, number } of slots) {
      const text = cells[index] as string
      if (text === '') continue
      const onClock = byClock ? clock.instants(midnight + number * length)[0] : undefined
      const seconds = onClock ?? start + number * length
      if (onClock !== undefined || number < inDay) {
        collector.add(line, labels, { seconds, zoned: true }, text, length)
      } else {
        const message = `the day has ${inDay} intervals, but column ${number + 1} holds a value`
        collector.refuse(line, 'too_many_intervals', message)
      }
    }
  }

  /** On the short day some files count by the clock and leave the skipped hour blank. */
  private leavesGapBlank(cells: readonly string[], midnight: number, inDay: number, length: number): boolean {
    const { slots } = this.columns
    if (inDay * length >= DAY_SECONDS || slots.length <= inDay) return false
    return slots.every(({ index, number }) => {
      const skipped = this.clock?.instants(midnight + number * length).length === 0
      return skipped ? cells[index] === '' : true
    })
  }
}
