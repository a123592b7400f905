import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { insertPath, insertSteps, selectPaths, updatePath } from '../store/path.ts'
import { FIRST_PATHS } from './first-paths.ts'
import type { CollectionPath, PathStep } from './path.ts'

/** This will give a client its first collection paths. Again: only what is new is added. */
export async function openCollections(tx: Tx, clientId: number): Promise<void> {
  for (const path of FIRST_PATHS)
    if (await insertPath(tx, clientId, path)) await insertSteps(tx, clientId, path)
}

/** This will list a client's collection paths with their steps, by priority. */
export function collectionPaths(tx: Tx, clientId: number): Promise<CollectionPath[]> {
  return selectPaths(tx, clientId)
}

/**
 * This will keep a path with its steps; processes that run keep the steps they began with. Refuses steps out of order,
 * a step that waits for none before it, a cut without a notice before it, and a fee without an amount.
 */
export async function saveCollectionPath(
  tx: Tx,
  input: { clientId: number; path: CollectionPath; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, path, now, actor } = input
  checkPath(path)
  if (!(await insertPath(tx, clientId, path))) await updatePath(tx, clientId, path)
  await insertSteps(tx, clientId, path)
  const subject = `collection_path:${path.pathCode}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveCollectionPath', subject, detail: { ...path } })
}

function checkPath(path: CollectionPath): void {
  if (path.releaseAmountCents >= path.minAmountCents)
    throw refuse('release_not_below', 'A path must stop at a smaller debt than the one it begins with.')
  if (path.steps.length === 0) throw refuse('path_empty', 'A path needs at least one step.')
  path.steps.forEach((step, index) => {
    checkStep(step, path.steps.slice(0, index))
  })
}

function checkStep(step: PathStep, before: readonly PathStep[]): void {
  const last = before.at(-1)?.stepNumber ?? 0
  if (step.stepNumber <= last) throw refuse('steps_unordered', `Step ${step.stepNumber} comes after ${last}.`)
  if (step.afterStep !== null && !before.some((one) => one.stepNumber === step.afterStep))
    throw refuse(
      'step_awaits_none',
      `Step ${step.stepNumber} waits for step ${step.afterStep}, which is not before it.`,
    )
  if (step.countsFrom === 'step' && before.length === 0)
    throw refuse('step_awaits_none', 'The first step can only count from the start.')
  if (step.kind === 'cut' && !before.some((one) => one.kind === 'disconnect_notice'))
    throw refuse('cut_without_notice', 'A cut needs a notice of disconnection before it.')
  if (step.kind === 'disconnect_notice' && step.noticeDays === null)
    throw refuse('notice_days_missing', 'A notice of disconnection says how many days before the cut it is.')
  if (step.kind === 'fee' && step.amountCents === null)
    throw refuse('fee_amount_missing', 'A fee step needs its amount.')
}

function refuse(code: string, message: string): Refusal {
  return new Refusal('rule', code, message)
}
