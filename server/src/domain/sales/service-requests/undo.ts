import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { updateStep } from '../store/request.ts'
import type { Step, StepWork } from './step.ts'
import { STEPS } from './steps/index.ts'

/**
 * This will undo the steps that a request has taken, the last first, in the caller's transaction; `keep` names those that
 * stay. One that cannot be undone is marked failed, with the reason, for somebody to look at. Answers those.
 */
export async function undoSteps(
  tx: Tx,
  work: StepWork,
  keep: (step: Step) => boolean = () => false,
): Promise<Step[]> {
  const left: Step[] = []
  const taken = work.request.steps.filter((step) => step.status === 'done' && !keep(step))
  for (const step of taken.toReversed()) {
    const { error } = await apart(tx, async () => STEPS[step.kind].undo?.(tx, work, step.made))
    if (error !== undefined && !(error instanceof Refusal)) throw error
    const undone: Step = error
      ? { ...step, status: 'failed', message: `Could not be undone: ${error.message}`, doneAt: work.now }
      : { ...step, status: 'undone', doneAt: work.now }
    if (error) left.push(undone)
    await updateStep(tx, work.request, undone)
  }
  return left
}

/** This will note that what a request has not done yet is not done any more. */
export async function dropPending(tx: Tx, { request, now }: StepWork, message: string): Promise<void> {
  for (const step of request.steps.filter((one) => one.status === 'pending'))
    await updateStep(tx, request, { ...step, status: 'skipped', message, doneAt: now })
}
