import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type {
  RequestKey,
  RequestKind,
  RequestStatus,
  ServiceRequest,
  WholeRequest,
} from '../service-requests/request.ts'
import type { Step } from '../service-requests/step.ts'

const REQUEST = sql`
  client_id as "clientId", request_id as "requestId", kind, status, customer_id as "customerId",
  account_number as "accountNumber", premise_id as "premiseId", from_premise_id as "fromPremiseId",
  start_date as "startDate", stop_date as "stopDate", terms, requested_by as "requestedBy", reason,
  due_date as "dueDate", fault_code as "faultCode", fault, created_at as "createdAt", created_by as "createdBy",
  ended_at as "endedAt"`

export async function insertRequest(
  tx: Tx,
  row: Omit<ServiceRequest, 'requestId' | 'status' | 'dueDate' | 'faultCode' | 'fault' | 'endedAt'>,
): Promise<number> {
  const { rows } = await sql<{ requestId: number }>`
    insert into service_request (client_id, kind, status, customer_id, account_number, premise_id, from_premise_id,
                                 start_date, stop_date, terms, requested_by, reason, created_at, created_by)
    values (${row.clientId}, ${row.kind}, 'draft', ${row.customerId}, ${row.accountNumber}, ${row.premiseId},
            ${row.fromPremiseId}, ${row.startDate}, ${row.stopDate}, ${JSON.stringify(row.terms)}::jsonb,
            ${row.requestedBy}, ${row.reason}, ${row.createdAt}, ${row.createdBy})
    returning request_id as "requestId"`.execute(tx)
  return rows[0]?.requestId ?? 0
}

type Change = Partial<
  Pick<
    ServiceRequest,
    | 'status'
    | 'customerId'
    | 'accountNumber'
    | 'startDate'
    | 'stopDate'
    | 'dueDate'
    | 'faultCode'
    | 'fault'
    | 'endedAt'
  >
>

export async function updateRequest(
  tx: Tx,
  { clientId, requestId }: RequestKey,
  { status, customerId, accountNumber, startDate, stopDate, dueDate, faultCode, fault, endedAt }: Change,
): Promise<void> {
  await tx
    .updateTable('service_request')
    .set({
      ...(status !== undefined && { status }),
      ...(customerId !== undefined && { customer_id: customerId }),
      ...(accountNumber !== undefined && { account_number: accountNumber }),
      ...(startDate !== undefined && { start_date: startDate }),
      ...(stopDate !== undefined && { stop_date: stopDate }),
      ...(dueDate !== undefined && { due_date: dueDate }),
      ...(faultCode !== undefined && { fault_code: faultCode }),
      ...(fault !== undefined && { fault }),
      ...(endedAt !== undefined && { ended_at: endedAt }),
    })
    .where('client_id', '=', clientId)
    .where('request_id', '=', requestId)
    .execute()
}

/** Two workers take the steps of one request one after the other. */
export async function lockRequest(tx: Tx, { clientId, requestId }: RequestKey): Promise<void> {
  await sql`
    select 1 from service_request where client_id = ${clientId} and request_id = ${requestId}
    for no key update`.execute(tx)
}

export async function insertSteps(
  tx: Tx,
  { clientId, requestId }: RequestKey,
  steps: readonly Pick<Step, 'stepNumber' | 'kind' | 'dueDate'>[],
): Promise<void> {
  for (const { stepNumber, kind, dueDate } of steps)
    await sql`
      insert into service_request_step (client_id, request_id, step_number, kind, status, due_date)
      values (${clientId}, ${requestId}, ${stepNumber}, ${kind}, 'pending', ${dueDate})`.execute(tx)
}

export async function updateStep(tx: Tx, { clientId, requestId }: RequestKey, step: Step): Promise<void> {
  await sql`
    update service_request_step set status = ${step.status}, made = ${JSON.stringify(step.made)}::jsonb,
           message = ${step.message}, done_at = ${step.doneAt}
     where client_id = ${clientId} and request_id = ${requestId} and step_number = ${step.stepNumber}`.execute(
    tx,
  )
}

export async function deleteSteps(tx: Tx, { clientId, requestId }: RequestKey): Promise<void> {
  await sql`
    delete from service_request_step where client_id = ${clientId} and request_id = ${requestId}`.execute(tx)
}

export interface RequestFilter {
  clientId: number
  requestIds?: readonly number[]
  customerId?: number
  /** Either place of a transfer. */
  premiseId?: number
  kind?: RequestKind
  statuses?: readonly RequestStatus[]
  /** Something is to be done on this day or was to be done before. */
  dueBy?: LocalDate
  limit: number
  offset: number
}

/** The latest first; those with something to do by what is due first when `dueBy` is given. */
export async function selectRequests(
  tx: Tx,
  filter: RequestFilter,
): Promise<{ requests: WholeRequest[]; total: number }> {
  const { clientId, requestIds, customerId, premiseId, kind, statuses, dueBy } = filter
  const conditions = sql.join(
    [
      sql`client_id = ${clientId}`,
      ...(requestIds ? [sql`request_id = any(${requestIds}::bigint[])`] : []),
      ...(customerId === undefined ? [] : [sql`customer_id = ${customerId}`]),
      ...(premiseId === undefined
        ? []
        : [sql`(premise_id = ${premiseId} or from_premise_id = ${premiseId})`]),
      ...(kind ? [sql`kind = ${kind}`] : []),
      ...(statuses ? [sql`status = any(${statuses}::text[])`] : []),
      ...(dueBy === undefined ? [] : [sql`due_date <= ${dueBy}`]),
    ],
    sql` and `,
  )
  const order = dueBy === undefined ? sql`request_id desc` : sql`due_date, request_id`
  const { rows } = await sql<ServiceRequest & { total: number }>`
    select ${REQUEST}, count(*) over () as total from service_request where ${conditions}
     order by ${order} limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  const steps = Map.groupBy(
    await selectSteps(
      tx,
      clientId,
      rows.map(({ requestId }) => requestId),
    ),
    (step) => step.requestId,
  )
  const requests = rows.map(({ total: _, ...request }) => ({
    ...request,
    steps: (steps.get(request.requestId) ?? []).map(({ requestId: _, ...step }) => step),
  }))
  return { requests, total: rows[0]?.total ?? 0 }
}

async function selectSteps(tx: Tx, clientId: number, requestIds: readonly number[]) {
  const { rows } = await sql<Step & { requestId: number }>`
    select request_id as "requestId", step_number as "stepNumber", kind, status, due_date as "dueDate", made, message,
           done_at as "doneAt"
      from service_request_step where client_id = ${clientId} and request_id = any(${requestIds}::bigint[])
     order by request_id, step_number`.execute(tx)
  return rows
}
