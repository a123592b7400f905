import type { Tx } from '../../../../platform/db/index.ts'
import {
  type AgreementKey,
  actOnAgreement,
  getAgreement,
  resumeAgreement,
  startAgreement,
  stopAgreement,
} from '../../../agreements/index.ts'
import { getServicePoints } from '../../../metering/index.ts'
import { accountOf, DONE, madeBy, type StepDefinition, type StepWork } from '../step.ts'
import { tellService } from './events.ts'
import { agreementsNamed, holdersFrom, reversionOf } from './places.ts'

/** The agreements are to stop on the day. */
export const requestStop: StepDefinition = {
  async act(tx, { request, now }) {
    const { stopDate } = request
    if (stopDate === null) throw new Error('nothing stops')
    const { customerId } = accountOf(request)
    const agreementIds = [...(request.terms.agreementIds ?? [])]
    for (const agreementId of agreementIds)
      await stopAgreement(tx, { customerId, agreementId, endDate: stopDate, now })
    return { status: 'done', made: { agreementIds } }
  },
  async undo(tx, { request }, { agreementIds = [] }) {
    const { customerId } = accountOf(request)
    for (const agreementId of agreementIds) await resumeAgreement(tx, { customerId, agreementId })
  },
}

/** A landlord takes service over where nobody else does. */
export const revertToLandlord: StepDefinition = {
  async act(tx, work) {
    const landlordAgreements: AgreementKey[] = []
    for (const agreement of await agreementsNamed(tx, work.request))
      landlordAgreements.push(...(await revert(tx, work, agreement.points)))
    if (landlordAgreements.length === 0)
      return { status: 'skipped', message: 'No landlord takes service over.' }
    return { status: 'done', made: { landlordAgreements } }
  },
  async undo(tx, _work, { landlordAgreements = [] }) {
    for (const key of landlordAgreements) await actOnAgreement(tx, { ...key, action: 'cancel' })
  },
}

async function revert(
  tx: Tx,
  { request, now }: StepWork,
  served: readonly { servicePointId: number; endDate: string | null }[],
): Promise<AgreementKey[]> {
  const { stopDate } = request
  if (stopDate === null) throw new Error('nothing stops')
  const left = served.filter((point) => point.endDate === stopDate).map((point) => point.servicePointId)
  const made: AgreementKey[] = []
  for (const point of await getServicePoints(tx, left)) {
    const landlord = await reversionOf(tx, point, stopDate)
    if (!landlord || (await holdersFrom(tx, point.servicePointId, stopDate)).length > 0) continue
    const { customerId, accountNumber, tariffId } = landlord
    const points = [{ servicePointId: point.servicePointId }]
    const start = { customerId, accountNumber, tariffId, points, startDate: stopDate, pending: true, now }
    made.push({ customerId, agreementId: await startAgreement(tx, start) })
  }
  return made
}

/** On the day: the agreements have stopped, a landlord's are active. */
export const endService: StepDefinition = {
  on: 'stop',
  async act(tx, work) {
    const { request, now } = work
    const { stopDate } = request
    if (stopDate === null) throw new Error('nothing stops')
    const { customerId } = accountOf(request)
    const { agreementIds = [] } = madeBy(request, 'request_stop')
    for (const agreementId of agreementIds) {
      const key = { customerId, agreementId }
      if ((await getAgreement(tx, key)).status !== 'pending_stop') continue
      await stopAgreement(tx, { ...key, endDate: stopDate, now })
      if ((await getAgreement(tx, key)).status === 'pending_stop')
        return { status: 'waits', message: `It is not ${stopDate} yet where service stops.` }
    }
    for (const key of madeBy(request, 'revert_to_landlord').landlordAgreements ?? [])
      await actOnAgreement(tx, { ...key, action: 'activate' })
    await tellService(tx, work, 'service.stopped', agreementIds)
    return DONE
  },
}
