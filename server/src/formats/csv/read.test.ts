import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedDir } from '../../../test/support/shared.ts'
import { Refusal } from '../../platform/errors.ts'
import { Temporal } from '../../platform/time.ts'
import type { CsvOptions, IntervalSeries } from './interval-file.ts'
import { readIntervalCsv } from './read.ts'

const chicago: CsvOptions = { timeZone: 'America/Chicago' }
const at = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 1000

async function only(text: string, options: CsvOptions = chicago): Promise<IntervalSeries> {
  const { series } = await readIntervalCsv(text, options)
  expect(series).toHaveLength(1)
  return series[0] as IntervalSeries
}

async function refusal(text: string, options: CsvOptions = chicago): Promise<Refusal> {
  try {
    await readIntervalCsv(text, options)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('the file was read')
}

async function faultOf(text: string, options: CsvOptions = chicago): Promise<string> {
  const { code, faults } = await refusal(text, options)
  return faults[0] ? `${faults[0].pointer} ${faults[0].code}` : code
}

const hourlyRows = (stamps: string[], header = 'start,kWh') =>
  `${header}\n${stamps.map((stamp, index) => `${stamp},${index}\n`).join('')}`

describe('readIntervalCsv: columns', () => {
  it.each([
    [
      'any order and case',
      'Usage (kWh),METER ID,Interval Start\n1.5,M1,2025-06-03 00:00\n2.25,M1,2025-06-03 01:00\n',
    ],
    ['date and time', 'meter,date,time,value,unit\nM1,6/3/2025,0:00,1.5,kWh\nM1,6/3/2025,1:00 AM,2.25,KWH\n'],
    ['semicolon and decimal comma', 'meter;start;kWh\nM1;03.06.2025 00:00;1,5\nM1;03.06.2025 01:00;2,25\n'],
    [
      'tabs, quotes and CRLF',
      '"meter"\t"start"\t"kWh"\r\n"M1"\t"2025-06-03T00:00"\t"1.5"\r\nM1\t"2025-06-03T01:00"\t2.25\r\n',
    ],
    [
      'byte order mark and preamble',
      '\uFEFFExport of June\nName,"Doe, J."\nstart,meter,kWh\n2025-06-03 00:00,M1,1.5\n2025-06-03 01:00,M1,2.25\n',
    ],
    [
      'start and end',
      'meter,start,end,kWh\nM1,2025-06-03 00:00,2025-06-03 01:00,1.5\nM1,2025-06-03 01:00,2025-06-03 02:00,2.25\n',
    ],
    [
      'inclusive end times beside a date',
      'meter,date,start time,end time,usage,units\nM1,2025-06-03,00:00,00:59,1.5,kWh\nM1,2025-06-03,01:00,01:59,2.25,kWh\n',
    ],
    ['UTC stamps', 'meter,timestamp,kWh\nM1,2025-06-03T05:00Z,1.5\nM1,2025-06-03T06:00Z,2.25\n'],
    ['offsets', 'meter,timestamp,kWh\nM1,2025-06-03T00:00-05:00,1.5\nM1,2025-06-03T01:00-05:00,2.25\n'],
    ['epoch seconds', 'meter,timestamp,kWh\nM1,1748926800,1.5\nM1,1748930400,2.25\n'],
    ['epoch milliseconds', 'meter,timestamp,kWh\nM1,1748926800000,1.5\nM1,1748930400000,2.25\n'],
    ['ends, named so', 'meter,interval end,kWh\nM1,2025-06-03 01:00,1.5\nM1,2025-06-03 02:00,2.25\n'],
    ['hour ending', 'meter,date,hour ending,kWh\nM1,2025-06-03,01,1.5\nM1,2025-06-03,02,2.25\n'],
    ['newest first', 'meter,start,kWh\nM1,2025-06-03 01:00,2.25\nM1,2025-06-03 00:00,1.5\n'],
  ])('%s', async (_name, text) => {
    expect(await only(text)).toEqual({
      meterId: 'M1',
      unit: 'kWh',
      flow: 'delivered',
      intervalSeconds: 3600,
      startSeconds: [at('2025-06-03T05:00Z'), at('2025-06-03T06:00Z')],
      values: [150, 225],
      scale: 2,
      qualities: ['measured', 'measured'],
    })
  })

  it('keeps meters, directions and qualities apart', async () => {
    const text = [
      'meter,start,delivered kWh,received kWh,quality',
      'A,2025-06-03 00:00,1,0,A',
      'A,2025-06-03 00:15,2,0.5,E',
      'B,2025-06-03 00:00,3,0,17',
      'B,2025-06-03 00:15,4,0,edited\n',
    ].join('\n')
    const { series, summary } = await readIntervalCsv(text, chicago)
    const facts = series.map(({ meterId, flow, values, scale, qualities }) => [
      meterId,
      flow,
      values,
      scale,
      qualities,
    ])
    expect(facts).toEqual([
      ['A', 'delivered', [1, 2], 0, ['measured', 'estimated']],
      ['A', 'received', [0, 5], 1, ['measured', 'estimated']],
      ['B', 'delivered', [3, 4], 0, ['measured', 'edited']],
      ['B', 'received', [0, 0], 0, ['measured', 'edited']],
    ])
    expect(summary).toMatchObject({ lines: 5, readings: 8, startSeconds: at('2025-06-03T05:00Z') })
    expect(summary.endSeconds).toBe(at('2025-06-03T05:30Z'))
  })

  it('tells ends from starts by a first stamp after midnight and a last at midnight', async () => {
    const ends = Array.from(
      { length: 24 },
      (_, hour) => `2025-06-${hour === 23 ? '04' : '03'} ${(hour + 1) % 24}:00`,
    )
    const series = await only(hourlyRows(ends, 'timestamp,kWh'))
    expect(series.startSeconds[0]).toBe(at('2025-06-03T05:00Z'))
    const told = await only(hourlyRows(ends, 'timestamp,kWh'), { ...chicago, stamp: 'start' })
    expect(told.startSeconds[0]).toBe(at('2025-06-03T06:00Z'))
  })

  it('reads one column whose start is told, in elapsed time', async () => {
    const options: CsvOptions = { ...chicago, start: '2025-03-09T00:00', intervalMinutes: 60 }
    const series = await only('kw\n-0.25\n1\n2\n3\n', options)
    expect(series).toMatchObject({ unit: 'kW', values: [-25, 100, 200, 300], scale: 2 })
    expect(series.startSeconds).toEqual([6, 7, 8, 9].map((hour) => at(`2025-03-09T0${hour}:00Z`)))
    expect((await only('1\n2\n', { ...options, unit: 'kW' })).values).toEqual([1, 2])
    expect(await faultOf('kw\n1\n2\n')).toBe('csv_start_unknown')
  })

  it('keeps 17 digits, as far as safe integers go, and says so', async () => {
    const text = 'start,kW\n2025-06-03 00:00,432.44759912802954\n2025-06-03 01:00,1\n'
    const { series, faults } = await readIntervalCsv(text, chicago)
    // 432.44759912802954 x 10^14 is beyond 2^53; x 10^13 = 4324475991280295.4 rounds down.
    expect(series[0]).toMatchObject({ scale: 13, values: [4_324_475_991_280_295, 10_000_000_000_000] })
    expect(faults.map((fault) => fault.code)).toEqual(['rounded'])
  })
})

describe('readIntervalCsv: one row a day', () => {
  const row = (day: string, count: number) =>
    `${day},${Array.from({ length: count }, (_, index) => index).join(',')}`
  const numbered = (count: number) =>
    `date,${Array.from({ length: count }, (_, index) => index + 1).join(',')}`
  const options: CsvOptions = { ...chicago, unit: 'kWh' }

  it('reads numbered columns of the short, the plain and the long day', async () => {
    const text = `${numbered(25)}\n${row('2025-03-09', 23)},,\n${row('2025-06-03', 24)},\n${row('2025-11-02', 25)}\n`
    const { series } = await readIntervalCsv(text, options)
    expect(series[0]?.values.length).toBe(23 + 24 + 25)
    const long = series[0]?.startSeconds.slice(-25)
    expect(long?.[0]).toBe(at('2025-11-02T05:00Z'))
    expect(long?.[24]).toBe(at('2025-11-03T05:00Z'))
  })

  it('reads 96 clock columns, stamped by ends', async () => {
    const names = Array.from({ length: 96 }, (_, index) => {
      const minutes = (index + 1) * 15
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    })
    const series = await only(`date,${names.join(',')}\n${row('2025-06-03', 96)}\n`, options)
    expect(series).toMatchObject({
      intervalSeconds: 900,
      values: Array.from({ length: 96 }, (_, index) => index),
    })
    expect(series.startSeconds[0]).toBe(at('2025-06-03T05:00Z'))
    expect(series.startSeconds[95]).toBe(at('2025-06-04T04:45Z'))
  })

  it('reads a short day that leaves the skipped hour blank, and refuses one too many', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 2 ? '' : String(hour)))
    const series = await only(`${numbered(24)}\n2025-03-09,${hours.join(',')}\n`, options)
    expect(series.values).toEqual([0, 1, ...Array.from({ length: 21 }, (_, index) => index + 3)])
    expect(series.startSeconds[2]).toBe(at('2025-03-09T08:00Z'))
    expect(await faultOf(`${numbered(24)}\n${row('2025-03-09', 24)}\n`, options)).toBe(
      'line 2 too_many_intervals',
    )
  })
})

