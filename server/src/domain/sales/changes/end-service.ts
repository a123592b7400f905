import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { requestService } from '../service-requests/operations.ts'
import { getServiceRequest } from '../service-requests/queries.ts'
import type { WholeRequest } from '../service-requests/request.ts'
import { takeStep } from '../service-requests/work.ts'

/** Whether service may stop, and the stop itself; field work, final bill and what follows are taken by the workers. */
const AT_ONCE = ['check_stop', 'request_stop']

/**
 * This will ask for the stop of one agreement on a day, the first without service, and answer the service request with the
 * agreement stopped or pending stop. What a stop request is refused for, this refuses at once, and nothing is left of it.
 */
export async function endService(
  tx: Tx,
  input: AgreementKey & { endDate: LocalDate; reason?: string; now: Instant; actor: Actor },
): Promise<WholeRequest> {
  const { customerId, agreementId, endDate: stopDate, reason = '', now, actor } = input
  const clientId = clientOf(customerId)
  const { accountNumber } = await getAgreement(tx, input)
  const account = { customerId, accountNumber, agreementIds: [agreementId] }
  const wish = { kind: 'stop' as const, ...account, stopDate }
  const requestId = await requestService(tx, {
    clientId,
    requestedBy: actor.actor,
    reason,
    ...wish,
    now,
    actor,
  })
  const key = { clientId, requestId }
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  for (;;) {
    const request = await getServiceRequest(tx, key)
    const step = request.steps.find((one) => one.status === 'pending')
    if (!step || !AT_ONCE.includes(step.kind)) return request
    if ((await takeStep(tx, { ...key, day, now, actor })) === 'taken') continue
    const { faultCode, fault } = await getServiceRequest(tx, key)
    throw new Refusal('conflict', faultCode ?? 'service_request_stuck', fault ?? 'Service cannot stop.')
  }
}
