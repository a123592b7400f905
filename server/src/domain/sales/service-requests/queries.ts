import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type RequestFilter, selectRequests } from '../store/request.ts'
import type { RequestKey, WholeRequest } from './request.ts'

/** This will read a service request with its steps. Refuses an unknown one. */
export async function getServiceRequest(tx: Tx, { clientId, requestId }: RequestKey): Promise<WholeRequest> {
  const filter = { clientId, requestIds: [requestId], limit: 1, offset: 0 }
  const { requests } = await selectRequests(tx, filter)
  const [request] = requests
  if (request) return request
  throw new Refusal('not_found', 'service_request_unknown', `There is no service request ${requestId}.`)
}

/**
 * This will list service requests of a client with their steps: of a customer or a premise, of some states, or those with
 * something to do by a day; with the count of all that match.
 */
export function findServiceRequests(
  tx: Tx,
  filter: RequestFilter,
): Promise<{ requests: WholeRequest[]; total: number }> {
  return selectRequests(tx, filter)
}