describe('readIntervalCsv: clock changes', () => {
  it('takes the repeated hour in file order', async () => {
    const forward = ['00:00', '01:00', '01:00', '02:00'].map((time) => `2025-11-02 ${time}`)
    const expected = [5, 6, 7, 8].map((hour) => at(`2025-11-02T0${hour}:00Z`))
    expect(await only(hourlyRows(forward))).toMatchObject({ startSeconds: expected, values: [0, 1, 2, 3] })
    expect(await only(hourlyRows(forward.toReversed()))).toMatchObject({
      startSeconds: expected,
      values: [3, 2, 1, 0],
    })
  })

  it('reads both ways of stamping ends on the long day', async () => {
    const expected = [5, 6, 7, 8].map((hour) => at(`2025-11-02T0${hour}:00Z`))
    for (const hours of [
      [1, 2, 2, 3],
      [1, 1, 2, 3],
    ]) {
      const series = await only(
        hourlyRows(
          hours.map((hour) => `2025-11-02 0${hour}:00`),
          'end,kWh',
        ),
      )
      expect(series.startSeconds).toEqual(expected)
    }
  })

  it('reads the short day and refuses a stamp in the gap with its line', async () => {
    const short = ['00:00', '01:00', '03:00', '04:00'].map((time) => `2025-03-09 ${time}`)
    expect((await only(hourlyRows(short))).startSeconds).toEqual(
      [6, 7, 8, 9].map((hour) => at(`2025-03-09T0${hour}:00Z`)),
    )
    const gap = ['00:00', '01:00', '02:00', '03:00'].map((time) => `2025-03-09 ${time}`)
    const refused = await refusal(hourlyRows(gap))
    expect(refused.message).toBe(
      'At line 4, 2025-03-09T02:00:00 does not exist in the time zone: the clock skips that hour.',
    )
  })
})

