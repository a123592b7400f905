import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { type Instant, isTimeZone, Temporal } from '../../platform/time.ts'
import { claimUniqueValue, ownerOfValue } from '../../platform/unique-value.ts'
import { getPremise } from '../premises/index.ts'
import type { Channel, Device, InstalledDevice } from './device.ts'
import { getServicePoint, unknownServicePoint } from './queries.ts'
import { checkSeries, isIntervalLength, type SeriesKey } from './series.ts'
import type { ServicePoint } from './service-point.ts'
import * as devices from './store/device.ts'
import * as points from './store/service-point.ts'

/** This will lock service points until the transaction ends, in the order of their ids. Refuses an unknown one. */
export async function lockServicePoints(tx: Tx, servicePointIds: readonly number[]): Promise<void> {
  const wanted = new Set(servicePointIds)
  for (const found of await points.lockServicePoints(tx, [...wanted])) wanted.delete(found)
  const [missing] = wanted
  if (missing !== undefined) throw unknownServicePoint(missing)
}

/** This will add a point of delivery to a premise and answer its id. Refuses an unknown premise or time zone. */
export async function createServicePoint(
  tx: Tx,
  input: Pick<ServicePoint, 'clientId' | 'premiseId' | 'serviceKind' | 'timeZone'> & {
    status?: ServicePoint['status']
    externalNumber?: string
    utilityCode?: string
    voltage?: string
    now: Instant
  },
): Promise<number> {
  await getPremise(tx, input.clientId, input.premiseId)
  if (!isTimeZone(input.timeZone))
    throw new Refusal(
      'malformed',
      'time_zone_unknown',
      `"${input.timeZone}" is not a time zone; give its IANA name, for example America/Chicago.`,
    )
  const { status = 'connected', externalNumber = null } = input
  return await points.insertServicePoint(tx, { ...input, status, externalNumber })
}

/**
 * This will record a meter with one configuration and answer its device id. The badge is unique in the client.
 * Without `configuredAt` the configuration holds from the beginning of time.
 */
export async function registerMeter(
  tx: Tx,
  input: {
    clientId: number
    badge: string
    serialNumber?: string
    manufacturer?: string
    model?: string
    channels: readonly Channel[]
    configuredAt?: Instant
    now: Instant
  },
): Promise<number> {
  const badge = input.badge.trim()
  if (badge === '') throw new Refusal('malformed', 'badge_missing', 'A meter needs a badge number.')
  const taken = await ownerOfValue(tx, input.clientId, 'meter_badge', badge)
  if (taken !== undefined) throw badgeTaken(badge)
  for (const channel of input.channels)
    if (channel.kind === 'interval' && !isIntervalLength(channel.intervalSeconds))
      throw new Refusal(
        'rule',
        'interval_length_unusable',
        `An interval of ${channel.intervalSeconds} s does not divide the hour.`,
      )
  const device = {
    clientId: input.clientId,
    kind: 'meter' as const,
    badge,
    serialNumber: input.serialNumber ?? null,
    manufacturer: input.manufacturer ?? null,
    model: input.model ?? null,
    now: input.now,
  }
  const deviceId = await devices.insertDevice(tx, device)
  const owner = `device:${deviceId}`
  const claimed = await claimUniqueValue(tx, {
    clientId: input.clientId,
    kind: 'meter_badge',
    value: badge,
    owner,
  })
  if (!claimed) throw badgeTaken(badge)
  const startAt = input.configuredAt ?? Temporal.Instant.from('1970-01-01T00:00:00Z')
  await devices.insertConfiguration(tx, {
    deviceId,
    configurationNumber: 1,
    startAt,
    channels: input.channels,
  })
  return deviceId
}

function badgeTaken(badge: string): Refusal {
  return new Refusal('conflict', 'badge_taken', `Another device has badge ${badge}; badges are unique.`)
}

/**
 * This will put a meter on a service point and answer the install's number. Refuses a point that has a meter at or
 * after that time, a meter that is elsewhere then, and a meter without a configuration at that time. Locks both.
 */
