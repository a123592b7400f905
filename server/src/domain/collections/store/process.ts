import { sql } from 'kysely'
import { insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { CollectionProcess, EndReason, ProcessKey, ProcessStep } from '../processes/process.ts'

const PROCESS = sql`
  customer_id as "customerId", process_id as "processId", account_number as "accountNumber", debt_class as "debtClass",
  stage, path_code as "pathCode", status, arrears_date as "arrearsDate", arrears_cents as "arrearsCents",
  release_cents as "releaseCents", started_on as "startedOn", ended_on as "endedOn", end_reason as "endReason",
  not_before as "notBefore", created_at as "createdAt", created_by as "createdBy"`

const STEP = sql`
  customer_id as "customerId", process_id as "processId", step_number as "stepNumber", kind, counts_from as "countsFrom",
  after_step as "afterStep", days, work_days as "workDays", on_work_day as "onWorkDay", template,
  amount_cents as "amountCents", notice_days as "noticeDays", points, status, due_date as "dueDate",
  waiting_for as "waitingFor", done_on as "doneOn", asked_cents as "askedCents", result`

export async function insertProcess(
  tx: Tx,
  one: Omit<CollectionProcess, 'processId' | 'endedOn' | 'endReason' | 'notBefore' | 'status'>,
  end?: { endedOn: LocalDate; endReason: EndReason },
): Promise<number> {
  const next = await numbersAfter(tx, 'collection_process', 'process_id', [one.customerId])
  const processId = next(one.customerId)
  await sql`
    insert into collection_process (customer_id, process_id, account_number, debt_class, stage, path_code, status,
                                    arrears_date, arrears_cents, release_cents, started_on, created_at, created_by,
                                    ended_on, end_reason)
    values (${one.customerId}, ${processId}, ${one.accountNumber}, ${one.debtClass}, ${one.stage}, ${one.pathCode},
            ${end ? 'inactive' : 'active'},
            ${one.arrearsDate}, ${one.arrearsCents}, ${one.releaseCents}, ${one.startedOn}, ${one.createdAt},
            ${one.createdBy}, ${end?.endedOn ?? null}, ${end?.endReason ?? null})`.execute(tx)
  return processId
}

export async function insertSteps(tx: Tx, steps: readonly ProcessStep[]): Promise<void> {
  const columns = {
    customer_id: 'int8',
    process_id: 'int4',
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
    status: 'text',
    due_date: 'date',
    done_on: 'date',
    asked_cents: 'int8',
    result: 'jsonb',
  } as const
  const rows = steps.map((step) => ({
    customer_id: step.customerId,
    process_id: step.processId,
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
    status: step.status,
    due_date: step.dueDate,
    done_on: step.doneOn,
    asked_cents: step.askedCents,
    result: JSON.stringify(step.result),
  }))
  await insertRows(tx, 'collection_step', columns, rows)
}

export async function selectProcesses(
  tx: Tx,
  customerIds: readonly number[],
  { active = false } = {},
): Promise<CollectionProcess[]> {
  const only = active ? sql`and status = 'active'` : sql``
  const { rows } = await sql<CollectionProcess>`
    select ${PROCESS} from collection_process where customer_id = any(${customerIds}::int8[]) ${only}
     order by customer_id, process_id`.execute(tx)
  return rows
}

export async function selectSteps(tx: Tx, processes: readonly ProcessKey[]): Promise<ProcessStep[]> {
  const { rows } = await sql<ProcessStep>`
    select ${STEP} from collection_step
      join unnest(${processes.map((one) => one.customerId)}::int8[], ${processes.map((one) => one.processId)}::int4[])
           as k(customer_id, process_id) using (customer_id, process_id)
     order by customer_id, process_id, step_number`.execute(tx)
  return rows
}

export async function updateStep(
  tx: Tx,
  step: ProcessKey & { stepNumber: number },
  change: Partial<
    Pick<ProcessStep, 'status' | 'dueDate' | 'waitingFor' | 'doneOn' | 'askedCents' | 'result'>
  >,
): Promise<void> {
  await tx
    .updateTable('collection_step')
    .set({
      ...(change.status !== undefined && { status: change.status }),
      ...(change.dueDate !== undefined && { due_date: change.dueDate }),
      ...(change.waitingFor !== undefined && { waiting_for: change.waitingFor }),
      ...(change.doneOn !== undefined && { done_on: change.doneOn }),
      ...(change.askedCents !== undefined && { asked_cents: change.askedCents }),
      ...(change.result !== undefined && { result: JSON.stringify(change.result) }),
    })
    .where('customer_id', '=', step.customerId)
    .where('process_id', '=', step.processId)
    .where('step_number', '=', step.stepNumber)
    .execute()
}

export async function endProcess(
  tx: Tx,
  key: ProcessKey,
  end: { endedOn: LocalDate; endReason: EndReason; notBefore: LocalDate | null },
): Promise<void> {
  await sql`
    update collection_process set status = 'inactive', ended_on = ${end.endedOn}, end_reason = ${end.endReason},
           not_before = ${end.notBefore}
     where customer_id = ${key.customerId} and process_id = ${key.processId}`.execute(tx)
  await sql`
    update collection_step set status = 'cancelled', waiting_for = null
     where customer_id = ${key.customerId} and process_id = ${key.processId} and status = 'pending'`.execute(
    tx,
  )
}

/** Customers of a client with something past due, or a process that runs; after one, in order, at most so many. */
export async function selectDebtors(
  tx: Tx,
  { clientId, after, day, limit }: { clientId: number; after: number; day: LocalDate; limit: number },
): Promise<number[]> {
  const first = Math.max(after + 1, clientId * 100_000_000)
  const { rows } = await sql<{ customerId: number }>`
    select customer_id as "customerId" from (
      select customer_id from open_item
       where customer_id between ${first} and ${clientId * 100_000_000 + 99_999_999} and unsettled_cents > 0
         and not deferred and due_date < ${day}
      union
      select customer_id from collection_process
       where customer_id between ${first} and ${clientId * 100_000_000 + 99_999_999} and status = 'active'
      union
      select customer_id from severance
       where customer_id between ${first} and ${clientId * 100_000_000 + 99_999_999} and status = 'active') as debtor
     order by 1 limit ${limit}`.execute(tx)
  return rows.map((row) => row.customerId)
}

export interface StepFilter {
  clientId: number
  statuses?: readonly ProcessStep['status'][]
  kinds?: readonly string[]
  /** Due on or before; done on or before when complete. */
  through?: LocalDate
  customerId?: number
  accountNumber?: number
  waiting?: boolean
  limit: number
  offset: number
}

/** Steps of a client's processes for work lists and search, by due date. */
export async function selectStepList(tx: Tx, filter: StepFilter) {
  const { clientId } = filter
  const conditions = [
    sql`s.customer_id between ${clientId * 100_000_000} and ${clientId * 100_000_000 + 99_999_999}`,
    ...(filter.customerId ? [sql`s.customer_id = ${filter.customerId}`] : []),
    ...(filter.accountNumber ? [sql`p.account_number = ${filter.accountNumber}`] : []),
    ...(filter.statuses ? [sql`s.status = any(${filter.statuses}::text[])`] : []),
    ...(filter.kinds ? [sql`s.kind = any(${filter.kinds}::text[])`] : []),
    ...(filter.through ? [sql`coalesce(s.done_on, s.due_date) <= ${filter.through}`] : []),
    ...(filter.waiting ? [sql`s.waiting_for is not null and s.status = 'pending'`] : []),
  ]
  const { rows } = await sql<
    ProcessStep & { accountNumber: number; debtClass: string; pathCode: string; total: number }
  >`
    select s.*, p.account_number as "accountNumber", p.debt_class as "debtClass", p.path_code as "pathCode",
           count(*) over () as total
      from (select customer_id, process_id, ${STEP} from collection_step) as s
      join collection_process p on p.customer_id = s.customer_id and p.process_id = s.process_id
     where ${sql.join(conditions, sql` and `)}
     order by coalesce(s."doneOn", s."dueDate"), s.customer_id, s.process_id, s."stepNumber"
     limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return rows
}
