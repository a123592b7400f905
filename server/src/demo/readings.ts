import { ensureSeries } from '../domain/metering/index.ts'
import { type DayBlock, type QualityRun, recordBlocks } from '../domain/usage/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { addDays, type LocalDate } from '../platform/time.ts'
import { type DayGrid, dayGrid } from './calendar.ts'
import { atHour } from './context.ts'
import { loadOf } from './load-shapes.ts'
import type { MeteredSite } from './metered-sites.ts'
import type { DemoSite, Outage } from './town.ts'
import { type Weather, weatherOn } from './weather.ts'

export const READINGS_SOURCE = 'meter network'
/** kWh x 10^-6: nothing is rounded before it is priced. */
const INTERVAL_SCALE = 6

/** This will open the series of a site's meter. */
export async function openSeries(tx: Tx, servicePointId: number, site: DemoSite) {
  const { intervalSeconds } = site
  const key = { servicePointId, unit: 'kWh' } as const
  if (intervalSeconds === 0) {
    const delivered = await ensureSeries(tx, { ...key, kind: 'register', flow: 'delivered', scale: 0 })
    return { delivered }
  }
  const series = { ...key, kind: 'interval', intervalSeconds, scale: INTERVAL_SCALE } as const
  const delivered = await ensureSeries(tx, { ...series, flow: 'delivered' })
  if (site.load.solarW === undefined) return { delivered }
  return { delivered, received: await ensureSeries(tx, { ...series, flow: 'received' }) }
}

/** This will record days of sites, as the meter network sends them the morning after. Returns how many intervals. */
export async function recordDays(
  tx: Tx,
  sites: readonly MeteredSite[],
  days: readonly LocalDate[],
): Promise<number> {
  const blocks = days.flatMap((day) => {
    const [grid, weather] = [dayGrid(day), weatherOn(day)]
    return sites.flatMap((site) => (site.from <= day ? blocksOf(site, grid, weather) : []))
  })
  const morningAfter = atHour(addDays(days.at(-1) ?? '', 1), 3)
  await recordBlocks(tx, { blocks, source: READINGS_SOURCE, now: morningAfter })
  return blocks.reduce((sum, block) => sum + block.values.length, 0)
}

function blocksOf(metered: MeteredSite, grid: DayGrid, weather: Weather): DayBlock[] {
  const { site, servicePointId } = metered
  const { intervalSeconds } = site
  const { delivered, received } = loadOf(site.badge, site.load, grid, weather, intervalSeconds)
  const quality = qualityOf(site, grid, intervalSeconds)
  const day = { servicePointId, localDay: grid.day, startSeconds: grid.startSeconds, intervalSeconds }
  if (quality.some((run) => run.quality === 'missing' && run.to - run.from === delivered.length)) return []
  const marked = { ...day, ...(quality.length > 0 && { quality }) }
  const blocks: DayBlock[] = [{ ...marked, seriesNumber: metered.delivered, values: delivered }]
  if (received && metered.received !== undefined)
    blocks.push({ ...marked, seriesNumber: metered.received, values: received })
  return blocks
}

function qualityOf(site: DemoSite, grid: DayGrid, intervalSeconds: number): QualityRun[] {
  const outage = site.outages?.find(({ start, end }) => start <= grid.day && grid.day < end)
  if (!outage) return []
  const [from, to] = slotsOf(outage, grid, intervalSeconds)
  return [{ from, to, quality: outage.became }]
}

function slotsOf({ hours }: Outage, grid: DayGrid, intervalSeconds: number): [number, number] {
  const perHour = 3600 / intervalSeconds
  const count = grid.clockHours.length
  if (!hours) return [0, count * perHour]
  return [hours.from * perHour, Math.min(hours.until, count) * perHour]
}
