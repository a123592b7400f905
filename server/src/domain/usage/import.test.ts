import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient, makeServicePoint } from '../../../test/support/place.ts'
import type { Database } from '../../platform/db/index.ts'
import { addDays, startOfDaySeconds, Temporal } from '../../platform/time.ts'
import { exchangeMeter, installMeter, registerMeter } from '../metering/index.ts'
import { type ImportInput, importUsage, loadIntervals, usageImports } from './index.ts'

const { db, owner } = await testDatabase()
const clientId = await makeClient(owner)
const zone = 'America/Chicago'
const now = Temporal.Instant.from('2025-06-01T00:00:00Z')
const actor = { actor: 'cli:test', door: 'cli' as const }

function importText(text: string, options: Partial<ImportInput> = {}, database: Database = db) {
  async function* open() {
    yield Buffer.from(text)
  }
  return importUsage(database, { clientId, fileName: 'test.csv', open, now, actor, ...options })
}

/** Hourly rows `meter,start,kWh` from local midnight of `day`, the stamps in UTC. */
function hourly(meter: string, day: string, values: readonly (number | string)[]): string {
  const start = startOfDaySeconds(day, zone)
  const rows = values.map((value, index) => `${meter},${stamp(start + index * 3_600)},${value}`)
  return `meter,start,kWh\n${rows.join('\n')}\n`
}

const stamp = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()
const ramp = (count: number) => Array.from({ length: count }, (_, index) => index / 4)

async function meteredPoint(badge: string) {
  const servicePointId = await makeServicePoint(db)
  const channels = [{ kind: 'interval', unit: 'kWh', flow: 'delivered', intervalSeconds: 3_600 }] as const
  await db.transaction(async (tx) => {
    const deviceId = await registerMeter(tx, { clientId, badge, channels, now })
    const installedAt = Temporal.Instant.from('2024-01-01T06:00:00Z')
    await installMeter(tx, { servicePointId, deviceId, installedAt })
  })
  return servicePointId
}

const load = (servicePointId: number, startDay: string, endDay: string) =>
  loadIntervals(db.read, [
    { servicePointId, unit: 'kWh', flow: 'delivered', timeZone: zone, startDay, endDay },
  ]).then(([series]) => series)

