import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays } from '../../../platform/time.ts'
import { audit } from '../../identity/index.ts'
import type { Arrears } from '../debt/arrears.ts'
import type { Caseload, Rules } from '../debt/caseload.ts'
import { type CollectionPath, choosePath, stepDueDate } from '../paths/path.ts'
import { obstacleTo } from '../protections/protection.ts'
import { insertProcess, insertSteps, selectProcesses } from '../store/process.ts'
import { type CollectionProcess, type ProcessStep, processSubject } from './process.ts'

/**
 * This will begin processes for debt that meets a path's criteria and has none, unless something forbids every step, or
 * the last one ended too lately. Answers what began. The customers are locked by the caller.
 */
export async function startProcesses(
  tx: Tx,
  rules: Rules,
  caseload: Caseload,
): Promise<Caseload['processes']> {
  const wanted = caseload.arrears.flatMap((arrears) => {
    const path = choosePath(rules.paths, arrears, caseload.classes.get(arrears.customerId) ?? 'residential')
    const runs = caseload.processes.some((one) => isAbout(one, arrears))
    const first = path?.steps[0]
    if (!path || runs || !first || obstacleTo(caseload.shelter.obstacles, first.kind, arrears)) return []
    return [{ arrears, path }]
  })
  if (wanted.length === 0) return []
  const ids = [...new Set(wanted.map(({ arrears }) => arrears.customerId))]
  const before = await selectProcesses(tx, ids)
  const started: Caseload['processes'] = []
  for (const { arrears, path } of wanted) {
    const own = before.filter((one) => isAbout(one, arrears))
    if (own.every((one) => mayFollow(one, path, rules))) started.push(await start(tx, rules, arrears, path))
  }
  return started
}

function isAbout(process: CollectionProcess, arrears: Arrears): boolean {
  return (
    process.customerId === arrears.customerId &&
    process.accountNumber === arrears.accountNumber &&
    process.debtClass === arrears.debtClass &&
    process.stage === arrears.stage
  )
}

function mayFollow(ended: CollectionProcess, path: CollectionPath, { day }: Rules): boolean {
  if (ended.endedOn === null || day < addDays(ended.endedOn, path.restartDays)) return false
  return ended.notBefore === null || day >= ended.notBefore
}

/** This will begin a process on a path and answer it with its steps. The customer is locked by the caller. */
export async function start(
  tx: Tx,
  { clientId, day, now, actor, calendar }: Rules,
  arrears: Arrears,
  path: Pick<CollectionPath, 'pathCode' | 'releaseAmountCents' | 'steps'>,
): Promise<Caseload['processes'][number]> {
  const { customerId, accountNumber, debtClass, stage } = arrears
  const process = {
    ...{ customerId, accountNumber, debtClass, stage },
    pathCode: path.pathCode,
    arrearsDate: arrears.oldestDueDate,
    arrearsCents: arrears.amountCents,
    releaseCents: path.releaseAmountCents,
    startedOn: day,
    createdAt: now,
    createdBy: actor.actor,
  }
  const processId = await insertProcess(tx, process)
  const steps = path.steps.map(
    (step): ProcessStep => ({
      ...step,
      customerId,
      processId,
      status: 'pending',
      dueDate: step.countsFrom === 'start' ? stepDueDate(step, day, calendar) : null,
      waitingFor: null,
      doneOn: null,
      askedCents: null,
      result: {},
    }),
  )
  await insertSteps(tx, steps)
  const subject = processSubject({ customerId, processId })
  const detail = {
    customerId,
    accountNumber,
    debtClass,
    pathCode: path.pathCode,
    arrearsCents: arrears.amountCents,
  }
  await audit(tx, { clientId, at: now, actor, operation: 'startCollectionProcess', subject, detail })
  await emit(tx, [{ clientId, at: now, type: 'collection.started', subject, payload: detail }])
  const open = { status: 'active', endedOn: null, endReason: null, notBefore: null } as const
  return { ...process, ...open, processId, steps }
}
