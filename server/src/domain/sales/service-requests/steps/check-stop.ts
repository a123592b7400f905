import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { addDays, type LocalDate } from '../../../../platform/time.ts'
import { type BillableAgreement, formatAccountId } from '../../../agreements/index.ts'
import { chargesOfAgreement } from '../../../billing/index.ts'
import type { ServiceRequest } from '../request.ts'
import { DONE, type StepDefinition } from '../step.ts'
import { requireDay } from './check-start.ts'
import { agreementsNamed } from './places.ts'
import { refuseOpenStop } from './reinstate.ts'

/** Whether service may stop: it is served, on this account, and not charged beyond the day. */
export const checkStop: StepDefinition = {
  async act(tx, { request, day, policy }) {
    const stopDate = requireDay(request.stopDate, day, policy)
    for (const agreement of await agreementsNamed(tx, request)) {
      requireServed(agreement, request, 'active')
      await refuseChargedBeyond(tx, agreement, stopDate)
    }
    return DONE
  },
}

/** Whether service may be taken up again: it is to stop, or has stopped not long ago. */
export const checkReinstate: StepDefinition = {
  async act(tx, { request, day, policy }) {
    for (const agreement of await agreementsNamed(tx, request)) {
      const { endDate } = agreement
      requireServed(agreement, request, 'pending_stop', 'stopped')
      if (endDate !== null && addDays(endDate, policy.reinstateDays) < day)
        throw new Refusal(
          'rule',
          'reinstate_too_late',
          `Service of account ${formatAccountId(agreement)} stopped on ${endDate}; after ${policy.reinstateDays} days it starts anew.`,
        )
    }
    await refuseOpenStop(tx, request)
    return DONE
  },
}

function requireServed(
  agreement: BillableAgreement,
  request: ServiceRequest,
  ...statuses: BillableAgreement['status'][]
): void {
  const name = formatAccountId(agreement)
  if (agreement.kind !== 'service' || agreement.accountNumber !== request.accountNumber)
    throw new Refusal(
      'rule',
      'agreement_not_on_account',
      `Account ${name} is no service of billing account ${request.accountNumber}.`,
    )
  if (statuses.includes(agreement.status)) return
  const words = (status: string) => status.replace('_', ' ')
  throw new Refusal(
    'conflict',
    'agreement_state',
    `Account ${name} is ${words(agreement.status)}; it has to be ${statuses.map(words).join(' or ')}.`,
  )
}

async function refuseChargedBeyond(tx: Tx, agreement: BillableAgreement, stopDate: LocalDate): Promise<void> {
  const charges = await chargesOfAgreement(tx, agreement)
  const beyond = charges.find(
    (one) => one.kind === 'service' && one.status === 'frozen' && one.endDate > stopDate,
  )
  if (!beyond) return
  throw new Refusal(
    'conflict',
    'charged_beyond_stop',
    `Charge ${beyond.chargeId} bills service up to ${beyond.endDate}; cancel it, or stop on a later day.`,
  )
}
