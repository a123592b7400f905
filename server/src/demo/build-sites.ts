import { createServicePoint, installMeter, registerMeter } from '../domain/metering/index.ts'
import { createPremise } from '../domain/premises/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { Temporal } from '../platform/time.ts'
import { TIME_ZONE } from './calendar.ts'
import { openSeries } from './readings.ts'
import { selectPlacedMeters } from './store.ts'
import { CITY, type DemoCustomer, type DemoSite } from './town.ts'

const METERS_INSTALLED = Temporal.Instant.from('2024-03-12T17:00:00Z')

/** A site that is built. */
export interface BuiltSite {
  premiseId: number
  servicePointId: number
}

/**
 * This will build the sites of customers, with meters and series, in one transaction, and answer them by badge; those
 * that are there already are left alone. Several agreements may follow one another at a site.
 */
export async function buildSites(
  database: Database,
  clientId: number,
  customers: readonly DemoCustomer[],
): Promise<Map<string, BuiltSite>> {
  const sites = new Map(
    customers.flatMap(({ accounts }) =>
      accounts.flatMap(({ agreements }) => agreements.map(({ site }) => [site.badge, site] as const)),
    ),
  )
  if (sites.size === 0) return new Map()
  return await database.transaction(async (tx) => {
    const placed = await selectPlacedMeters(tx, clientId, [...sites.keys()])
    const built = new Map(placed.map((meter) => [meter.badge, meter as BuiltSite]))
    for (const [badge, site] of sites)
      if (!built.has(badge)) built.set(badge, await buildSite(tx, clientId, site))
    return built
  })
}

async function buildSite(tx: Tx, clientId: number, site: DemoSite): Promise<BuiltSite> {
  const now = METERS_INSTALLED
  const { line1, line2, kind, postalCode, badge, externalNumber } = site
  const premiseId = await createPremise(tx, {
    clientId,
    kind,
    line1,
    ...(line2 && { line2 }),
    postalCode,
    ...CITY,
    now,
  })
  const servicePointId = await createServicePoint(tx, {
    clientId,
    premiseId,
    serviceKind: kind === 'lighting' ? 'lighting' : 'electricity',
    timeZone: TIME_ZONE,
    externalNumber,
    now,
  })
  const deviceId = await registerMeter(tx, {
    clientId,
    badge,
    serialNumber: `JV${badge}`,
    channels: channelsOf(site),
    now,
  })
  await installMeter(tx, { servicePointId, deviceId, installedAt: METERS_INSTALLED })
  await openSeries(tx, servicePointId, site)
  return { premiseId, servicePointId }
}

function channelsOf({ intervalSeconds, load }: DemoSite) {
  if (intervalSeconds === 0) return [{ kind: 'register', unit: 'kWh', flow: 'delivered', dials: 5 } as const]
  const interval = { kind: 'interval', unit: 'kWh', intervalSeconds } as const
  const delivered = { ...interval, flow: 'delivered' as const }
  return load.solarW === undefined ? [delivered] : [delivered, { ...interval, flow: 'received' as const }]
}
