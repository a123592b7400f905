import type { Tx } from '../../../platform/db/index.ts'
import { addDays } from '../../../platform/time.ts'
import { requestFieldActivity } from '../../field/index.ts'
import type { Caseload, Rules } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { obstacleTo } from '../protections/protection.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { isCutDay, type Severance, severanceSubject } from './severance.ts'

/**
 * This will order the cut of each severance of a process whose legal days are over and that nothing forbids. Answers the
 * field activities, and what the others wait for.
 */
export async function orderCuts(
  tx: Tx,
  rules: Rules,
  caseload: Caseload,
  process: CollectionProcess,
): Promise<{ activityIds: number[]; waitingFor?: string }> {
  const present = await selectSeverances(tx, [process.customerId], { active: true })
  const own = present.filter((one) => one.processId === process.processId && one.cutOn === null)
  const activityIds: number[] = []
  let waitingFor: string | undefined
  for (const severance of own) {
    const obstacle = obstacleToCut(rules, caseload, process, severance)
    if (obstacle) waitingFor = obstacle
    else activityIds.push(severance.cutActivityId ?? (await orderCut(tx, rules, caseload, severance)))
  }
  return { activityIds, ...(waitingFor !== undefined && { waitingFor }) }
}

/** This will tell what forbids a cut on a day; undefined when nothing does. */
export function obstacleToCut(
  { day, calendar }: Pick<Rules, 'day' | 'calendar'>,
  caseload: Pick<Caseload, 'shelter'>,
  process: CollectionProcess,
  { cutFrom, agreementId }: Severance,
): string | undefined {
  if (day < cutFrom) return 'legal_days'
  const obstacle = obstacleTo(caseload.shelter.obstacles, 'cut', { ...process, agreementId })
  if (obstacle) return obstacle.source
  return isCutDay(day, addDays(day, 1), calendar) ? undefined : 'work_day'
}

/** This will ask the field to cut service and answer the activity. */
export async function orderCut(
  tx: Tx,
  { clientId, day, now, actor }: Pick<Rules, 'clientId' | 'day' | 'now' | 'actor'>,
  { agreements }: Pick<Caseload, 'agreements'>,
  severance: Severance,
): Promise<number> {
  const { customerId, agreementId } = severance
  const agreement = agreements.find((one) => one.customerId === customerId && one.agreementId === agreementId)
  const point = agreement?.points.find((one) => one.endDate === null)
  if (!point) throw new Error(`agreement ${customerId}-${agreementId} has no point to cut`)
  const activityId = await requestFieldActivity(tx, {
    ...{ clientId, customerId, agreementId, now, actor },
    kind: 'disconnect',
    servicePointId: point.servicePointId,
    cause: severanceSubject(severance),
    requestedFor: day,
    instructions: 'Disconnect for non-payment.',
    guarded: true,
  })
  await updateSeverance(tx, severance, { cutActivityId: activityId, cutOrderedAt: now })
  return activityId
}
