import type { Tx } from '../../../../platform/db/index.ts'
import { emit } from '../../../../platform/outbox.ts'
import { accountOf, type StepWork } from '../step.ts'

/** This will tell that agreements began or ended to be served, one event each. */
export async function tellService(
  tx: Tx,
  { request, now }: StepWork,
  type: 'service.started' | 'service.stopped',
  agreementIds: readonly number[],
): Promise<void> {
  const { clientId, requestId, kind: requestKind, startDate, stopDate } = request
  const account = accountOf(request)
  const day = type === 'service.stopped' ? { stopDate } : { startDate }
  const events = agreementIds.map((agreementId) => ({
    clientId,
    at: now,
    type,
    subject: `agreement:${account.customerId}-${agreementId}`,
    payload: { ...account, agreementId, ...day, requestId, requestKind },
  }))
  await emit(tx, events)
}
