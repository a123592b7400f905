import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, type Instant, localDateAt } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { dispatchFieldActivity, requestFieldActivity } from '../../field/index.ts'
import { type Actor, audit, getClient, workCalendar } from '../../identity/index.ts'
import { arrearsAgainst, type Caseload, type Rules, readCaseload } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { obstacleTo } from '../protections/protection.ts'
import { selectProcesses } from '../store/process.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { isCutDay, type Severance, type SeveranceKey, severanceSubject } from './severance.ts'

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
    const obstacle = obstacleOf(rules, caseload, process, severance)
    if (obstacle) waitingFor = obstacle
    else activityIds.push(severance.cutActivityId ?? (await orderCut(tx, rules, caseload, severance)))
  }
  return { activityIds, ...(waitingFor !== undefined && { waitingFor }) }
}

function obstacleOf(
  { day, calendar }: Pick<Rules, 'day' | 'calendar'>,
  caseload: Caseload,
  process: CollectionProcess,
  severance: Severance,
): string | undefined {
  if (day < severance.cutFrom) return 'legal_days'
  const { agreementId } = severance
  const obstacle = obstacleTo(caseload.shelter.obstacles, 'cut', { ...process, agreementId })
  if (obstacle) return obstacle.source
  return isCutDay(day, addDays(day, 1), calendar) ? undefined : 'work_day'
}

async function orderCut(tx: Tx, rules: Rules, caseload: Caseload, severance: Severance): Promise<number> {
  const { clientId, day, now, actor } = rules
  const { customerId, agreementId } = severance
  const agreement = caseload.agreements.find(
    (one) => one.customerId === customerId && one.agreementId === agreementId,
  )
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

/**
 * This will send the crew to cut service, after everything that forbids it was checked once more. Refuses `cut_forbidden`
 * with what forbids it (the debt is paid, legal days, a protection, a promise, no cut day), and a severance without order.
 */
export async function dispatchCut(
  tx: Tx,
  input: SeveranceKey & { crew?: string; now: Instant; actor: Actor },
): Promise<void> {
  const { customerId, severanceId, crew, now, actor } = input
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  const severance = (await selectSeverances(tx, [customerId])).find((one) => one.severanceId === severanceId)
  if (!severance) throw unknownSeverance(severanceId)
  if (severance.status !== 'active' || severance.cutActivityId === null || severance.cutOn !== null)
    throw new Refusal('conflict', 'cut_not_ordered', 'No cut is ordered for this severance now.')
  await refuseForbidden(tx, severance, now)
  const activityId = severance.cutActivityId
  await dispatchFieldActivity(tx, {
    ...{ clientId, activityId, now, actor },
    ...(crew !== undefined && { crew }),
    cleared: true,
  })
  await updateSeverance(tx, severance, { cutDispatchedAt: now })
  const subject = severanceSubject(severance)
  await audit(tx, { clientId, at: now, actor, operation: 'dispatchCut', subject, detail: { activityId } })
  const payload = { customerId, agreementId: severance.agreementId, activityId }
  await emit(tx, [{ clientId, at: now, type: 'collection.cut_dispatched', subject, payload }])
}

async function refuseForbidden(tx: Tx, severance: Severance, now: Instant): Promise<void> {
  const clientId = clientOf(severance.customerId)
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const caseload = await readCaseload(tx, [severance.customerId], day)
  const process = (await selectProcesses(tx, [severance.customerId])).find(
    (one) => one.processId === severance.processId,
  )
  if (!process) throw new Error(`${severanceSubject(severance)} has no process`)
  const owedCents = arrearsAgainst(caseload, process)?.amountCents ?? 0
  const calendar = await workCalendar(tx, clientId)
  const why =
    owedCents <= process.releaseCents ? 'paid' : obstacleOf({ day, calendar }, caseload, process, severance)
  if (why === undefined) return
  throw new Refusal('rule', 'cut_forbidden', `Service must not be cut now: ${WHY[why] ?? why}.`)
}

const WHY: Record<string, string> = {
  paid: 'the debt is paid',
  legal_days: 'the days of the notice are not over',
  work_day: 'it is no work day, or none follows',
  promise: 'a promise of payment covers the debt',
}

export function unknownSeverance(severanceId: number): Refusal {
  return new Refusal(
    'not_found',
    'severance_unknown',
    `There is no severance ${severanceId} of this customer.`,
  )
}
