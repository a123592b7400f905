import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedDir } from '../../../test/support/shared.ts'
import { Refusal } from '../../platform/errors.ts'
import { decodeDstRule } from './local-time.ts'
import { readGreenButton } from './read.ts'
import type { GreenButtonReading } from './series.ts'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
const hourly = fixture('hourly.xml')
const sum = (readings: GreenButtonReading[]) => readings.reduce((total, reading) => total + reading.value, 0)

async function refusal(source: Parameters<typeof readGreenButton>[0]): Promise<Refusal> {
  try {
    await readGreenButton(source)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('the file was read')
}

describe('readGreenButton', () => {
  it('reads an hourly series of a 25-hour day', async () => {
    const { series, defects } = await readGreenButton(hourly)
    expect(defects).toEqual([])
    expect(series).toHaveLength(1)
    const [only] = series
    expect(only).toMatchObject({ unit: 'Wh', service: 'electricity', flow: 'delivered', measure: 'interval' })
    expect(only).toMatchObject({ serviceKind: 0, tariffProfile: 'R-1' })
    expect(only?.usagePointHref).toMatch(/UsagePoint\/1$/)
    // 400, 410 ... 640: 25 values with a mean of 520.
    expect(sum(only?.readings ?? [])).toBe(25 * 520)
    expect(only?.readings[0]).toEqual({
      startSeconds: 1762059600,
      durationSeconds: 3600,
      value: 400,
      quality: 17,
    })
    expect(only?.readings[7]?.quality).toBe(8)
    expect(only?.localTime).toEqual({
      tzOffsetSeconds: -21600,
      dstOffsetSeconds: 3600,
      // The second Sunday in March and the first in November, at two o'clock.
      dstStart: { month: 3, occurrence: 2, dayOfMonth: 0, weekday: 7, hour: 2, second: 0 },
      dstEnd: { month: 11, occurrence: 1, dayOfMonth: 0, weekday: 7, hour: 2, second: 0 },
    })
  })

  it('keeps delivered and received apart', async () => {
    const { series } = await readGreenButton(fixture('quarter-hour-export.xml'))
    const facts = series.map(({ flow, readings, readingType }) => [
      flow,
      readings.length,
      sum(readings),
      readingType.powerOfTenMultiplier,
    ])
    // 24 x 100000 - 1000 x (0 + ... + 23) = 2400000 - 276000; 5000 x (0 + ... + 11) = 330000.
    expect(facts).toEqual([
      ['delivered', 24, 2_124_000, -3],
      ['received', 24, 330_000, -3],
    ])
  })

  it('puts right what live feeds get wrong, and reports it', async () => {
    const { series, defects } = await readGreenButton(fixture('dirty-gas.xml'))
    expect(series).toHaveLength(1)
    expect(series[0]).toMatchObject({
      service: 'gas',
      unit: 'therm',
      usagePointId: 'up',
      tariffProfile: 'G-1',
    })
    expect(series[0]?.readings).toEqual([
      { startSeconds: 1748926800, durationSeconds: 3600, value: 10 },
      { startSeconds: 1748930400, durationSeconds: 3600, value: 20 },
      { startSeconds: 1748934000, durationSeconds: 3600, value: 30 },
    ])
    expect(defects.every((defect) => defect.severity === 'tolerated')).toBe(true)
    expect(defects.map((defect) => defect.code).sort()).toEqual([
      'duplicate_readings',
      'fractional_epoch',
      'milliseconds',
      'nested_reading_type',
      'no_duration',
      'no_flow_direction',
      'no_self_link',
      'no_service_kind',
      'no_value',
      'separators_in_link',
      'single_link',
      'spelling',
      'stray_element',
      'stray_text',
      'unsorted',
    ])
  })

  it.each([
    ['unit_impossible', '<uom>72</uom>', '<uom>119</uom>', /electricity cannot be measured in ft³/],
    ['unit_unknown', '<uom>72</uom>', '', /its ReadingType has no uom/],
    ['unit_unknown', '<uom>72</uom>', '<uom>9999</uom>', /unit code 9999/],
    [
      'value_not_integer',
      '<value>400</value>',
      '<value>4x0</value>',
      /the value "4x0" is not a whole number/,
    ],
    ['value_not_integer', '<value>400</value>', '<value>NaN</value>', /"NaN"/],
    [
      'time_unreadable',
      '<start>1762063200</start></timePeriod>',
      '<start>soon</start></timePeriod>',
      /"soon"/,
    ],
    [
      'conflicting_readings',
      '<start>1762063200</start></timePeriod>',
      '<start>1762059600</start></timePeriod>',
      /two different readings start at 2025-11-02T05:00:00Z: 400 and 410/,
    ],
    [
      'overlapping_readings',
      '<duration>3600</duration><start>1762063200',
      '<duration>3601</duration><start>1762063200',
      /overlap/,
    ],
    [
      'zero_duration',
      '<duration>3600</duration><start>1762063200',
      '<duration>0</duration><start>1762063200',
      /lasts 0 seconds/,
    ],
  ])('refuses %s (%s -> %s)', async (code, from, to, message) => {
    expect(hourly).toContain(from)
    const refused = await refusal(hourly.replace(from, to))
    expect(refused.code).toBe('espi_refused')
    expect(refused.faults.map((fault) => fault.code)).toContain(code)
    expect(refused.message).toMatch(message)
  })

  it('refuses one series and keeps the others', async () => {
    const text = fixture('quarter-hour-export.xml').replace('<value>5000</value>', '<value>?</value>')
    const { series, defects } = await readGreenButton(text)
    expect(series.map(({ flow }) => flow)).toEqual(['delivered'])
    expect(defects).toMatchObject([{ code: 'value_not_integer', severity: 'refused' }])
  })

  it.each([
    ['xml_doctype', hourly.replace('<feed', '<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed')],
    [
      'xml_doctype',
      hourly.replace('<IntervalBlock', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><IntervalBlock'),
    ],
    ['xml_broken', hourly.replace('</IntervalReading>', '</IntervalRading>')],
    ['xml_broken', hourly.replace('</feed>', '</feed><feed/>')],
    ['xml_broken', hourly.replace('rel="self"', 'rel="self')],
    ['xml_empty', ''],
    ['xml_empty', 'start,kWh\n'],
    ['espi_wrong_root', '<html><body/></html>'],
    ['xml_encoding', Uint8Array.from([0x3c, 0x66, 0xff, 0x3e])],
    ['xml_encoding', Buffer.from('<?xml version="1.0" encoding="klingon"?><feed/>')],
  ])('refuses a file with %s', async (code, source) => {
    const refused = await refusal(source)
    expect(refused.code).toBe(code)
    expect(refused.message).toMatch(/^[A-Z][^\n]*\.$/)
  })

  it('names the line of broken XML', async () => {
    const lines = hourly.split('\n')
    const at = lines.findIndex((line) => line.includes('<value>500</value>'))
    lines[at] = (lines[at] as string).replace('</value>', '</valu>')
    expect((await refusal(lines.join('\n'))).message).toContain(`line ${at + 1}:`)
  })

  it('never yields a part of a file that was cut off', async () => {
    const whole = hourly.trimEnd()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: whole.length - 1 }), async (length) => {
        const refused = await refusal(whole.slice(0, length))
        expect(['xml_truncated', 'xml_broken']).toContain(refused.code)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('reads the same in any pieces, in UTF-16 and Latin-1', async () => {
    const expected = await readGreenButton(hourly)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) => {
        const pieces = (async function* () {
          for (let at = 0; at < hourly.length; at += size) yield Buffer.from(hourly.slice(at, at + size))
        })()
        expect(await readGreenButton(pieces)).toEqual(expected)
      }),
      { seed: 7, numRuns: 20 },
    )
    const utf16 = Buffer.from(`\uFEFF${hourly.replace('UTF-8', 'UTF-16')}`, 'utf16le')
    expect(await readGreenButton(utf16)).toEqual(expected)
    const latin1 = Buffer.from(hourly.replace('UTF-8', 'ISO-8859-1').replace('home', 'höme'), 'latin1')
    expect(await readGreenButton(latin1)).toEqual(expected)
  })

  it('reads the same however entries and readings are ordered and blocks are split', async () => {
    const expected = (await readGreenButton(hourly)).series
    const [head, ...entries] = hourly.replace('</feed>\n', '').split(/(?= {2}<entry>)/) as [
      string,
      ...string[],
    ]
    const block = entries.at(-1) as string
    const readings = block.match(/<IntervalReading>.*?<\/IntervalReading>/gs) as string[]
    const withReadings = (part: string[]) =>
      block.replace(/<IntervalReading>.*<\/IntervalReading>/s, () => part.join('\n'))
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(readings, { minLength: readings.length }),
        fc.integer({ min: 1, max: 24 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        async (shuffled, cut, order) => {
          const parts = [withReadings(shuffled.slice(0, cut)), withReadings(shuffled.slice(cut))]
          const all = [...entries.slice(0, -1), ...parts]
          const text = `${head}${order.map((index) => all[index]).join('')}</feed>`
          expect((await readGreenButton(text)).series).toEqual(expected)
        },
      ),
      { seed: 7, numRuns: 50 },
    )
  })

  it('decodes daylight-saving rules and refuses what is none', () => {
    expect(decodeDstRule('B40E2000')?.month).toBe(11)
    expect(decodeDstRule('B40E')).toBeUndefined()
    // The last Sunday (operator 7) of October at one o'clock: 1010 111 00000 111 00001 then no seconds.
    expect(decodeDstRule('AE0E1000')).toMatchObject({ month: 10, occurrence: 'last', weekday: 7, hour: 1 })
  })
})

