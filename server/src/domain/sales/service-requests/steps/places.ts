import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import {
  agreementsOfServicePoint,
  type BillableAgreement,
  getAgreement,
  landlordServiceAt,
  type Reversion,
} from '../../../agreements/index.ts'
import { getServicePoints, type ServicePoint } from '../../../metering/index.ts'
import type { ServiceRequest } from '../request.ts'

type Wanted = Pick<ServiceRequest, 'clientId' | 'customerId' | 'terms'>

/** This will read the service points where a request starts service. Refuses one that the client does not have. */
export async function pointsToStart(
  tx: Tx,
  { clientId, terms }: Pick<ServiceRequest, 'clientId' | 'terms'>,
): Promise<ServicePoint[]> {
  const ids = [...new Set((terms.services ?? []).flatMap(({ servicePointIds }) => servicePointIds))]
  const points = (await getServicePoints(tx, ids)).filter((point) => point.clientId === clientId)
  const missing = ids.find((id) => !points.some((point) => point.servicePointId === id))
  if (missing === undefined) return points.sort((a, b) => a.servicePointId - b.servicePointId)
  throw new Refusal('not_found', 'service_point_unknown', `There is no service point ${missing}.`)
}

/** This will read the agreements that a request stops or takes up again, in the order in which it names them. */
export async function agreementsNamed(tx: Tx, request: Wanted): Promise<BillableAgreement[]> {
  const { customerId, terms } = request
  if (customerId === null) return []
  const named: BillableAgreement[] = []
  for (const agreementId of terms.agreementIds ?? [])
    named.push(await getAgreement(tx, { customerId, agreementId }))
  return named
}

/** This will list the service agreements that serve a point on a day or later; cancelled ones serve nothing. */
export async function holdersFrom(
  tx: Tx,
  servicePointId: number,
  day: LocalDate,
): Promise<BillableAgreement[]> {
  const all = await agreementsOfServicePoint(tx, servicePointId)
  const later = all.filter((one) => one.endDate === null || one.endDate > day)
  const holders: BillableAgreement[] = []
  for (const key of later) {
    const agreement = await getAgreement(tx, key)
    if (agreement.kind === 'service' && agreement.status !== 'cancelled') holders.push(agreement)
  }
  return holders
}

/** This will tell to whom the service of a point reverts on a day; undefined: to nobody. */
export function reversionOf(tx: Tx, point: ServicePoint, day: LocalDate): Promise<Reversion | undefined> {
  const { clientId, premiseId, serviceKind } = point
  return landlordServiceAt(tx, { clientId, premiseId, serviceKind, day })
}

/** This will say whether an agreement is the landlord's, who gives service to the next tenant without being asked. */
export function isOfLandlord(agreement: BillableAgreement, landlord: Reversion | undefined): boolean {
  return (
    landlord !== undefined &&
    agreement.customerId === landlord.customerId &&
    agreement.accountNumber === landlord.accountNumber
  )
}

/** This will list every customer whose file a request may write to: its own and the landlords' of its places. */
export async function customersOf(
  tx: Tx,
  request: Wanted & Pick<ServiceRequest, 'startDate' | 'stopDate'>,
): Promise<number[]> {
  const { customerId, startDate, stopDate } = request
  const file = customerId ?? request.terms.newAccount?.customerId
  const ids = new Set(file === undefined ? [] : [file])
  const given =
    startDate === null ? [] : (await pointsToStart(tx, request)).map((point) => ({ point, day: startDate }))
  const left = (await agreementsNamed(tx, request)).flatMap(({ points }) => points)
  const leftPoints = await getServicePoints(tx, [...new Set(left.map((point) => point.servicePointId))])
  const freed = stopDate === null ? [] : leftPoints.map((point) => ({ point, day: stopDate }))
  for (const { point, day } of [...given, ...freed]) {
    const landlord = await reversionOf(tx, point, day)
    if (landlord) ids.add(landlord.customerId)
  }
  return [...ids]
}
