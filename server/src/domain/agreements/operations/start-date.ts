import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { lockServicePoints } from '../../metering/index.ts'
import type { AgreementKey } from '../agreement.ts'
import { agreementAfter } from '../life-cycle.ts'
import { checkPeriod } from '../period.ts'
import { updateAgreement } from '../store/agreement.ts'
import { updateTermStarts } from '../store/term.ts'
import { lockAgreement, refuseHeldPoints } from './agreement.ts'

/**
 * This will give an agreement another first day; its points, plan, facts, exemptions and flags that began with it begin
 * then too. One that waits to start is active when the day has come. Refuses a day on or after its end, one on which what
 * began with it had ended already, and one on which another has its points. Locks the customer, then the points.
 */
export async function moveStart(
  tx: Tx,
  input: AgreementKey & { startDate: LocalDate; now: Instant },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const { startDate } = input
  const { status, endDate, points, plans, facts, exemptions, flags } = agreement
  if (status === 'cancelled' || status === 'closed')
    throw new Refusal('conflict', 'agreement_state', `The agreement is ${status}; its start cannot move.`)
  checkPeriod({ startDate, endDate })
  const terms = [...points, ...plans, ...facts, ...exemptions, ...flags]
  const over = terms.find((one) => one.endDate !== null && one.endDate <= startDate)
  if (over)
    throw new Refusal(
      'rule',
      'start_after_terms',
      `A plan, point or other term of the agreement ended on ${over.endDate}; start before that day.`,
    )
  const first = points.filter((one) => one.startDate === agreement.startDate)
  const ids = first.map((one) => one.servicePointId)
  await lockServicePoints(tx, ids)
  if (startDate < agreement.startDate)
    await refuseHeldPoints(tx, ids, { startDate, endDate: agreement.startDate }, input)
  const come = startDate <= localDateAt(input.now, points[0]?.timeZone ?? 'UTC')
  const next = status === 'pending_start' && come ? agreementAfter(status, 'activate') : status
  await updateTermStarts(tx, input, { was: agreement.startDate, later: startDate })
  await updateAgreement(tx, input, { status: next, startDate })
}
