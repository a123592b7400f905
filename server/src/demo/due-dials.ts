import type { LocalDate } from '../platform/time.ts'
import { Temporal } from '../platform/time.ts'
import { buildTown } from './build-town.ts'
import { CYCLES } from './calendar.ts'
import type { DemoContext } from './context.ts'
import { type DialAgreement, readDials } from './dials.ts'
import { agreementsOf, meteredSites } from './metered-sites.ts'

type SizedDemo = Pick<DemoContext, 'database' | 'size'>

/** This will find the agreements whose dials are read. */
export async function dialAgreements(
  { database, size }: SizedDemo,
  clientId: number,
): Promise<DialAgreement[]> {
  const metered = await database.transaction((tx) => meteredSites(tx, clientId, size))
  const byBadge = new Map(metered.map((one) => [one.site.badge, one]))
  return agreementsOf(buildTown(size)).flatMap((owner) => {
    const { site } = owner.agreement
    const found = site.intervalSeconds === 0 ? byBadge.get(site.badge) : undefined
    return found ? [{ metered: found, owner }] : []
  })
}

/** This will read the dials of periods that ended since the loaded ones were billed; those that are read stay so. */
export async function readDueDials(demo: SizedDemo, clientId: number, today: LocalDate): Promise<void> {
  const dials = await dialAgreements(demo, clientId)
  for (const { code, lastBilled } of CYCLES) {
    const ofCycle = dials.filter(({ owner }) => owner.cycleCode === code)
    let end = Temporal.PlainDate.from(lastBilled).add({ months: 1 })
    while (end.toString() <= today) {
      const periodEnd = end.toString()
      await demo.database.transaction((tx) => readDials(tx, clientId, ofCycle, periodEnd))
      end = end.add({ months: 1 })
    }
  }
}
