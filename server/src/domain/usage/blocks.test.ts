import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient, makeServicePoint } from '../../../test/support/place.ts'
import { type Instant, startOfDaySeconds, Temporal } from '../../platform/time.ts'
import { ensureSeries } from '../metering/index.ts'
import { type DayBlock, loadIntervals, loadSource, type QualityRun, recordBlocks } from './index.ts'

const { db, owner } = await testDatabase()
await makeClient(owner)
const zone = 'America/Chicago'
const at = (hour: number) => Temporal.Instant.from('2025-03-20T00:00:00Z').add({ hours: hour })

async function hourlySeries() {
  const servicePointId = await makeServicePoint(db)
  const key = { servicePointId, kind: 'interval' as const, unit: 'kWh', flow: 'delivered' as const }
  const seriesNumber = await db.transaction((tx) =>
    ensureSeries(tx, { ...key, intervalSeconds: 3_600, scale: 6 }),
  )
  const day = (localDay: string, values: number[], quality: QualityRun[] = []): DayBlock => ({
    servicePointId,
    seriesNumber,
    localDay,
    startSeconds: startOfDaySeconds(localDay, zone),
    intervalSeconds: 3_600,
    values,
    quality,
  })
  const record = (blocks: DayBlock[], hour = 0) =>
    db.transaction((tx) => recordBlocks(tx, { blocks, source: 'test', now: at(hour) }))
  const load = (startDay: string, endDay: string, asOf?: Instant) =>
    loadIntervals(
      db.read,
      [{ servicePointId, unit: 'kWh', flow: 'delivered', timeZone: zone, startDay, endDay }],
      asOf,
    ).then(([series]) => series)
  return { servicePointId, seriesNumber, day, record, load }
}