describe('readIntervalCsv: what is wrong', () => {
  const rows = (...lines: string[]) => `start,kWh\n${lines.join('\n')}\n`

  it('reports gaps, repetitions and empty values with their lines', async () => {
    const text = rows(
      '2025-06-03 00:00,1',
      '2025-06-03 01:00,2',
      '2025-06-03 01:00,2',
      '2025-06-03 02:00,',
      '2025-06-03 05:00,3',
    )
    const { series, faults } = await readIntervalCsv(text, chicago)
    expect(series[0]?.values).toEqual([1, 2, 3])
    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      'line 5 missing_value',
      'line 4 duplicate',
      'line 6 gap',
    ])
    expect(faults[2]?.message).toMatch(/^3 intervals are missing/)
  })

  it.each([
    [
      'line 3 overlap',
      rows('2025-06-03 00:00,1', '2025-06-03 00:00,2', '2025-06-03 01:00,2', '2025-06-03 02:00,2'),
    ],
    [
      'line 4 overlap',
      rows(
        '2025-06-03 00:00,1',
        '2025-06-03 01:00,2',
        '2025-06-03 01:30,2',
        '2025-06-03 03:00,2',
        '2025-06-03 04:00,2',
      ),
    ],
    [
      'line 5 off_grid',
      rows(
        '2025-06-03 00:00,1',
        '2025-06-03 01:00,2',
        '2025-06-03 02:00,2',
        '2025-06-03 03:30,2',
        '2025-06-03 04:30,2',
      ),
    ],
    ['line 2 interval_unknown', rows('2025-06-03 00:00,1', '2025-06-03 00:07,2')],
    ['line 3 value_not_numeric', rows('2025-06-03 00:00,1', '2025-06-03 01:00,"1,234.5"')],
    ['line 3 value_not_numeric', rows('2025-06-03 00:00,1', '2025-06-03 01:00,1e3')],
    ['line 2 value_not_numeric', rows('2025-06-03 00:00,n/a')],
    ['line 3 value_not_numeric', 'start;kWh\n2025-06-03 00:00;1,5\n2025-06-03 01:00;1.234,5\n'],
    ['line 2 stamp_unreadable', rows('31/12/2025 00:00,1')],
    ['line 2 stamp_unreadable', rows('2025-02-30 00:00,1')],
    ['line 3 stamps_mixed', rows('2025-06-03 00:00,1', '2025-06-03T06:00Z,2')],
    ['line 3 cells_missing', 'start,kWh,note\n2025-06-03 00:00,1,x\n2025-06-03 01:00,1\n'],
    ['line 2 quote_open', rows('2025-06-03 00:00,"1')],
    ['line 2 unit_unknown', 'start,value\n2025-06-03 00:00,1\n'],
    ['line 2 unit_unknown', 'start,value,unit\n2025-06-03 00:00,1,therm\n'],
    ['line 2 quality_unknown', 'start,kWh,quality\n2025-06-03 00:00,1,??\n'],
    ['line 2 flow_unknown', 'start,kWh,direction\n2025-06-03 00:00,1,sideways\n'],
    ['line 3 csv_truncated', 'start,kWh\n2025-06-03 00:00,1\n2025-06-03 01:0'],
    ['csv_no_header', '2025-06-03 00:00,1\n2025-06-03 01:00,1\n'],
    ['csv_empty', 'start,kWh\n'],
    ['csv_empty', ''],
  ])('refuses %s', async (expected, text) => {
    const refused = await refusal(text)
    const found = refused.faults[0]
      ? `${refused.faults[0].pointer} ${refused.faults[0].code ?? refused.code}`
      : refused.code
    expect(found).toBe(expected)
    expect(refused.message).toMatch(/^[A-Z].*\.$/)
  })

  it('refuses local stamps without a zone, and an unknown zone', async () => {
    expect(await faultOf(rows('2025-06-03 00:00,1', '2025-06-03 01:00,2'), {})).toBe(
      'line 2 time_zone_missing',
    )
    expect(await faultOf(rows('2025-06-03 00:00,1'), { timeZone: 'America/Chicgo' })).toBe(
      'time_zone_unknown',
    )
  })

  it('refuses bytes that are no UTF-8', async () => {
    await expect(readIntervalCsv(Buffer.from([0x6b, 0xff, 0x0a]))).rejects.toMatchObject({
      code: 'csv_encoding',
    })
  })
})

