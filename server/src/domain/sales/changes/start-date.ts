import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AgreementKey, lockAgreement, moveStart } from '../../agreements/index.ts'
import { chargesOfAgreement } from '../../billing/index.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { usageOfAgreement } from '../../usage/index.ts'
import { findServiceRequests } from '../service-requests/queries.ts'

/**
 * This will put right the first day of service, with every term that began on it. Refuses a day to come, service that was
 * charged (its charges are cancelled first), usage before the day, and an agreement that a service request still starts.
 * Locks the customer.
 */
export async function correctStartDate(
  tx: Tx,
  input: AgreementKey & { startDate: LocalDate; now: Instant; actor: Actor },
): Promise<void> {
  const { customerId, agreementId, startDate, now, actor } = input
  const agreement = await lockAgreement(tx, input)
  const clientId = clientOf(customerId)
  const today = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  if (startDate > today)
    throw refusal('rule', 'date_in_future', `The first day of service cannot be after today, ${today}.`)
  await refuseCharged(tx, input)
  await refuseUsageBefore(tx, input)
  if (agreement.status === 'pending_start') await refuseRequested(tx, { clientId, customerId })
  await moveStart(tx, { customerId, agreementId, startDate, now })
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'correctStartDate',
    subject: `agreement:${customerId}-${agreementId}`,
    detail: { startDate, was: agreement.startDate },
  })
}

function refusal(kind: 'rule' | 'conflict', code: string, sentence: string): Refusal {
  return new Refusal(kind, code, sentence, [
    { pointer: '/startDate', in: 'body', message: 'cannot be the first day of service' },
  ])
}

async function refuseCharged(tx: Tx, key: AgreementKey): Promise<void> {
  const charges = await chargesOfAgreement(tx, key)
  const charge = charges.find((one) => one.kind === 'service' && one.status === 'frozen')
  if (charge)
    throw refusal(
      'conflict',
      'start_charged',
      `Charge ${charge.chargeId} bills service from ${charge.startDate}; cancel the account's charges first.`,
    )
}

async function refuseUsageBefore(tx: Tx, key: AgreementKey & { startDate: LocalDate }): Promise<void> {
  const usages = await usageOfAgreement(tx, key)
  const before = usages.find(
    (one) => one.startDate < key.startDate && one.status !== 'cancelled' && one.status !== 'superseded',
  )
  if (before)
    throw refusal(
      'conflict',
      'usage_before_start',
      `Usage ${before.usageId} begins on ${before.startDate}; cancel it, or start no later than that.`,
    )
}

async function refuseRequested(tx: Tx, wish: { clientId: number; customerId: number }): Promise<void> {
  const statuses = ['submitted', 'in_progress'] as const
  const { requests } = await findServiceRequests(tx, { ...wish, statuses, limit: 50, offset: 0 })
  const request = requests.find((one) => one.startDate !== null)
  if (request)
    throw refusal(
      'conflict',
      'service_request_open',
      `Service request ${request.requestId} starts service on ${request.startDate}; change its days instead.`,
    )
}
