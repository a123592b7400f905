import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import { getAgreement } from '../../agreements/index.ts'
import { cancelFieldActivity, getFieldActivity, requestFieldActivity } from '../../field/index.ts'
import { assessFee } from '../../receivables/index.ts'
import { arrearsAgainst, type Caseload, type Rules } from '../debt/caseload.ts'
import type { CollectionProcess, EndReason } from '../processes/process.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { severableAgreements } from './notice.ts'
import { type Severance, severanceSubject } from './severance.ts'

/** What reconnecting needs of the rules. */
export type ReleaseRules = Pick<Rules, 'clientId' | 'day' | 'now' | 'actor' | 'policy'>

/**
 * This will end the severances of a process that ends: a cut that is not done is called back; service that is cut is
 * reconnected, with its fee when the customer paid for what was owed. Service that was stopped stays stopped.
 */
export async function endSeverances(
  tx: Tx,
  rules: ReleaseRules,
  process: Pick<CollectionProcess, 'customerId' | 'processId'>,
  reason: EndReason,
): Promise<void> {
  const active = await selectSeverances(tx, [process.customerId], { active: true })
  for (const severance of active.filter((one) => one.processId === process.processId))
    await endSeverance(tx, rules, severance, reason)
}

/** This will end the severances of a process that goes on whose own agreement owes nothing that it is cut for any more. */
export async function endPaidSeverances(
  tx: Tx,
  rules: Rules,
  caseload: Pick<Caseload, 'agreements' | 'arrears'>,
  process: CollectionProcess,
): Promise<void> {
  const arrears = arrearsAgainst(caseload, process)
  if (!arrears) return
  const owing = severableAgreements(caseload.agreements, arrears, rules.policy.severableDebtClasses)
  const active = await selectSeverances(tx, [process.customerId], { active: true })
  for (const severance of active.filter((one) => one.processId === process.processId))
    if (!owing.some((one) => one.agreementId === severance.agreementId))
      await endSeverance(tx, rules, severance, 'paid')
}

async function endSeverance(
  tx: Tx,
  rules: ReleaseRules,
  severance: Severance,
  reason: EndReason,
): Promise<void> {
  const isCut = severance.cutOn !== null || (await wasCut(tx, rules, severance))
  const { points } = await getAgreement(tx, severance)
  const isServed = points.some((one) => one.endDate === null)
  if (!isCut) {
    await callBack(tx, rules, severance, reason)
    await close(tx, rules, severance, !isServed ? 'stopped' : reason === 'paid' ? 'paid' : 'cancelled')
  } else if (!isServed) await close(tx, rules, severance, 'stopped')
  else if (reason !== 'written_off' && severance.reconnectActivityId === null)
    await reconnect(tx, rules, severance, { fee: reason !== 'bankruptcy' && reason !== 'protection' })
}

/** The crew may have been faster than the event that tells of it. */
async function wasCut(tx: Tx, { clientId }: ReleaseRules, severance: Severance): Promise<boolean> {
  if (severance.cutActivityId === null) return false
  const { status, result } = await getFieldActivity(tx, clientId, severance.cutActivityId)
  return status === 'completed' && result?.outcome === 'done'
}

async function callBack(tx: Tx, rules: ReleaseRules, severance: Severance, reason: string): Promise<void> {
  if (severance.cutActivityId === null) return
  const { clientId, now, actor } = rules
  const activity = { clientId, activityId: severance.cutActivityId, now, actor }
  const { status } = await getFieldActivity(tx, clientId, severance.cutActivityId)
  if (status === 'completed' || status === 'cancelled') return
  await cancelFieldActivity(tx, { ...activity, reason: `Collection ended: ${reason}.` })
}

function close(
  tx: Tx,
  { day }: ReleaseRules,
  severance: Severance,
  endReason: NonNullable<Severance['endReason']>,
): Promise<void> {
  return updateSeverance(tx, severance, { status: 'inactive', endedOn: day, endReason })
}

/** This will ask the field to reconnect service that was cut, once, and ask the customer for the fee. */
export async function reconnect(
  tx: Tx,
  rules: ReleaseRules,
  severance: Severance,
  { fee }: { fee: boolean },
): Promise<{ activityId: number; feeAdjustmentId: number | null }> {
  const { clientId, day, now, actor, policy } = rules
  const { customerId, agreementId } = severance
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const point = agreement.points.find((one) => one.endDate === null)
  if (!point) throw new Error(`agreement ${customerId}-${agreementId} has no point to reconnect`)
  const cause = severanceSubject(severance)
  const activityId = await requestFieldActivity(tx, {
    ...{ clientId, customerId, agreementId, cause, now, actor },
    kind: 'reconnect',
    servicePointId: point.servicePointId,
    requestedFor: day,
    instructions: 'Reconnect after payment.',
  })
  const type = fee ? policy.reconnectFee : null
  const charged =
    type === null
      ? undefined
      : await assessFee(tx, { customerId, agreementId, type, cause, effectiveDate: day, now, actor })
  const feeAdjustmentId = charged?.adjustmentId ?? null
  await updateSeverance(tx, severance, { reconnectActivityId: activityId, feeAdjustmentId })
  const payload = {
    customerId,
    accountNumber: severance.accountNumber,
    agreementId,
    activityId,
    feeAdjustmentId,
  }
  await emit(tx, [{ clientId, at: now, type: 'collection.reconnect_ordered', subject: cause, payload }])
  return { activityId, feeAdjustmentId }
}