describe.skipIf(!sharedDir)('shared samples (needs ../shared)', () => {
  const sample = (name: string) => readFileSync(join(sharedDir ?? '', 'espi/samples', name))

  it('reads a production net-meter feed with its live defects', async () => {
    const { series, defects } = await readGreenButton(sample('pge-prod-electric-netmeter-batch.xml'))
    const facts = series.map(({ flow, readings }) => [flow, readings.length, sum(readings)])
    // 114721197 + 34243198 = 148964395, the sum in facts.json.
    expect(facts).toEqual([
      ['delivered', 313, 114_721_197],
      ['received', 123, 34_243_198],
    ])
    expect(defects.find(({ code }) => code === 'separators_in_link')?.count).toBe(49)
    expect(defects.find(({ code }) => code === 'duplicate_entry')?.count).toBe(1)
  })

  it.each([
    ['seed-invalid-electricity-cf.xml', 'unit_impossible'],
    ['nationalgrid-ma-gas-2024.xml', 'unit_unknown'],
    ['gbacmd-intervalblock.xml', 'unit_unknown'],
    ['verdigris-ESPIIntervalBlock.xml', 'unit_unknown'],
    ['gbasdk-coastal-sf-2011.xml', 'conflicting_readings'],
  ])('refuses %s: %s', async (name, code) => {
    expect((await refusal(sample(name))).faults[0]?.code).toBe(code)
  })
})
