import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServicePoint, installMeter, registerMeter } from '../server/src/domain/metering/index.ts'
import { createPremise } from '../server/src/domain/premises/index.ts'
import { decodeBlock, encodeBlock, importUsage, loadIntervals } from '../server/src/domain/usage/index.ts'
import {
  connect,
  type Database,
  migrate,
  openEmbedded,
  SERVER_ROLE,
} from '../server/src/platform/db/index.ts'
import { startOfDaySeconds, Temporal } from '../server/src/platform/time.ts'
import { type Figure, measure, print } from './harness.ts'

/** Quarter hours of a year at 30 meters: a million values. */
const METERS = 30
const DAYS = 365
const QUARTERS = 96
const COUNT = METERS * DAYS * QUARTERS
const ZONE = 'America/Chicago'
const START = startOfDaySeconds('2024-01-01', ZONE)
const now = Temporal.Instant.from('2025-06-01T00:00:00Z')

/** A load that wanders between 0.1 and 0.9 kWh a quarter hour, in watt-hours. */
const wattHours = (meter: number, index: number) =>
  500 + Math.round(300 * Math.sin((index + meter * 7) / 15)) + ((index * 7_919 + meter * 104_729) % 100)

const stamps = Array.from({ length: DAYS * QUARTERS }, (_, index) =>
  Temporal.Instant.fromEpochMilliseconds((START + index * 900) * 1000).toString(),
)

function* csv(trailer: string): Generator<Uint8Array> {
  yield Buffer.from(`meter,start,kWh${trailer}\n`)
  for (let meter = 0; meter < METERS; meter++) {
    const rows = stamps.map(
      (stamp, index) => `B-${meter},${stamp},0.${String(wattHours(meter, index)).padStart(3, '0')}\n`,
    )
    yield Buffer.from(rows.join(''))
  }
}

function* greenButton(servicePoint: string): Generator<Uint8Array> {
  const link = (rel: string, href: string) => `<link rel="${rel}" href="${href}"/>`
  const entry = (links: string, content: string) =>
    `<entry><id>urn:uuid:${servicePoint}</id>${links}<content>${content}</content></entry>\n`
  yield Buffer.from(
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">` +
      entry(
        link('self', '/U/1') + link('related', '/U/1/M'),
        '<e:UsagePoint><e:ServiceCategory><e:kind>0</e:kind></e:ServiceCategory></e:UsagePoint>',
      ) +
      entry(
        link('self', '/U/1/M/1') +
          link('up', '/U/1/M') +
          link('related', '/U/1/M/1/I') +
          link('related', '/R/1'),
        '<e:MeterReading/>',
      ) +
      entry(
        link('self', '/R/1') + link('up', '/R'),
        '<e:ReadingType><e:accumulationBehaviour>4</e:accumulationBehaviour><e:commodity>1</e:commodity><e:flowDirection>1</e:flowDirection><e:intervalLength>900</e:intervalLength><e:powerOfTenMultiplier>0</e:powerOfTenMultiplier><e:uom>72</e:uom></e:ReadingType>',
      ),
  )
  for (let day = 0; day < DAYS; day++) {
    let readings = ''
    for (let index = day * QUARTERS; index < (day + 1) * QUARTERS; index++)
      readings += `<e:IntervalReading><e:timePeriod><e:duration>900</e:duration><e:start>${START + index * 900}</e:start></e:timePeriod><e:value>${wattHours(0, index)}</e:value></e:IntervalReading>`
    const block = `<e:IntervalBlock><e:interval><e:duration>86400</e:duration><e:start>${START + day * 86_400}</e:start></e:interval>${readings}</e:IntervalBlock>`
    yield Buffer.from(entry(link('self', `/U/1/M/1/I/${day}`) + link('up', '/U/1/M/1/I'), block))
  }
  yield Buffer.from('</feed>')
}

async function makeMeters(db: Database): Promise<number[]> {
  const address = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }
  const points: number[] = []
  for (let meter = 0; meter < METERS; meter++)
    await db.transaction(async (tx) => {
      const premiseId = await createPremise(tx, { clientId: 1, kind: 'house', ...address, now })
      const place = { clientId: 1, premiseId, serviceKind: 'electricity' as const, timeZone: ZONE }
      const servicePointId = await createServicePoint(tx, { ...place, now })
      const deviceId = await registerMeter(tx, { clientId: 1, badge: `B-${meter}`, channels: [], now })
      const installedAt = Temporal.Instant.from('2020-01-01T06:00:00Z')
      await installMeter(tx, { servicePointId, deviceId, installedAt })
      points.push(servicePointId)
    })
  return points
}

async function timed(
  name: string,
  unit: string,
  count: number,
  act: () => Promise<unknown>,
): Promise<Figure> {
  const start = performance.now()
  await act()
  const medianMs = performance.now() - start
  return { name, perSecond: (count * 1000) / medianMs, unit, medianMs, runs: 1 }
}

async function figures(db: Database): Promise<Figure[]> {
  const points = await makeMeters(db)
  const actor = { actor: 'cli:bench', door: 'cli' as const }
  const take = async (
    pieces: readonly Uint8Array[],
    expected: string,
    told: { servicePointId?: number } = {},
  ) => {
    async function* open(): AsyncGenerator<Uint8Array> {
      yield* pieces
    }
    const report = await importUsage(db, { clientId: 1, fileName: 'bench', open, now, actor, ...told })
    const counts = `${report.taken} ${report.same} ${report.corrected} ${report.refused}`
    if (counts !== expected) throw new Error(`the import took ${counts}, not ${expected}`)
  }
  const month = points.map((servicePointId) => ({
    servicePointId,
    unit: 'kWh',
    flow: 'delivered' as const,
    timeZone: ZONE,
    startDay: '2024-05-01',
    endDay: '2024-06-01',
  }))
  const oneYear = DAYS * QUARTERS
  const [first = 0] = points
  const day = Array.from({ length: QUARTERS }, (_, index) => wattHours(0, index) * 1_000)
  const encoded = encodeBlock(day)
  const into = new Float64Array(QUARTERS)
  const [newValues, sameValues, xml] = [[...csv('')], [...csv(' ')], [...greenButton('bench')]]
  return [
    await timed('CSV, new values', 'intervals', COUNT, () => take(newValues, `${COUNT} 0 0 0`)),
    await timed('CSV, values that are there', 'intervals', COUNT, () => take(sameValues, `0 ${COUNT} 0 0`)),
    await timed('Green Button XML', 'intervals', oneYear, () =>
      take(xml, `0 ${oneYear} 0 0`, { servicePointId: first }),
    ),
    await timed('load months for a chunk', 'intervals', METERS * 31 * QUARTERS * 20, async () => {
      for (let run = 0; run < 20; run++) await loadIntervals(db.read, month)
    }),
    measure('decode a block', () => decodeBlock(encoded, QUARTERS, into), {
      unit: 'intervals',
      count: QUARTERS,
    }),
    measure('encode a block', () => encodeBlock(day), { unit: 'intervals', count: QUARTERS }),
  ]
}

const dataDir = mkdtempSync(join(tmpdir(), 'billwright-bench-'))
const server = await openEmbedded({ dataDir })
const db = connect({ connectionString: server.connectionString, role: SERVER_ROLE, applicationName: 'bench' })
try {
  await migrate({ connectionString: server.connectionString })
  await db.read
    .insertInto('client')
    .values({ client_id: 1, code: 'bench', name: 'Bench', time_zone: ZONE, created_at: now })
    .execute()
  print(await figures(db))
} finally {
  await db.destroy()
  await server.close({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
}
