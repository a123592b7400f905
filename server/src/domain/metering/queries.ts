import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { type Instant, Temporal } from '../../platform/time.ts'
import { ownerOfValue } from '../../platform/unique-value.ts'
import type { ConfiguredChannel, InstalledDevice } from './device.ts'
import type { Series } from './series.ts'
import type { ServicePoint } from './service-point.ts'
import { selectChannels, selectExchanges, selectInstalls } from './store/device.ts'
import {
  selectSeries,
  selectServicePoints,
  selectServicePointsByExternalNumber,
  selectServicePointsOfPremise,
} from './store/service-point.ts'

export interface MeterAt extends InstalledDevice {
  channels: ConfiguredChannel[]
}

export function unknownServicePoint(servicePointId: number): Refusal {
  return new Refusal('not_found', 'service_point_unknown', `There is no service point ${servicePointId}.`)
}

/** This will read a service point. Refuses an unknown one. */
export async function getServicePoint(tx: Tx, servicePointId: number): Promise<ServicePoint> {
  const [point] = await selectServicePoints(tx, [servicePointId])
  if (!point) throw unknownServicePoint(servicePointId)
  return point
}

/** This will read service points; unknown ids are left out. */
export async function getServicePoints(tx: Tx, servicePointIds: readonly number[]): Promise<ServicePoint[]> {
  return await selectServicePoints(tx, servicePointIds)
}

/** This will list the service points of a premise. */
export async function servicePointsOfPremise(tx: Tx, premiseId: number): Promise<ServicePoint[]> {
  return await selectServicePointsOfPremise(tx, premiseId)
}

/** This will list who was and is installed at service points, oldest first, with channels. */
export async function installHistory(tx: Tx, servicePointIds: readonly number[]): Promise<MeterAt[]> {
  const installs = await selectInstalls(tx, { servicePointIds })
  const channels = await selectChannels(tx, [...new Set(installs.map((install) => install.deviceId))])
  return installs.map((install) => ({
    ...install,
    channels: channels.filter(
      (channel) =>
        channel.deviceId === install.deviceId && channel.configurationNumber === install.configurationNumber,
    ),
  }))
}

/** This will tell which meter is on a service point at an instant. */
export async function meterAt(
  tx: Tx,
  servicePointId: number,
  instant: Instant,
): Promise<MeterAt | undefined> {
  const installs = await installHistory(tx, [servicePointId])
  return installs.find((install) => install.kind === 'meter' && isInstalledAt(install, instant))
}

/** This will list when one meter followed another on service points, in epoch seconds; points with one meter are left out. */
export async function meterExchanges(
  tx: Tx,
  servicePointIds: readonly number[],
): Promise<Map<number, number[]>> {
  const exchanges = new Map<number, number[]>()
  for (const { servicePointId, installedAt } of await selectExchanges(tx, servicePointIds)) {
    const own = exchanges.get(servicePointId) ?? []
    own.push(Math.floor(installedAt.epochMilliseconds / 1000))
    exchanges.set(servicePointId, own)
  }
  return exchanges
}

/** This will tell where the meter with this badge is installed at an instant. */
export async function findServicePointByBadge(
  tx: Tx,
  clientId: number,
  badge: string,
  instant: Instant,
): Promise<ServicePoint | undefined> {
  const installs = await installsOfBadge(tx, clientId, badge)
  const install = installs.find((one) => isInstalledAt(one, instant))
  return install && (await getServicePoint(tx, install.servicePointId))
}

/** This will list where the device with this badge was and is installed, oldest first. */
export async function installsOfBadge(tx: Tx, clientId: number, badge: string): Promise<InstalledDevice[]> {
  const owner = await ownerOfValue(tx, clientId, 'meter_badge', badge)
  if (owner === undefined) return []
  return await selectInstalls(tx, { deviceId: Number(owner.slice('device:'.length)) })
}

/** This will find service points by ESI ID, utility account or service delivery number. */
export async function findServicePointsByExternalNumber(
  tx: Tx,
  clientId: number,
  externalNumber: string,
): Promise<ServicePoint[]> {
  return await selectServicePointsByExternalNumber(tx, clientId, externalNumber)
}

/** This will list the series of service points by point and number. */
export async function seriesOfServicePoints(tx: Tx, servicePointIds: readonly number[]): Promise<Series[]> {
  return await selectSeries(tx, servicePointIds)
}

function isInstalledAt(install: InstalledDevice, instant: Instant): boolean {
  return (
    Temporal.Instant.compare(install.installedAt, instant) <= 0 &&
    (install.removedAt === null || Temporal.Instant.compare(instant, install.removedAt) < 0)
  )
}