/** 0, 1, 2 ... */
const ramp = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('days of intervals', () => {
  test('the days of a clock change have 23 and 25 hours, and a period is one run of intervals', async () => {
    const { day, record, load } = await hourlySeries()
    // Clocks in Chicago went forward on 2025-03-09 and went back on 2024-11-03.
    await record([day('2025-03-08', ramp(24)), day('2025-03-09', ramp(23)), day('2024-11-03', ramp(25))])
    const spring = await load('2025-03-08', '2025-03-10')
    expect([...(spring?.values ?? [])]).toEqual([...ramp(24), ...ramp(23)])
    expect(spring?.quality).toEqual([])
    expect((await load('2024-11-03', '2024-11-04'))?.values.length).toBe(25)
  })

  test('a day without a block is missing, and reads as zeros that say so', async () => {
    const { day, record, load } = await hourlySeries()
    await record([day('2025-01-01', ramp(24)), day('2025-01-03', ramp(24))])
    const series = await load('2025-01-01', '2025-01-05')
    expect(series?.quality).toEqual([
      { from: 24, to: 48, quality: 'missing' },
      { from: 72, to: 96, quality: 'missing' },
    ])
    expect(series?.blockVersions).toEqual([1, 0, 1, 0])
  })

  test('the same values again change nothing', async () => {
    const { day, record, load } = await hourlySeries()
    expect(await record([day('2025-01-01', ramp(24))])).toEqual({ taken: 24, same: 0, corrected: 0 })
    expect(await record([day('2025-01-01', ramp(24))], 1)).toEqual({ taken: 0, same: 24, corrected: 0 })
    expect((await load('2025-01-01', '2025-01-02'))?.blockVersions).toEqual([1])
  })

  test('a correction is a new version; the old one is what was known before, and stays readable', async () => {
    const { servicePointId, seriesNumber, day, record, load } = await hourlySeries()
    await record([day('2025-01-01', ramp(24))])
    const corrected = ramp(24).map((value) => (value === 5 ? 500 : value))
    expect(await record([day('2025-01-01', corrected)], 2)).toEqual({ taken: 0, same: 23, corrected: 1 })
    expect((await load('2025-01-01', '2025-01-02'))?.values[5]).toBe(500)
    expect((await load('2025-01-01', '2025-01-02', at(1)))?.values[5]).toBe(5)
    const period = { startDay: '2025-01-01', endDay: '2025-01-02' }
    const source = { servicePointId, seriesNumber, ...period }
    expect((await loadSource(db.read, { ...source, blockVersions: [1] }))?.values[5]).toBe(5)
    expect((await loadSource(db.read, { ...source, blockVersions: [2] }))?.values[5]).toBe(500)
  })

  test('half a day is filled up later; what is missing in the later half erases nothing', async () => {
    const { day, record, load } = await hourlySeries()
    const missing = (from: number, to: number) => [{ from, to, quality: 'missing' as const }]
    const morning = ramp(24).map((value) => (value < 12 ? value : 0))
    const evening = ramp(24).map((value) => (value < 12 ? 0 : value))
    await record([day('2025-01-01', morning, missing(12, 24))])
    expect(await record([day('2025-01-01', evening, missing(0, 12))], 1)).toMatchObject({ taken: 12 })
    const series = await load('2025-01-01', '2025-01-02')
    expect([...(series?.values ?? [])]).toEqual(ramp(24))
    expect(series?.quality).toEqual([])
  })

  test('an estimate replaced by the same measured value is a correction of its quality', async () => {
    const { day, record, load } = await hourlySeries()
    await record([day('2025-01-01', ramp(24), [{ from: 3, to: 4, quality: 'estimated' }])])
    expect((await load('2025-01-01', '2025-01-02'))?.quality).toEqual([
      { from: 3, to: 4, quality: 'estimated' },
    ])
    expect(await record([day('2025-01-01', ramp(24))], 1)).toEqual({ taken: 0, same: 23, corrected: 1 })
    expect((await load('2025-01-01', '2025-01-02'))?.quality).toEqual([])
  })

  test('two at once recording the same day: one version, nothing doubled', async () => {
    const { day, record, load } = await hourlySeries()
    const both = await Promise.all([
      record([day('2025-01-01', ramp(24))]),
      record([day('2025-01-01', ramp(24))]),
    ])
    expect(both.map((one) => one.taken).sort()).toEqual([0, 24])
    expect((await load('2025-01-01', '2025-01-02'))?.blockVersions).toEqual([1])
  })

  test('values are kept by privilege: the server can neither change nor delete them', async () => {
    await expect(db.read.updateTable('interval_block').set({ total: 0 }).execute()).rejects.toThrow(
      /permission denied/,
    )
    await expect(db.read.deleteFrom('interval_block').execute()).rejects.toThrow(/permission denied/)
  })

  test('the days are those of the service point, whatever the zone of the machine', async () => {
    const servicePointId = await makeServicePoint(db, { timeZone: 'America/St_Johns' })
    const key = { servicePointId, kind: 'interval' as const, unit: 'kWh', flow: 'delivered' as const }
    const seriesNumber = await db.transaction((tx) =>
      ensureSeries(tx, { ...key, intervalSeconds: 900, scale: 6 }),
    )
    // Newfoundland is 3:30 behind in winter: midnight is 03:30 UTC.
    const startSeconds = Temporal.Instant.from('2025-01-01T03:30:00Z').epochMilliseconds / 1000
    const block = { servicePointId, seriesNumber, localDay: '2025-01-01', startSeconds, intervalSeconds: 900 }
    await db.transaction((tx) =>
      recordBlocks(tx, { blocks: [{ ...block, values: ramp(96) }], source: 'test', now: at(0) }),
    )
    const [series] = await loadIntervals(db.read, [
      { ...key, timeZone: 'America/St_Johns', startDay: '2025-01-01', endDay: '2025-01-02' },
    ])
    expect([series?.startSeconds, series?.values[95]]).toEqual([startSeconds, 95])
  })
})
