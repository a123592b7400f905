import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { CollectionStepListed, CollectionStepQuery } from '../collection-record.ts'
import { allOf, pageOf, personName } from './fragment.ts'

export async function selectCollectionSteps(
  tx: Tx,
  query: CollectionStepQuery,
): Promise<{ rows: CollectionStepListed[]; total: number }> {
  const from = sql`
    from collection_step s
    join collection_process p on p.customer_id = s.customer_id and p.process_id = s.process_id
   where ${conditions(query)}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<CollectionStepListed>`
    select s.customer_id as "customerId", ${customerName} as "customerName", p.account_number as "accountNumber",
           p.process_id as "processId", s.step_number as "stepNumber", s.kind, s.template,
           s.amount_cents as "amountCents", s.status, s.due_date as "dueDate", s.waiting_for as "waitingFor",
           s.done_on as "doneOn", s.asked_cents as "askedCents", p.path_code as "pathCode",
           (select h.name from collection_path h
             where h.client_id = ${query.clientId} and h.path_code = p.path_code) as "pathName",
           p.debt_class as "debtClass", p.stage, p.status as "processStatus", p.arrears_date as "arrearsDate",
           p.arrears_cents as "arrearsCents", p.started_on as "startedOn", p.ended_on as "endedOn",
           p.end_reason as "endReason"
      ${from}
     order by coalesce(s.done_on, s.due_date) nulls last, s.customer_id, s.process_id, s.step_number
     ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

const customerName = sql`(
  select ${personName} from customer c join person p on p.person_id = c.main_person_id
   where c.customer_id = s.customer_id)`

function conditions(query: CollectionStepQuery) {
  const { clientId, customerId, accountNumber, billId, processId, kind, status, pathCode, debtClass } = query
  const { dueFrom, dueTo, doneFrom, doneTo, waiting } = query
  return allOf([
    sql`s.customer_id between ${clientId}::bigint * 100000000 and (${clientId}::bigint + 1) * 100000000 - 1`,
    customerId === undefined ? undefined : sql`s.customer_id = ${customerId}`,
    accountNumber === undefined ? undefined : sql`p.account_number = ${accountNumber}`,
    billId === undefined ? undefined : againstBill(billId),
    processId === undefined ? undefined : sql`s.process_id = ${processId}`,
    kind === undefined ? undefined : sql`s.kind = ${kind}`,
    status === undefined ? undefined : sql`s.status = ${status}`,
    pathCode === undefined ? undefined : sql`p.path_code = ${pathCode}`,
    debtClass === undefined ? undefined : sql`p.debt_class = ${debtClass}`,
    dueFrom === undefined ? undefined : sql`s.due_date >= ${dueFrom}`,
    dueTo === undefined ? undefined : sql`s.due_date <= ${dueTo}`,
    doneFrom === undefined ? undefined : sql`s.done_on >= ${doneFrom}`,
    doneTo === undefined ? undefined : sql`s.done_on <= ${doneTo}`,
    waiting === undefined
      ? undefined
      : sql`(s.status = 'pending' and s.waiting_for is not null) = ${waiting}`,
  ])
}

/** A debt of the bill fell due before the process ended and was not paid when it began. */
function againstBill(billId: number) {
  return sql`exists (
    select from open_item i
     where i.customer_id = p.customer_id and i.bill_id = ${billId} and i.account_number = p.account_number
       and i.debt_class = p.debt_class and i.amount_cents > 0 and not i.deferred
       and i.due_date < coalesce(p.ended_on, 'infinity')
       and (i.unsettled_cents <> 0 or exists (
             select from settlement t where t.customer_id = i.customer_id and t.debit_item_id = i.item_id
                and t.settled_at >= p.created_at)))`
}
