import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { localDateAt } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { dispatchFieldActivity, getFieldActivity } from '../../field/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import { arrearsAgainst, type Caseload, type Rules, readCaseload, readRules } from '../debt/caseload.ts'
import type { Done } from '../done.ts'
import { selectProcesses } from '../store/process.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { obstacleToCut, orderCut } from './cut.ts'
import { severableAgreements } from './notice.ts'
import { reconnect } from './release.ts'
import { type Severance, type SeveranceKey, severanceSubject } from './severance.ts'

/**
 * This will send the crew to cut service, after everything that forbids it was checked once more. Refuses `cut_forbidden`
 * with what forbids it (the debt is paid, legal days, a protection, a promise, no cut day), and a severance without order.
 */
export async function dispatchCut(tx: Tx, input: SeveranceKey & Done & { crew?: string }): Promise<void> {
  const { crew, now, actor } = input
  const { severance, rules, caseload } = await readCase(tx, input)
  if (severance.status !== 'active' || severance.cutActivityId === null || severance.cutOn !== null)
    throw new Refusal('conflict', 'cut_not_ordered', 'No cut is ordered for this severance now.')
  await refuseForbidden(tx, rules, caseload, severance)
  const activityId = severance.cutActivityId
  const { clientId } = rules
  const sent = { clientId, activityId, now, actor, cleared: true }
  await dispatchFieldActivity(tx, { ...sent, ...(crew !== undefined && { crew }) })
  await updateSeverance(tx, severance, { cutDispatchedAt: now })
  const subject = severanceSubject(severance)
  await audit(tx, { clientId, at: now, actor, operation: 'dispatchCut', subject, detail: { activityId } })
  const payload = { customerId: severance.customerId, agreementId: severance.agreementId, activityId }
  await emit(tx, [{ clientId, at: now, type: 'collection.cut_dispatched', subject, payload }])
}

/**
 * This will order the field work of a severance again that was not possible or was cancelled, and answer the activity: the
 * reconnection of service that is cut (without another fee), else the cut. Refuses work that is under way, a cut that is
 * forbidden, a severance that is over, and one whose cut was never due.
 */
export async function orderAgain(tx: Tx, input: SeveranceKey & Done): Promise<number> {
  const { severance, rules, caseload } = await readCase(tx, input)
  if (severance.status !== 'active')
    throw new Refusal('conflict', 'severance_over', `The severance ended: ${severance.endReason}.`)
  const isCut = severance.cutOn !== null
  await refuseUnderWay(tx, rules, isCut ? severance.reconnectActivityId : severance.cutActivityId)
  if (isCut) return (await reconnect(tx, rules, severance, { fee: false })).activityId
  await refuseForbidden(tx, rules, caseload, severance)
  return orderCut(tx, rules, caseload, severance)
}

async function readCase(tx: Tx, { customerId, severanceId, now, actor }: SeveranceKey & Done) {
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  const severance = (await selectSeverances(tx, [customerId])).find((one) => one.severanceId === severanceId)
  if (!severance)
    throw new Refusal(
      'not_found',
      'severance_unknown',
      `There is no severance ${severanceId} of this customer.`,
    )
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const rules = await readRules(tx, { clientId, day, now, actor })
  return { severance, rules, caseload: await readCaseload(tx, [customerId], day) }
}

async function refuseForbidden(
  tx: Tx,
  rules: Rules,
  caseload: Caseload,
  severance: Severance,
): Promise<void> {
  const all = await selectProcesses(tx, [severance.customerId])
  const process = all.find((one) => one.processId === severance.processId)
  if (!process) throw new Error(`${severanceSubject(severance)} has no process`)
  const arrears = arrearsAgainst(caseload, process)
  const owes =
    arrears !== undefined &&
    arrears.amountCents > process.releaseCents &&
    severableAgreements(caseload.agreements, arrears, rules.policy.severableDebtClasses).some(
      (one) => one.agreementId === severance.agreementId,
    )
  const why = owes ? obstacleToCut(rules, caseload, process, severance) : 'paid'
  if (why === undefined) return
  throw new Refusal('rule', 'cut_forbidden', `Service must not be cut now: ${WHY[why] ?? why}.`)
}

const WHY: Record<string, string> = {
  paid: 'the debt is paid',
  legal_days: 'the days of the notice are not over',
  work_day: 'it is no work day, or none follows',
  promise: 'a promise of payment covers the debt',
}

async function refuseUnderWay(tx: Tx, { clientId }: Rules, activityId: number | null): Promise<void> {
  if (activityId === null) return
  const { status, result } = await getFieldActivity(tx, clientId, activityId)
  if (status === 'cancelled' || result?.outcome === 'not_possible') return
  throw new Refusal(
    'conflict',
    'field_work_under_way',
    `Field activity ${activityId} is ${status}; wait for its end.`,
  )
}
