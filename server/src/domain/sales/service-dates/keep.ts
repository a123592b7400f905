import type { Database, Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Clock, Instant, LocalDate } from '../../../platform/time.ts'
import { type AgreementKey, actOnAgreement, getAgreement, stopAgreement } from '../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { selectDueAgreements } from '../store/service-date.ts'

/** An agreement whose first or last day has come. */
export interface DueAgreement extends AgreementKey {
  accountNumber: number
  status: 'pending_start' | 'pending_stop'
  startDate: LocalDate
  endDate: LocalDate | null
}

/**
 * This will let agreements begin and end on the day they were given without a service request: pending starts become
 * active, pending stops stopped, each in a transaction of its own. Customers with an open request are left to it, and nothing
 * begins where a switch hold is. Answers
 * how many. Again on the same day: nothing more happens.
 */
export async function keepServiceDates(
  { database, clock, actor }: { database: Database; clock: Clock; actor: Actor },
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<number> {
  const due = await selectDueAgreements(database.read, clientId, day)
  for (const agreement of due)
    await database.transaction((tx) => keepDate(tx, { agreement, now: clock(), actor }))
  return due.length
}

async function keepDate(
  tx: Tx,
  { agreement, now, actor }: { agreement: DueAgreement; now: Instant; actor: Actor },
): Promise<void> {
  const { customerId, agreementId, accountNumber, startDate, endDate } = agreement
  const key = { customerId, agreementId }
  await lockCustomers(tx, [customerId])
  const { status } = await getAgreement(tx, key)
  if (status !== agreement.status) return
  const starts = status === 'pending_start'
  if (starts) await actOnAgreement(tx, { ...key, action: 'activate' })
  else if (endDate !== null) await stopAgreement(tx, { ...key, endDate, now })
  const clientId = clientOf(customerId)
  const subject = `agreement:${customerId}-${agreementId}`
  const operation = starts ? 'beginService' : 'endService'
  await audit(tx, { clientId, at: now, actor, operation, subject })
  const dates = starts ? { startDate } : { stopDate: endDate }
  const payload = { ...key, accountNumber, ...dates }
  await emit(tx, [
    { clientId, at: now, type: starts ? 'service.started' : 'service.stopped', subject, payload },
  ])
}
