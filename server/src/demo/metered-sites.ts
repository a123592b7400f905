import type { Tx } from '../platform/db/index.ts'
import type { LocalDate } from '../platform/time.ts'
import { buildTown } from './build-town.ts'
import { cycleStart } from './calendar.ts'
import { openSeries } from './readings.ts'
import { selectPlacedMeters } from './store.ts'
import type { DemoAgreement, DemoCustomer, DemoSite, DemoSize } from './town.ts'

/** A site in the database: where its meter is, and the numbers of its series. */
export interface MeteredSite {
  site: DemoSite
  cycleCode: string
  deviceId: number
  servicePointId: number
  delivered: number
  received?: number
  /** The first day that is measured. */
  from: LocalDate
}

/** An agreement of the town with whose it is. */
export interface TownAgreement {
  agreement: DemoAgreement
  /** Its number in the customer's first set. */
  number: number
  customer: DemoCustomer
  cycleCode: string
}

/** This will list the agreements of a town, in the order in which they are numbered. */
export function agreementsOf(customers: readonly DemoCustomer[]): TownAgreement[] {
  return customers.flatMap((customer) =>
    customer.accounts
      .flatMap(({ cycleCode, agreements }) => agreements.map((agreement) => ({ agreement, cycleCode })))
      .map((one, index) => ({ ...one, number: index + 1, customer })),
  )
}

/** This will find the meters of the town in the database. */
export async function meteredSites(tx: Tx, clientId: number, size: DemoSize): Promise<MeteredSite[]> {
  const sites = new Map<string, { site: DemoSite; cycleCode: string }>()
  for (const { agreement, cycleCode } of agreementsOf(buildTown(size)))
    sites.set(agreement.site.badge, { site: agreement.site, cycleCode })
  const metered: MeteredSite[] = []
  for (const { badge, ...place } of await selectPlacedMeters(tx, clientId)) {
    const known = sites.get(badge)
    if (!known) continue
    const from = cycleStart(known.cycleCode, size.months)
    const series = await openSeries(tx, place.servicePointId, known.site)
    metered.push({ ...known, ...place, ...series, from })
  }
  return metered
}
