import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import { localDateAt } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type FieldActivity, getFieldActivity } from '../../field/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { addCreditEvent } from '../credit/operations.ts'
import { readCaseload } from '../debt/caseload.ts'
import type { Done } from '../done.ts'
import { collectionsPolicy } from '../policy.ts'
import { obstacleTo } from '../protections/protection.ts'
import { selectProcesses } from '../store/process.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { type ReleaseRules, reconnect } from './release.ts'
import { type Severance, severanceOfCause, severanceSubject } from './severance.ts'

/**
 * This will take note of field work that a severance asked for, when it is completed: service is cut, or reconnected, or
 * a person must see why it was not possible. Told twice, it is noted once. Other work is nobody's business here.
 */
export async function noteFieldWork(
  tx: Tx,
  input: Done & { clientId: number; activityId: number },
): Promise<void> {
  const { clientId, activityId, now, actor } = input
  const activity = await getFieldActivity(tx, clientId, activityId)
  const key = severanceOfCause(activity.cause)
  if (!key || activity.status !== 'completed') return
  await lockCustomers(tx, [key.customerId])
  const all = await selectSeverances(tx, [key.customerId])
  const severance = all.find((one) => one.severanceId === key.severanceId)
  if (!severance) return
  if (activity.result?.outcome !== 'done') return reportNotPossible(tx, input, severance, activity)
  const { timeZone } = await getClient(tx, clientId)
  const day = localDateAt(activity.completedAt ?? now, timeZone)
  const policy = await collectionsPolicy(tx, clientId)
  const rules = { clientId, day, now, actor, policy }
  if (activity.kind === 'disconnect' && severance.cutOn === null) await noteCut(tx, rules, severance)
  if (activity.kind === 'reconnect' && severance.reconnectedOn === null)
    await noteReconnection(tx, rules, severance)
}

async function noteCut(tx: Tx, rules: ReleaseRules, severance: Severance): Promise<void> {
  const { clientId, day, now, actor } = rules
  const { customerId, accountNumber, agreementId } = severance
  await updateSeverance(tx, severance, { cutOn: day })
  const cause = severanceSubject(severance)
  await addCreditEvent(tx, { customerId, accountNumber, kind: 'cut', cause, startDate: day, now, actor })
  await tell(tx, rules, severance, 'collection.cut_done')
  const [process] = (await selectProcesses(tx, [customerId])).filter(
    (one) => one.processId === severance.processId,
  )
  const { shelter } = await readCaseload(tx, [customerId], day)
  const target = { customerId, accountNumber, agreementId, debtClass: process?.debtClass ?? '' }
  const obstacle = obstacleTo(shelter.obstacles, 'cut', target)
  if (!obstacle && process?.status === 'active') return
  const cut = { ...severance, cutOn: day }
  if (severance.reconnectActivityId === null) await reconnect(tx, rules, cut, { fee: false })
  await openWorkItems(tx, [
    {
      ...{ clientId, customerId, subject: cause, createdAt: now, priority: 1 },
      kind: 'cut_forbidden',
      reasonCode: 'cut_while_forbidden',
      reason: `Service was cut on ${day} although ${obstacle ? `${obstacle.source} forbids it` : 'the debt was paid'}; reconnection is ordered.`,
      remedy: 'See that service is reconnected at once, and tell the customer.',
    },
  ])
}

async function noteReconnection(tx: Tx, rules: ReleaseRules, severance: Severance): Promise<void> {
  const { day } = rules
  await updateSeverance(tx, severance, {
    reconnectedOn: day,
    status: 'inactive',
    endedOn: day,
    endReason: 'reconnected',
  })
  await tell(tx, rules, severance, 'collection.reconnected')
}

async function reportNotPossible(
  tx: Tx,
  { clientId, now }: Done & { clientId: number },
  severance: Severance,
  activity: FieldActivity,
): Promise<void> {
  if (
    activity.kind === 'disconnect' &&
    severance.cutActivityId === activity.activityId &&
    severance.cutOn === null
  )
    await updateSeverance(tx, severance, { cutActivityId: null, cutOrderedAt: null, cutDispatchedAt: null })
  const subject = severanceSubject(severance)
  await openWorkItems(tx, [
    {
      ...{ clientId, customerId: severance.customerId, subject, createdAt: now, priority: 2 },
      kind: 'field_not_possible',
      reasonCode: `${activity.kind}_not_possible`,
      reason: `The crew could not ${activity.kind}: ${activity.result?.remarks ?? 'no reason was given'}.`,
      remedy: 'Find out why, then order the work again or end the collection.',
    },
  ])
}

async function tell(tx: Tx, rules: ReleaseRules, severance: Severance, type: string): Promise<void> {
  const { clientId, day, now, actor } = rules
  const { customerId, accountNumber, agreementId } = severance
  const subject = severanceSubject(severance)
  const payload = { customerId, accountNumber, agreementId, day }
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'noteFieldWork',
    subject,
    detail: payload,
  })
  await emit(tx, [{ clientId, at: now, type, subject, payload }])
}
