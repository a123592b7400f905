import { type Posted, postedBy } from '../../src/domain/receivables/index.ts'
import { type PreviewedStep, type RequestKey, type Step, takeStep } from '../../src/domain/sales/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { type LocalDate, Temporal } from '../../src/platform/time.ts'
import { ACTOR, ZONE } from './billed-town.ts'

/** This will take every step of a request that is due at noon of a day, and tell what each put into a customer's books. */
export async function takeStepsOn(
  db: Database,
  key: RequestKey,
  { day, customerId }: { day: LocalDate; customerId: number },
): Promise<Posted[]> {
  const now = Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime(ZONE).toInstant()
  const posted: Posted[] = []
  for (;;) {
    const due = { ...key, day, now, actor: ACTOR }
    const step = await db.transaction((tx) => postedBy(tx, [customerId], () => takeStep(tx, due)))
    if (step.result !== 'taken') return posted
    posted.push(step.posted)
  }
}

/** This will strip a step to what a preview can know: field work is numbered over all clients, a preview's too. */
export function bareStep({ kind, status, dueDate, message, made }: Step | PreviewedStep) {
  const { activityIds: _, ...known } = made
  return { kind, status, dueDate, message, made: known }
}