export async function installMeter(
  tx: Tx,
  input: { servicePointId: number; deviceId: number; installedAt: Instant },
): Promise<number> {
  await lockServicePoints(tx, [input.servicePointId])
  const point = await getServicePoint(tx, input.servicePointId)
  const device = await devices.lockDevice(tx, input.deviceId)
  if (device?.clientId !== point.clientId) throw unknownDevice(input.deviceId)
  const atPoint = await devices.selectInstalls(tx, { servicePointIds: [input.servicePointId] })
  const present = atPoint.find(
    (install) => install.kind === 'meter' && isOpenAfter(install, input.installedAt),
  )
  if (present)
    throw new Refusal(
      'conflict',
      'service_point_has_meter',
      `Meter ${present.badge} is on this service point then; exchange or remove it first.`,
    )
  const ofDevice = await devices.selectInstalls(tx, { deviceId: input.deviceId })
  if (ofDevice.some((install) => isOpenAfter(install, input.installedAt)))
    throw new Refusal(
      'conflict',
      'meter_installed_elsewhere',
      `Meter ${device.badge} is installed elsewhere then; remove it there first.`,
    )
  const configurationNumber = await devices.selectConfigurationNumber(tx, input.deviceId, input.installedAt)
  if (configurationNumber === undefined)
    throw new Refusal(
      'rule',
      'meter_not_configured',
      `Meter ${device.badge} has no configuration at that time.`,
    )
  await devices.updateDeviceStatus(tx, input.deviceId, 'installed')
  return await devices.insertInstall(tx, { ...input, configurationNumber })
}

/** This will take the meter off a service point. Refuses a point that has none, and a removal before its install. */
export async function removeMeter(
  tx: Tx,
  input: { servicePointId: number; removedAt: Instant; retire?: boolean },
): Promise<Device> {
  await lockServicePoints(tx, [input.servicePointId])
  const installs = await devices.selectInstalls(tx, { servicePointIds: [input.servicePointId] })
  const present = installs.find((install) => install.kind === 'meter' && install.removedAt === null)
  if (!present)
    throw new Refusal('conflict', 'service_point_has_no_meter', 'There is no meter on this service point.')
  if (Temporal.Instant.compare(input.removedAt, present.installedAt) <= 0)
    throw new Refusal(
      'rule',
      'end_before_start',
      `Meter ${present.badge} came at ${present.installedAt}; it can only leave later.`,
    )
  await devices.endInstall(tx, present, input.removedAt)
  await devices.updateDeviceStatus(tx, present.deviceId, input.retire ? 'retired' : 'in_store')
  return present
}

/** This will replace the meter of a service point in one moment and answer the new install's number. */
export async function exchangeMeter(
  tx: Tx,
  input: { servicePointId: number; deviceId: number; at: Instant },
): Promise<number> {
  await removeMeter(tx, { servicePointId: input.servicePointId, removedAt: input.at })
  return await installMeter(tx, { ...input, installedAt: input.at })
}

/**
 * This will note that service at a point, and the meter on it, was switched on or off. Refuses a retired point. Locks the
 * service point.
 */
export async function setConnected(
  tx: Tx,
  input: { servicePointId: number; connected: boolean },
): Promise<void> {
  await lockServicePoints(tx, [input.servicePointId])
  const point = await getServicePoint(tx, input.servicePointId)
  if (point.status === 'retired')
    throw new Refusal(
      'conflict',
      'service_point_retired',
      `Service point ${point.servicePointId} is retired.`,
    )
  await points.updateConnected(tx, input.servicePointId, input.connected)
}

/**
 * This will answer the number of the series for a quantity at a service point, making it when it is new: the scale is
 * that of the first who asks. Refuses a unit that the service is not measured in. Locks the service point.
 */
export async function ensureSeries(tx: Tx, input: SeriesKey & { scale: number }): Promise<number> {
  const existing = await findSeries(tx, input)
  if (existing !== undefined) return existing
  await lockServicePoints(tx, [input.servicePointId])
  const meanwhile = await findSeries(tx, input)
  if (meanwhile !== undefined) return meanwhile
  checkSeries(input, (await getServicePoint(tx, input.servicePointId)).serviceKind)
  const present = await points.selectSeries(tx, [input.servicePointId])
  const seriesNumber = (present.at(-1)?.seriesNumber ?? 0) + 1
  await points.insertSeries(tx, { ...input, seriesNumber })
  return seriesNumber
}

async function findSeries(tx: Tx, key: SeriesKey): Promise<number | undefined> {
  const present = await points.selectSeries(tx, [key.servicePointId])
  return present.find(
    (series) =>
      series.kind === key.kind &&
      series.unit === key.unit &&
      series.flow === key.flow &&
      series.touCode === key.touCode &&
      series.intervalSeconds === key.intervalSeconds,
  )?.seriesNumber
}

function isOpenAfter(install: InstalledDevice, at: Instant): boolean {
  return install.removedAt === null || Temporal.Instant.compare(install.removedAt, at) > 0
}

function unknownDevice(deviceId: number): Refusal {
  return new Refusal('not_found', 'device_unknown', `There is no device ${deviceId}; register it first.`)
}
