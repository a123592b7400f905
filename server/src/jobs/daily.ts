import { listClients } from '../domain/identity/index.ts'
import type { Task } from '../platform/jobs/index.ts'
import { addDays, type LocalDate, localDateAt } from '../platform/time.ts'
import { DAILY_STEPS, type DailyStep } from './daily-steps.ts'
import type { JobContext } from './index.ts'
import { selectDoneThrough, upsertDoneThrough } from './store.ts'
import type { WorkContext } from './work-context.ts'

/** A clock that jumps further than this is a mistake or a demo's; older days are not worked through one by one. */
const LONGEST_CATCH_UP_DAYS = 400

/**
 * This will do the recurring work of every business day up to and with `through` that was not done yet, day by day and
 * step by step. A client's first day is `through` itself. A kill in between repeats at most one step, which changes nothing.
 */
export async function runDays(
  context: WorkContext,
  { clientId, through }: { clientId: number; through: LocalDate },
  steps: readonly DailyStep[] = DAILY_STEPS,
): Promise<void> {
  const done = await selectDoneThrough(context.database.read, clientId)
  const earliest = addDays(through, -LONGEST_CATCH_UP_DAYS)
  const from = (step: string) => {
    const last = done.get(step)
    const next = last === undefined ? through : addDays(last, 1)
    return next < earliest ? earliest : next
  }
  let day = steps.map(({ name }) => from(name)).sort()[0] ?? addDays(through, 1)
  for (; day <= through; day = addDays(day, 1)) {
    for (const step of steps) {
      if (day < from(step.name)) continue
      await step.run(context, { clientId, day })
      await context.database.transaction((tx) => upsertDoneThrough(tx, clientId, step.name, day))
    }
  }
}

/** This will do the daily work of every client whose business day has begun; what stops one client's stops no other's. */
export function dailyTask(
  { database, clock, gateways }: Pick<JobContext, 'database' | 'clock' | 'gateways'>,
  steps: readonly DailyStep[] = DAILY_STEPS,
): Task {
  return async () => {
    const actor = { actor: 'job:daily', door: 'jobs' as const }
    const context = { database, clock, actor, ...(gateways && { gateways }) }
    const errors: unknown[] = []
    for (const { clientId, timeZone } of await listClients(database.read))
      try {
        await runDays(context, { clientId, through: localDateAt(clock(), timeZone) }, steps)
      } catch (error) {
        errors.push(error)
      }
    if (errors.length > 1) throw new AggregateError(errors, 'the daily work of several clients stopped')
    if (errors.length > 0) throw errors[0]
  }
}
