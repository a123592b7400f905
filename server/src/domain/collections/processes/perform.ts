import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import { addLog } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import type { Arrears } from '../debt/arrears.ts'
import { arrearsAgainst, type Caseload, type Rules } from '../debt/caseload.ts'
import { awaitedStep, stepDueDate } from '../paths/path.ts'
import { obstacleTo } from '../protections/protection.ts'
import { updateStep } from '../store/process.ts'
import { type ProcessStep, processSubject } from './process.ts'
import { type Outcome, STEPS } from './steps.ts'

type Running = Caseload['processes'][number]

/**
 * This will do what is due of a process on a day: at most one step, and those that follow it without a day between. A
 * step that something forbids stays due and says why. The customer is locked by the caller.
 */
export async function performDue(tx: Tx, rules: Rules, caseload: Caseload, process: Running): Promise<void> {
  const arrears = arrearsAgainst(caseload, process)
  if (!arrears) return
  for (;;) {
    const step = nextDue(process.steps, rules)
    if (!step || (step.days > 0 && process.steps.some((one) => one.doneOn === rules.day))) return
    const done = await performStep(tx, rules, { caseload, process, arrears, step })
    if (!done) return
    await openFollowers(tx, rules, process.steps, step)
  }
}

function nextDue(
  steps: readonly ProcessStep[],
  { day, calendar }: Pick<Rules, 'day' | 'calendar'>,
): ProcessStep | undefined {
  return steps.find((step) => {
    const awaited = awaitedStep(step, steps)
    const free = awaited === undefined || awaited.status !== 'pending'
    const due = step.dueDate !== null && step.dueDate <= day && (!step.onWorkDay || calendar.isWorkDay(day))
    return step.status === 'pending' && free && due
  })
}

interface StepCase {
  caseload: Caseload
  process: Running
  arrears: Arrears
  step: ProcessStep
}

async function performStep(tx: Tx, rules: Rules, at: StepCase): Promise<boolean> {
  const { caseload, process, arrears, step } = at
  if (step.kind !== 'fee' && step.amountCents !== null && arrears.amountCents < step.amountCents) {
    await settle(tx, step, {
      status: 'cancelled',
      result: { leftOut: 'debt_below', amountCents: arrears.amountCents },
    })
    return true
  }
  // What stands against one agreement only is asked where its cut is ordered.
  const general = caseload.shelter.obstacles.filter((one) => one.agreementId === null)
  const obstacle = obstacleTo(general, step.kind, process)
  const outcome: Outcome = obstacle ? { waitingFor: obstacle.source } : await STEPS[step.kind](tx, rules, at)
  if (outcome.waitingFor !== undefined) {
    if (step.waitingFor !== outcome.waitingFor) await settle(tx, step, { waitingFor: outcome.waitingFor })
    return false
  }
  const result = outcome.result ?? {}
  await settle(tx, step, {
    ...{ status: 'complete', doneOn: rules.day, askedCents: arrears.amountCents, waitingFor: null },
    result,
  })
  await tellStep(tx, rules, at, result, outcome.silent ? null : step.template)
  return true
}

async function settle(tx: Tx, step: ProcessStep, change: Partial<ProcessStep>): Promise<void> {
  await updateStep(tx, step, change)
  Object.assign(step, change)
}

/** This will give the steps that waited for one the day on which they are due. */
export async function openFollowers(
  tx: Tx,
  { day, calendar }: Pick<Rules, 'day' | 'calendar'>,
  steps: readonly ProcessStep[],
  done: ProcessStep,
): Promise<void> {
  for (const step of steps) {
    if (step.dueDate !== null || step.status !== 'pending' || awaitedStep(step, steps) !== done) continue
    await settle(tx, step, { dueDate: stepDueDate(step, day, calendar) })
  }
}

async function tellStep(
  tx: Tx,
  { clientId, day, now, actor }: Rules,
  { process, arrears, step }: StepCase,
  result: Record<string, unknown>,
  template: string | null,
): Promise<void> {
  const { customerId, accountNumber, processId, debtClass } = process
  const subject = `${processSubject(process)}-${step.stepNumber}`
  const facts = { amountCents: arrears.amountCents, oldestDueDate: arrears.oldestDueDate, day, ...result }
  const known = {
    customerId,
    accountNumber,
    processId,
    debtClass,
    stepNumber: step.stepNumber,
    kind: step.kind,
  }
  const payload = { ...known, template, facts }
  await audit(tx, { clientId, at: now, actor, operation: 'doCollectionStep', subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type: 'collection.step_done', subject, payload }])
  const text = `Collection step ${step.stepNumber}: ${step.kind.replaceAll('_', ' ')}, ${arrears.amountCents} cents past due.`
  const kind = template === null ? ('system' as const) : ('letter' as const)
  await addLog(tx, { customerId, accountNumber, at: now, actor, kind, text })
}
