import { sql } from 'kysely'
import { insertRows, type Tx } from '../../../platform/db/index.ts'
import type { CollectionPath, PathStep } from '../paths/path.ts'

/** Answers whether the path is new. */
export async function insertPath(tx: Tx, clientId: number, path: CollectionPath): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into collection_path (client_id, path_code, name, stage, customer_classes, debt_classes, priority,
                                 min_days_past_due, min_amount_cents, release_amount_cents, restart_days, active)
    values (${clientId}, ${path.pathCode}, ${path.name}, ${path.stage}, ${path.customerClasses}::text[],
            ${path.debtClasses}::text[], ${path.priority}, ${path.minDaysPastDue}, ${path.minAmountCents},
            ${path.releaseAmountCents}, ${path.restartDays}, ${path.active})
    on conflict (client_id, path_code) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function updatePath(tx: Tx, clientId: number, path: CollectionPath): Promise<void> {
  await sql`
    update collection_path set name = ${path.name}, stage = ${path.stage}, customer_classes = ${path.customerClasses}::text[],
           debt_classes = ${path.debtClasses}::text[], priority = ${path.priority},
           min_days_past_due = ${path.minDaysPastDue}, min_amount_cents = ${path.minAmountCents},
           release_amount_cents = ${path.releaseAmountCents}, restart_days = ${path.restartDays}, active = ${path.active}
     where client_id = ${clientId} and path_code = ${path.pathCode}`.execute(tx)
  await sql`delete from collection_path_step where client_id = ${clientId} and path_code = ${path.pathCode}`.execute(
    tx,
  )
}

export async function insertSteps(tx: Tx, clientId: number, path: CollectionPath): Promise<void> {
  const columns = {
    client_id: 'int4',
    path_code: 'text',
    step_number: 'int2',
    kind: 'text',
    counts_from: 'text',
    after_step: 'int2',
    days: 'int4',
    work_days: 'bool',
    on_work_day: 'bool',
    template: 'text',
    amount_cents: 'int8',
    notice_days: 'int2',
    points: 'int2',
  } as const
  const rows = path.steps.map((step) => ({
    client_id: clientId,
    path_code: path.pathCode,
    step_number: step.stepNumber,
    kind: step.kind,
    counts_from: step.countsFrom,
    after_step: step.afterStep,
    days: step.days,
    work_days: step.workDays,
    on_work_day: step.onWorkDay,
    template: step.template,
    amount_cents: step.amountCents,
    notice_days: step.noticeDays,
    points: step.points,
  }))
  await insertRows(tx, 'collection_path_step', columns, rows)
}

export async function selectPaths(tx: Tx, clientId: number): Promise<CollectionPath[]> {
  const { rows: paths } = await sql<CollectionPath>`
    select path_code as "pathCode", name, stage, customer_classes as "customerClasses", debt_classes as "debtClasses",
           priority, min_days_past_due as "minDaysPastDue", min_amount_cents as "minAmountCents",
           release_amount_cents as "releaseAmountCents", restart_days as "restartDays", active
      from collection_path where client_id = ${clientId} order by priority, path_code`.execute(tx)
  const { rows: steps } = await sql<PathStep & { pathCode: string }>`
    select path_code as "pathCode", step_number as "stepNumber", kind, counts_from as "countsFrom",
           after_step as "afterStep", days, work_days as "workDays", on_work_day as "onWorkDay", template,
           amount_cents as "amountCents", notice_days as "noticeDays", points
      from collection_path_step where client_id = ${clientId} order by path_code, step_number`.execute(tx)
  const byPath = Map.groupBy(steps, (step) => step.pathCode)
  return paths.map((path) => ({
    ...path,
    steps: (byPath.get(path.pathCode) ?? []).map(({ pathCode: _, ...step }) => step),
  }))
}
