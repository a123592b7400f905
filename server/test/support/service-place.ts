import { createServicePoint, ensureSeries, type ServicePoint } from '../../src/domain/metering/index.ts'
import { createPremise } from '../../src/domain/premises/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import type { LocalDate } from '../../src/platform/time.ts'
import { hourly, NOW, TOWN_END, TOWN_START, type Town, ZONE } from './billed-town.ts'

/** This will add a place to a town that nobody lives in, with meter data from January 2026 to `until` (exclusive; three months). */
export async function addPlace(
  tx: Tx,
  { clientId }: Pick<Town, 'clientId'>,
  {
    number,
    wattHours = 600,
    status = 'connected' as ServicePoint['status'],
    until = TOWN_END,
  }: {
    number: number
    wattHours?: number
    status?: ServicePoint['status']
    until?: LocalDate
  },
): Promise<{ premiseId: number; servicePointId: number }> {
  const address = { line1: `${number} Oak St`, city: 'Springfield', state: 'IL', postalCode: '62701' }
  const premiseId = await createPremise(tx, { clientId, kind: 'house', ...address, now: NOW })
  const place = { clientId, premiseId, serviceKind: 'electricity' as const, timeZone: ZONE, status, now: NOW }
  const servicePointId = await createServicePoint(tx, place)
  const series = { servicePointId, unit: 'kWh', flow: 'delivered' as const, kind: 'interval' as const }
  const seriesNumber = await ensureSeries(tx, { ...series, intervalSeconds: 3600, scale: 6 })
  const blocks = hourly({ servicePointId, seriesNumber }, wattHours, TOWN_START, until)
  await recordBlocks(tx, { blocks, source: 'test', now: NOW })
  return { premiseId, servicePointId }
}
