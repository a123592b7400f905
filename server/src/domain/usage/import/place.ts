import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import {
  findServicePointsByExternalNumber,
  getServicePoint,
  getServicePoints,
  type InstalledDevice,
  installsOfBadge,
  type ServicePoint,
} from '../../metering/index.ts'

/** Where a meter's values belong, over `[fromSeconds, untilSeconds)`. */
export interface Place {
  point: ServicePoint
  fromSeconds: number
  untilSeconds: number
}

/** Where the caller says that a file belongs. */
export interface Told {
  servicePointId?: number
  meterBadge?: string
}

/** This will find the places that the caller named; undefined when it named none. Refuses unknown ones. */
export async function toldPlaces(tx: Tx, clientId: number, told: Told): Promise<Place[] | undefined> {
  if (told.servicePointId !== undefined) {
    const point = await getServicePoint(tx, told.servicePointId)
    if (point.clientId !== clientId)
      throw new Refusal(
        'not_found',
        'service_point_unknown',
        `There is no service point ${told.servicePointId}.`,
      )
    return [always(point)]
  }
  if (told.meterBadge === undefined) return undefined
  const places = await placesOfBadge(tx, clientId, told.meterBadge)
  if (places.length > 0) return places
  throw new Refusal(
    'not_found',
    'meter_unknown',
    `No meter ${told.meterBadge} is or was installed; install it first, or name the service point.`,
  )
}

/** This will find where any of the names is known: a meter's badge first, then a point's external number. */
export async function findPlaces(tx: Tx, clientId: number, names: readonly string[]): Promise<Place[]> {
  for (const name of names) {
    const ofBadge = await placesOfBadge(tx, clientId, name)
    if (ofBadge.length > 0) return ofBadge
    const points = await findServicePointsByExternalNumber(tx, clientId, name)
    const [point] = points
    if (points.length > 1)
      throw new Refusal(
        'conflict',
        'service_point_ambiguous',
        `${points.length} service points have the number ${name}; name the one you mean.`,
      )
    if (point) return [always(point)]
  }
  return []
}

/** A meter that was moved measured at one place, then at another. */
async function placesOfBadge(tx: Tx, clientId: number, badge: string): Promise<Place[]> {
  const installs = await installsOfBadge(tx, clientId, badge)
  const points = await getServicePoints(tx, [...new Set(installs.map((install) => install.servicePointId))])
  const byId = new Map(points.map((point) => [point.servicePointId, point]))
  return installs.flatMap((install) => {
    const point = byId.get(install.servicePointId)
    return point ? [{ point, ...secondsOf(install) }] : []
  })
}

function secondsOf({ installedAt, removedAt }: InstalledDevice) {
  const seconds = (instant: Instant) => Math.ceil(instant.epochMilliseconds / 1000)
  return {
    fromSeconds: seconds(installedAt),
    untilSeconds: removedAt === null ? Number.POSITIVE_INFINITY : seconds(removedAt),
  }
}

function always(point: ServicePoint): Place {
  return { point, fromSeconds: Number.NEGATIVE_INFINITY, untilSeconds: Number.POSITIVE_INFINITY }
}