describe('a usage file', () => {
  test('finds its meter, is kept in mWh, and again changes nothing', async () => {
    const point = await meteredPoint('A-1')
    const text = hourly('A-1', '2025-01-01', ramp(48))
    expect(await importText(text)).toMatchObject({
      taken: 48,
      same: 0,
      corrected: 0,
      refused: 0,
      before: false,
    })
    const series = await load(point, '2025-01-01', '2025-01-03')
    // 47 / 4 = 11.75 kWh = 11,750,000 mWh
    expect([series?.scale, series?.values[47]]).toEqual([6, 11_750_000])
    expect(await importText(text)).toMatchObject({ taken: 0, same: 48, corrected: 0, before: true })
    // The same values in another file: one more column, so other bytes.
    expect(await importText(text.replace('kWh', 'kWh '))).toMatchObject({ taken: 0, same: 48, before: false })
    expect((await load(point, '2025-01-01', '2025-01-03'))?.blockVersions).toEqual([1, 1])
  })

  test('corrects what it says otherwise; an older file imported before does not undo that', async () => {
    const point = await meteredPoint('A-2')
    const first = hourly('A-2', '2025-01-01', ramp(24))
    const correction = hourly('A-2', '2025-01-01', [9, ...ramp(24).slice(1)])
    await importText(first)
    expect(await importText(correction)).toMatchObject({ taken: 0, same: 23, corrected: 1 })
    expect(await importText(correction)).toMatchObject({ same: 24, corrected: 0, before: true })
    expect(await importText(first)).toMatchObject({ same: 24, corrected: 0, before: true })
    expect((await load(point, '2025-01-01', '2025-01-02'))?.values[0]).toBe(9_000_000)
  })

  test('average power is the energy of its interval: 2 kW over a quarter hour are 0.5 kWh', async () => {
    const point = await makeServicePoint(db)
    const rows = Array.from(
      { length: 96 },
      (_, index) => `${stamp(startOfDaySeconds('2025-01-01', zone) + index * 900)},2`,
    )
    const report = await importText(`start,kW\n${rows.join('\n')}\n`, { servicePointId: point })
    expect(report).toMatchObject({ taken: 96, refused: 0 })
    expect((await load(point, '2025-01-01', '2025-01-02'))?.values[0]).toBe(500_000)
  })

  test('local stamps are read in the zone of the named service point: a day of 25 hours', async () => {
    const point = await makeServicePoint(db)
    const hours = [0, 1, 1, ...Array.from({ length: 22 }, (_, index) => index + 2)]
    const rows = hours.map((hour) => `2024-11-03 ${String(hour).padStart(2, '0')}:00,1`)
    expect(await importText(`start,kWh\n${rows.join('\n')}\n`, { servicePointId: point })).toMatchObject({
      taken: 25,
    })
    expect((await load(point, '2024-11-03', '2024-11-04'))?.quality).toEqual([])
  })

  test('what it leaves out is missing, and the report says how much', async () => {
    const point = await meteredPoint('A-3')
    const lines = hourly('A-3', '2025-01-01', ramp(24)).split('\n')
    lines.splice(6, 2)
    const report = await importText(lines.join('\n'))
    expect(report.series).toMatchObject([
      { taken: 22, missing: 2, startDay: '2025-01-01', endDay: '2025-01-02', servicePointId: point },
    ])
    expect(report.faults.some((fault) => fault.code?.includes('gap'))).toBe(true)
    expect((await load(point, '2025-01-01', '2025-01-02'))?.quality).toEqual([
      { from: 5, to: 7, quality: 'missing' },
    ])
  })

  test('values follow their meter when it is exchanged at noon', async () => {
    const point = await meteredPoint('A-4')
    await db.transaction(async (tx) => {
      const deviceId = await registerMeter(tx, { clientId, badge: 'A-5', channels: [], now })
      await exchangeMeter(tx, {
        servicePointId: point,
        deviceId,
        at: Temporal.Instant.from('2025-01-01T18:00:00Z'),
      })
    })
    const morning = await importText(hourly('A-4', '2025-01-01', ramp(24)))
    expect(morning).toMatchObject({ taken: 12, refused: 12 })
    expect(morning.series.at(-1)).toMatchObject({ code: 'meter_not_installed', refused: 12 })
    expect(await importText(hourly('A-5', '2025-01-01', ramp(24)))).toMatchObject({ taken: 12, refused: 12 })
    expect((await load(point, '2025-01-01', '2025-01-02'))?.quality).toEqual([])
  })

  test('each meter of a file finds its own place; an unknown one is refused with the remedy', async () => {
    await meteredPoint('A-6')
    const both =
      hourly('A-6', '2025-01-01', ramp(24)) +
      hourly('nobody', '2025-01-01', ramp(24)).split('\n').slice(1).join('\n')
    const report = await importText(both)
    expect(report).toMatchObject({ taken: 24, refused: 24 })
    expect(report.series.find((one) => one.code)).toMatchObject({
      code: 'service_point_unknown',
      reason:
        'No meter and no service point is known as nobody; install the meter, or name the service point.',
    })
    const servicePointId = await makeServicePoint(db)
    await expect(importText(both, { servicePointId })).rejects.toMatchObject({
      code: 'file_of_several_meters',
    })
  })

  test.each([
    ['a broken XML file', '<feed><entry><a></b></entry></feed>', {}, /XML/],
    [
      'a truncated CSV',
      'meter,start,kWh\nA,2025-01-01T00:00:00Z,1\nA,2025-01-01T01:0',
      {},
      /cut off in line 3/,
    ],
    [
      'overlapping intervals',
      'start,kWh\n2025-01-01T06:00:00Z,1\n2025-01-01T06:00:00Z,2\n2025-01-01T07:00:00Z,2\n',
      {},
      /line/,
    ],
    [
      'an unknown time zone',
      'start,kWh\n2025-01-01 00:00,1\n2025-01-01 01:00,1\n',
      { csv: { timeZone: 'Mars/Olympus' } },
      /Mars\/Olympus/,
    ],
    [
      'an unknown service point',
      'start,kWh\n2025-01-01T06:00:00Z,1\n',
      { servicePointId: 999_999 },
      /no service point 999999/,
    ],
    [
      'an unknown meter',
      'start,kWh\n2025-01-01T06:00:00Z,1\n',
      { meterBadge: 'X' },
      /No meter X is or was installed/,
    ],
  ])('%s is refused with a sentence, and nothing is written', async (_, text, options, sentence) => {
    const before = await owner.read.selectFrom('interval_block').select('total').execute()
    const target =
      'servicePointId' in options || 'meterBadge' in options
        ? {}
        : { servicePointId: await makeServicePoint(db) }
    await expect(importText(text, { ...target, ...options })).rejects.toMatchObject({
      name: 'Refusal',
      message: expect.stringMatching(sentence),
    })
    expect(await owner.read.selectFrom('interval_block').select('total').execute()).toEqual(before)
  })

  test('a wrong unit for the service, and intervals off the grid, are refused with the reason', async () => {
    const water = await makeServicePoint(db, { serviceKind: 'water' })
    const wrong = await importText(hourly('W', '2025-01-01', ramp(24)), { servicePointId: water })
    expect(wrong.series).toMatchObject([
      {
        code: 'unit_not_of_service',
        reason: 'kWh does not measure water; its units are L, m3, cf, ccf, gal, kgal.',
      },
    ])
    const point = await makeServicePoint(db)
    const shifted = hourly('W', '2025-01-01', ramp(24)).replaceAll(':00:00Z', ':05:00Z')
    const report = await importText(shifted, { servicePointId: point })
    expect(report.series).toMatchObject([{ taken: 0, refused: 24, code: 'interval_misaligned' }])
  })

  test('an import that was killed ends, run again, as if it never had been', async () => {
    const days = 1_200
    const values = ramp(24)
    const text = Array.from({ length: days }, (_, index) =>
      hourly('K', addDays('2021-01-01', index), values.slice(0, 20)),
    )
      .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('\n') + 1)))
      .join('')
    const killed = await makeServicePoint(db)
    const crash = new Error('killed')
    const dying = importText(text, {
      servicePointId: killed,
      onProgress: () => {
        throw crash
      },
    })
    await expect(dying).rejects.toBe(crash)
    const [start, end] = ['2021-01-01', addDays('2021-01-01', days)]
    // One transaction of 1,000 days was committed before it died.
    expect((await load(killed, start, end))?.blockVersions.filter((version) => version > 0).length).toBe(
      1_000,
    )
    expect(await importText(text, { servicePointId: killed })).toMatchObject({
      taken: 4_000,
      same: 20_000,
      corrected: 0,
    })
    const whole = await makeServicePoint(db)
    await importText(text, { servicePointId: whole })
    const same = async (point: number) => ({ ...(await load(point, start, end)), servicePointId: 0 })
    expect(await same(killed)).toEqual(await same(whole))
  })

  test('leaves a report and an audit row', async () => {
    await meteredPoint('A-9')
    await importText(hourly('A-9', '2025-01-01', ramp(24)), { fileName: 'nine.csv' })
    const [latest] = await usageImports(db.read, clientId)
    expect(latest).toMatchObject({ fileName: 'nine.csv', actor: 'cli:test', report: { taken: 24 } })
    const rows = await db.read
      .selectFrom('audit_entry')
      .selectAll()
      .where('operation', '=', 'importUsage')
      .execute()
    expect(rows.at(-1)).toMatchObject({ actor: 'cli:test', detail: { fileName: 'nine.csv', taken: 24 } })
  })
})
