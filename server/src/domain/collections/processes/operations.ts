import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import { type Rules, readCaseload, readRules } from '../debt/caseload.ts'
import type { Done } from '../done.ts'
import { choosePath } from '../paths/path.ts'
import { obstacleTo } from '../protections/protection.ts'
import { selectProcesses, selectSteps, updateStep } from '../store/process.ts'
import { end } from './end.ts'
import { openFollowers } from './perform.ts'
import { type ProcessKey, processSubject } from './process.ts'
import { start } from './start.ts'

/**
 * This will begin a process by hand for what an account owes past due, on a named path or the one whose criteria hold,
 * and answer its id. Refuses an account that owes nothing past due of the class, a process that runs already, debt that
 * something protects, and a path that is not for it.
 */
export async function startCollection(
  tx: Tx,
  input: AccountKey & Done & { debtClass: string; pathCode?: string },
): Promise<number> {
  const { customerId, accountNumber, debtClass, pathCode } = input
  const rules = await rulesNow(tx, input)
  await getBillingAccount(tx, input)
  const caseload = await readCaseload(tx, [customerId], rules.day)
  const arrears = caseload.arrears.find(
    (one) => one.accountNumber === accountNumber && one.debtClass === debtClass,
  )
  if (!arrears)
    throw new Refusal('rule', 'nothing_past_due', `Nothing of the class ${debtClass} is past due.`)
  const same = (one: { accountNumber: number; debtClass: string; stage: string }) =>
    one.accountNumber === accountNumber && one.debtClass === debtClass && one.stage === arrears.stage
  if (caseload.processes.some(same))
    throw new Refusal('conflict', 'collection_runs', 'This debt is being collected already.')
  const named = rules.paths.find((one) => one.pathCode === pathCode && one.stage === arrears.stage)
  const path =
    pathCode === undefined
      ? choosePath(rules.paths, arrears, caseload.classes.get(customerId) ?? 'residential')
      : named
  if (!path) throw new Refusal('rule', 'path_unfit', 'No collection path is for this debt; name one that is.')
  const obstacle = obstacleTo(caseload.shelter.obstacles, 'notice', arrears)
  if (obstacle) throw new Refusal('rule', 'debt_protected', `The debt is protected by ${obstacle.source}.`)
  return (await start(tx, rules, arrears, path)).processId
}

/**
 * This will end a process by hand; what it set going is called back. With `notBefore` no new one begins for this debt
 * before that day. Refuses one that has ended.
 */
export async function cancelCollection(
  tx: Tx,
  input: ProcessKey & Done & { reason: string; notBefore?: LocalDate },
): Promise<void> {
  const rules = await rulesNow(tx, input)
  const process = await runningProcess(tx, input)
  await end(tx, rules, process, 'cancelled', input.notBefore ?? null)
  const { clientId, now, actor } = rules
  const detail = { reason: input.reason }
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'cancelCollection',
    subject: processSubject(process),
    detail,
  })
}

/** This will leave out a step that is still to be done; the next counts from today. Refuses one that is done or left out. */
export async function skipStep(
  tx: Tx,
  input: ProcessKey & Done & { stepNumber: number; reason: string },
): Promise<void> {
  const rules = await rulesNow(tx, input)
  const process = await runningProcess(tx, input)
  const steps = await selectSteps(tx, [process])
  const step = steps.find((one) => one.stepNumber === input.stepNumber)
  if (!step) throw new Refusal('not_found', 'step_unknown', `There is no step ${input.stepNumber}.`)
  if (step.status !== 'pending')
    throw new Refusal('conflict', 'step_over', `Step ${input.stepNumber} is ${step.status} already.`)
  const result = { skipped: input.reason }
  await updateStep(tx, step, { status: 'cancelled', waitingFor: null, result })
  step.status = 'cancelled'
  await openFollowers(tx, rules, steps, step)
  const { clientId, now, actor } = rules
  const subject = `${processSubject(process)}-${step.stepNumber}`
  await audit(tx, { clientId, at: now, actor, operation: 'skipCollectionStep', subject, detail: result })
}

async function rulesNow(tx: Tx, { customerId, now, actor }: Done & { customerId: number }): Promise<Rules> {
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  return readRules(tx, { clientId, day, now, actor })
}

async function runningProcess(tx: Tx, { customerId, processId }: ProcessKey) {
  const process = (await selectProcesses(tx, [customerId])).find((one) => one.processId === processId)
  if (!process)
    throw new Refusal(
      'not_found',
      'collection_unknown',
      `There is no collection process ${processId} of this customer.`,
    )
  if (process.status === 'active') return process
  throw new Refusal(
    'conflict',
    'collection_ended',
    `The process ended on ${process.endedOn}: ${process.endReason}.`,
  )
}
