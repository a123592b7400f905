import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import type { AgreementFlag, AgreementKey } from '../agreement.ts'
import { checkPeriod } from '../period.ts'
import { insertFlag, updateFlagEnd } from '../store/term.ts'
import { lockAgreement } from './agreement.ts'

/**
 * This will let an agreement's latest cooling-off period end on another day, the first on which the contract binds, and
 * answer the period. An agreement without one gets it from its first day on. Refuses an end before its start.
 */
export async function changeCoolingOff(
  tx: Tx,
  input: AgreementKey & { endDate: LocalDate; now: Instant; actor: Actor },
): Promise<AgreementFlag> {
  const { customerId, agreementId, endDate, now, actor } = input
  const agreement = await lockAgreement(tx, input)
  const present = agreement.flags.filter((one) => one.flag === 'cooling_off').at(-1)
  const { startDate } = present ?? agreement
  checkPeriod({ startDate, endDate })
  const period: AgreementFlag = present
    ? { ...present, endDate }
    : { customerId, agreementId, flag: 'cooling_off', startDate, endDate, reason: 'Granted by staff.' }
  if (present) await updateFlagEnd(tx, present, endDate)
  else await insertFlag(tx, period)
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'changeCoolingOff',
    subject: `agreement:${customerId}-${agreementId}`,
    detail: { endDate, ...(present?.endDate && { was: present.endDate }) },
  })
  return period
}