describe('readIntervalCsv: round trip', () => {
  const zones = ['America/Chicago', 'America/Phoenix', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC']
  const file = fc.record({
    zone: fc.constantFrom(...zones),
    minutes: fc.constantFrom(5, 15, 30, 60),
    // Any hour of 2025, so that clock changes are met.
    firstHour: fc.integer({ min: 0, max: 8700 }),
    values: fc.array(fc.integer({ min: -99_999, max: 99_999 }), { minLength: 60, maxLength: 120 }),
    order: fc.shuffledSubarray(['meter', 'start', 'kWh', 'quality'], { minLength: 4 }),
    stamp: fc.constantFrom('local', 'offset', 'utc', 'epoch'),
    delimiter: fc.constantFrom(',', ';', '\t'),
    pieces: fc.integer({ min: 1, max: 500 }),
  })

  it('reads what was written, in any zone, interval, column order and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        async ({ zone, minutes, firstHour, values, order, stamp, delimiter, pieces }) => {
          const first = at('2025-01-01T00:00Z') + firstHour * 3600
          const starts = values.map((_, index) => first + index * minutes * 60)
          const lines = starts.map((start, index) => {
            const zoned = Temporal.Instant.fromEpochMilliseconds(start * 1000).toZonedDateTimeISO(zone)
            const cells: Record<string, string> = {
              meter: 'M1',
              start: {
                local: zoned.toPlainDateTime().toString(),
                offset: zoned.toString({ timeZoneName: 'never' }),
                utc: zoned.toInstant().toString(),
                epoch: String(start),
              }[stamp],
              kWh: fixedPoint(values[index] as number, delimiter === ';' ? ',' : '.'),
              quality: 'A',
            }
            return order.map((name) => cells[name]).join(delimiter)
          })
          const text = `${order.join(delimiter)}\n${lines.join('\n')}\n`
          const chunks = (async function* () {
            for (let from = 0; from < text.length; from += pieces)
              yield Buffer.from(text.slice(from, from + pieces))
          })()
          const { series, faults } = await readIntervalCsv(chunks, { timeZone: zone })
          expect(faults).toEqual([])
          expect(series).toMatchObject([
            { meterId: 'M1', intervalSeconds: minutes * 60, startSeconds: starts, values, scale: 3 },
          ])
        },
      ),
      { seed: 7, numRuns: 150 },
    )
  })

  /** 1234 thousandths -> 1.234 */
  function fixedPoint(thousandths: number, mark: string): string {
    const digits = String(Math.abs(thousandths)).padStart(4, '0')
    return `${thousandths < 0 ? '-' : ''}${digits.slice(0, -3)}${mark}${digits.slice(-3)}`
  }
})

const loadsDir = sharedDir && join(sharedDir, 'tariffs/loads')
describe.skipIf(!loadsDir)('shared loads (needs ../shared)', () => {
  const files = loadsDir ? readdirSync(loadsDir) : []
  it('are there', () => expect(files.length).toBeGreaterThan(10))
  it.each(files)('%s reads whole', async (name) => {
    const minutes = name.endsWith('-15.csv') ? 15 : 60
    const options: CsvOptions = { start: '2018-01-01T00:00Z', intervalMinutes: minutes, unit: 'kW' }
    const text = readFileSync(join(loadsDir ?? '', name))
    const { summary } = await readIntervalCsv(text, options)
    expect(summary.readings).toBe((365 * 24 * 60) / minutes)
    expect(summary.endSeconds).toBe(at('2019-01-01T00:00Z'))
  })
})
