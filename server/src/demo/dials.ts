import { agreementIdOf } from '../domain/agreements/index.ts'
import { customerIdOf } from '../domain/customers/index.ts'
import { postUsage, type RegisterRead, recordReads, usageOfAgreement } from '../domain/usage/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { type LocalDate, Temporal } from '../platform/time.ts'
import { dayGrid, daysOf } from './calendar.ts'
import { atHour } from './context.ts'
import { loadOf } from './load-shapes.ts'
import type { MeteredSite, TownAgreement } from './metered-sites.ts'
import { hashOf } from './random.ts'
import type { DemoSite } from './town.ts'
import { weatherOn } from './weather.ts'

const MWH_A_KWH = 1_000_000

/** An agreement at a site with a dial. */
export interface DialAgreement {
  metered: MeteredSite
  owner: TownAgreement
}

/**
 * This will read the dials of agreements at the end of a month's period, or estimate them, and post what they counted
 * as usage. What is posted already is left alone.
 */
export async function readDials(
  tx: Tx,
  clientId: number,
  dials: readonly DialAgreement[],
  periodEnd: LocalDate,
): Promise<void> {
  for (const { metered, owner } of dials) {
    const start = monthBefore(periodEnd)
    if (start < metered.from) continue
    const customerId = customerIdOf(clientId, owner.customer.number)
    const key = { customerId, agreementId: agreementIdOf(1, owner.number) }
    if ((await usageOfAgreement(tx, key)).some((usage) => usage.startDate === start)) continue
    const [begin, end] = [readingOf(metered, start), readingOf(metered, periodEnd)]
    const now = atHour(periodEnd, 10)
    const reads = [...(start === metered.from ? [begin] : []), end].map((one) => toRead(metered, one))
    await recordReads(tx, { reads, source: 'meter reader', now })
    const quantity = {
      unit: 'kWh',
      quantity: end.reading - begin.reading,
      scale: 0,
      meterBadge: metered.site.badge,
      beginReading: begin.reading,
      endReading: end.reading,
      estimated: end.estimated,
    }
    await postUsage(tx, {
      ...key,
      startDate: start,
      endDate: periodEnd,
      estimated: end.estimated,
      quantities: [quantity],
      now,
    })
  }
}

interface DialReading {
  day: LocalDate
  reading: number
  estimated: boolean
}

/** What the reader wrote down: the dial, or the last reading and an estimate that saw part of the use. */
function readingOf({ site, from }: MeteredSite, day: LocalDate): DialReading {
  const estimate = site.estimatedReads?.find((one) => one.day === day && day > from)
  const used = (until: LocalDate) => countedKwh(site, from, until)
  if (!estimate) return { day, reading: firstReading(site) + used(day), estimated: false }
  const before = monthBefore(day)
  const seen = Math.floor(((used(day) - used(before)) * estimate.percent) / 100)
  const { reading } = readingOf({ site, from } as MeteredSite, before)
  return { day, reading: reading + seen, estimated: true }
}

const firstReading = (site: DemoSite) => 10_000 + (hashOf(site.badge) % 60_000)

/** The whole kilowatt-hours that pass a dial from `from` until a day. */
function countedKwh(site: DemoSite, from: LocalDate, until: LocalDate): number {
  return Math.floor(countedMwh(site, from, until) / MWH_A_KWH)
}

const counts = new Map<string, number>()

function countedMwh(site: DemoSite, from: LocalDate, until: LocalDate): number {
  if (until <= from) return 0
  const key = `${site.badge} ${from} ${until}`
  const known = counts.get(key)
  if (known !== undefined) return known
  const start = monthBefore(until)
  let counted = countedMwh(site, from, start)
  for (const day of daysOf(start < from ? from : start, until))
    for (const value of loadOf(site.badge, site.load, dayGrid(day), weatherOn(day), 3600).delivered)
      counted += value
  counts.set(key, counted)
  return counted
}

function toRead(metered: MeteredSite, { day, reading, estimated }: DialReading): RegisterRead {
  return {
    servicePointId: metered.servicePointId,
    seriesNumber: metered.delivered,
    deviceId: metered.deviceId,
    readAt: atHour(day, 0),
    reading,
    quality: estimated ? 'estimated' : 'measured',
  }
}

function monthBefore(day: LocalDate): LocalDate {
  return Temporal.PlainDate.from(day).subtract({ months: 1 }).toString()
}
