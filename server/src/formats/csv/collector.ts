import type { Fault } from '../../platform/errors.ts'
import type { Flow, Quality, Unit } from './interval-file.ts'
import type { Stamp } from './stamps.ts'
import { type DecimalMark, ValueColumnReader } from './values.ts'

/** The rows of one series, as they come. */
export interface RawSeries {
  meterId?: string
  channel?: string
  unit: Unit
  flow: Flow
  lines: number[]
  stamps: number[]
  /** Whether the stamps are instants, rather than times on the wall clock. */
  zoned: boolean
  values: ValueColumnReader
  qualities: Quality[]
  /** How often each interval length was seen, where rows say both their start and their end. */
  lengths: Map<number, number>
}

/** What a row says of itself besides its stamp and its amount. */
export interface RowLabels {
  meterId: string
  channel: string
  unit: Unit
  flow: Flow
  quality: Quality
}

const MAX_FAULTS = 20

/** Gathers rows by meter, channel, unit and direction, and what is wrong with them. */
export class Collector {
  readonly series = new Map<string, RawSeries>()
  /** What makes the file unusable. */
  readonly faults: Fault[] = []
  /** What is tolerated. */
  readonly notes: Fault[] = []
  private mark: DecimalMark | undefined
  private readonly commaMayBeDecimal: boolean

  constructor(delimiter: string) {
    this.commaMayBeDecimal = delimiter !== ','
  }

  get full(): boolean {
    return this.faults.length >= MAX_FAULTS
  }

  refuse(line: number, code: string, message: string): void {
    if (!this.full) this.faults.push({ pointer: `line ${line}`, code, message })
  }

  note(line: number, code: string, message: string): void {
    this.notes.push({ pointer: `line ${line}`, code, message })
  }

  add(line: number, labels: RowLabels, stamp: Stamp, text: string, lengthSeconds?: number): void {
    if (text === '') {
      this.note(line, 'missing_value', 'the value is empty: the interval is missing')
      return
    }
    const { meterId, channel, unit, flow, quality } = labels
    const key = `${meterId}\n${channel}\n${unit}\n${flow}`
    let series = this.series.get(key)
    if (!series) {
      series = rawSeries(labels, stamp.zoned)
      this.series.set(key, series)
    }
    if (series.zoned !== stamp.zoned) {
      this.refuse(
        line,
        'stamps_mixed',
        'some stamps have an offset and some have none: write all of them one way',
      )
    } else if (!series.values.push(text, this.decimalMark(text))) {
      const hint = /[.,\s'].*\d{3}/.test(text) ? '; write it without thousands separators' : ''
      this.refuse(line, 'value_not_numeric', `${JSON.stringify(text)} is not a number${hint}`)
    } else {
      series.lines.push(line)
      series.stamps.push(stamp.seconds)
      series.qualities.push(quality)
      if (lengthSeconds !== undefined)
        series.lengths.set(lengthSeconds, (series.lengths.get(lengthSeconds) ?? 0) + 1)
    }
  }

  /** The first mark in a file decides for all of it, so that 1,234 and 1.234 are never both read. */
  private decimalMark(text: string): DecimalMark {
    if (this.mark === undefined) {
      if (text.includes('.')) this.mark = '.'
      else if (this.commaMayBeDecimal && text.includes(',')) this.mark = ','
    }
    return this.mark ?? '.'
  }
}

function rawSeries(labels: RowLabels, zoned: boolean): RawSeries {
  return {
    ...(labels.meterId === '' ? {} : { meterId: labels.meterId }),
    ...(labels.channel === '' ? {} : { channel: labels.channel }),
    unit: labels.unit,
    flow: labels.flow,
    lines: [],
    stamps: [],
    zoned,
    values: new ValueColumnReader(),
    qualities: [],
    lengths: new Map(),
  }
}
