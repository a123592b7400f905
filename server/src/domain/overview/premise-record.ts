import type { Tx } from '../../platform/db/index.ts'
import { type AgreementKey, agreementsOfServicePoint, getAgreement } from '../agreements/index.ts'
import { installHistory, type ServicePoint, servicePointsOfPremise } from '../metering/index.ts'
import { getPremise, type Premise } from '../premises/index.ts'

type Served = Pick<
  Awaited<ReturnType<typeof getAgreement>>,
  'customerId' | 'agreementId' | 'status' | 'startDate' | 'endDate'
>

/** A premise with what is measured there, and for whom. */
export interface PremiseRecord extends Premise {
  servicePoints: (ServicePoint & {
    /** Badges of the meters that hang there now. */
    badges: string[]
    /** Who is and was served there, latest first. */
    agreements: Served[]
  })[]
}

/** This will read a premise of a client with its service points. Refuses an unknown one. */
export async function getPremiseRecord(
  tx: Tx,
  key: { clientId: number; premiseId: number },
): Promise<PremiseRecord> {
  const premise = await getPremise(tx, key.clientId, key.premiseId)
  const points = await servicePointsOfPremise(tx, key.premiseId)
  const ids = points.map((one) => one.servicePointId)
  const meters = (await installHistory(tx, ids)).filter((one) => one.removedAt === null)
  const servicePoints: PremiseRecord['servicePoints'] = []
  for (const point of points) {
    const own = meters.filter((one) => one.servicePointId === point.servicePointId)
    const holders = await agreementsOfServicePoint(tx, point.servicePointId)
    servicePoints.push({
      ...point,
      badges: own.map((one) => one.badge),
      agreements: await served(tx, holders),
    })
  }
  return { ...premise, servicePoints }
}

async function served(tx: Tx, holders: readonly AgreementKey[]): Promise<Served[]> {
  const agreements: Served[] = []
  for (const key of holders) agreements.push(await getAgreement(tx, key))
  return agreements
}
