import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { PageOf } from '../record.ts'
import type { CycleRecord, HomeRecord, RunRecord, WorkItemRecord } from '../run-record.ts'
import { allOf, listOf, pageOf, personName } from './fragment.ts'

const WINDOWS_SHOWN = 18

/** The client's day; companies of other zones differ by hours, windows by days. */
const clientDay = (now: Instant) => sql`(${now}::timestamptz at time zone t.time_zone)::date`

const ownCustomers = (clientId: number, column: string) =>
  sql`${sql.ref(column)} between ${clientId}::bigint * 100000000 and (${clientId}::bigint + 1) * 100000000 - 1`

/** The end of the cycle's last billed window: the run of a later window bills the days of those it skipped. */
const lastBilled = sql`coalesce((
  select max(b.period_end) from bill_run b
   where b.client_id = w.client_id and b.cycle_code = w.cycle_code and b.mode = 'live' and b.status = 'complete'), '-infinity')`

export async function selectCycles(tx: Tx, clientId: number, now: Instant): Promise<CycleRecord[]> {
  const { rows } = await sql<CycleRecord>`
    select y.cycle_code as "cycleCode", y.name,
           (select count(*) from billing_account b where b.cycle_code = y.cycle_code and b.status = 'active'
               and ${ownCustomers(clientId, 'b.customer_id')}) as accounts,
           ${listOf(sql`
             select w.period_end as "periodEnd", w.opens_on as "opensOn", w.closes_on as "closesOn",
                    w.accounting_date as "accountingDate", coalesce(r.billed, 0) as billed,
                    case when r.live then 'running' when r.complete then 'billed' when w.opens_on > day.today then 'future'
                         when w.period_end <= ${lastBilled} then 'closed' when w.closes_on < day.today then 'late'
                         else 'open' end as status
               from bill_cycle_window w
               left join lateral (
                 select bool_or(n.status in ('planning', 'running', 'paused')) as live,
                        bool_or(n.status = 'complete') as complete,
                        sum((select sum(k.billed) from bill_run_chunk k
                              where k.client_id = n.client_id and k.run_id = n.run_id)) as billed
                   from bill_run n
                  where n.client_id = w.client_id and n.cycle_code = w.cycle_code and n.period_end = w.period_end
                    and n.mode = 'live') r on true
              where w.client_id = y.client_id and w.cycle_code = y.cycle_code
                and w.opens_on <= day.today + 31
              order by w.period_end desc limit ${sql.lit(WINDOWS_SHOWN)}`)} as windows
      from bill_cycle y join client t on t.client_id = y.client_id
     cross join lateral (select ${clientDay(now)} as today) day
     where y.client_id = ${clientId} order by y.cycle_code`.execute(tx)
  return rows
}

export async function selectRuns(
  tx: Tx,
  query: PageOf & { clientId: number; runId?: number; status?: string; cycleCode?: string },
): Promise<{ rows: RunRecord[]; total: number }> {
  const where = allOf([
    sql`r.client_id = ${query.clientId}`,
    query.runId === undefined ? undefined : sql`r.run_id = ${query.runId}`,
    query.status === undefined ? undefined : sql`r.status = ${query.status}`,
    query.cycleCode === undefined ? undefined : sql`r.cycle_code = ${query.cycleCode}`,
  ])
  const count = await sql<{ total: number }>`select count(*) as total from bill_run r where ${where}`.execute(
    tx,
  )
  const { rows } = await sql<RunRecord>`
    select r.run_id as "runId", r.cycle_code as "cycleCode", y.name as "cycleName", r.period_end as "periodEnd",
           r.bill_date as "billDate", r.mode, r.status, r.accounts, k.*, r.requested_by as "requestedBy",
           r.created_at as "createdAt", r.started_at as "startedAt", r.finished_at as "finishedAt"
      from bill_run r
      join bill_cycle y on y.client_id = r.client_id and y.cycle_code = r.cycle_code
     cross join lateral (
       select coalesce(sum(cardinality(customer_ids)) filter (where status = 'done'), 0) as done,
              coalesce(sum(billed), 0) as billed, coalesce(sum(held), 0) as held,
              coalesce(sum(nothing_due), 0) as "nothingDue", coalesce(sum(amount_cents), 0)::bigint as "amountCents"
         from bill_run_chunk where client_id = r.client_id and run_id = r.run_id) k
     where ${where} order by r.run_id desc ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export async function selectHome(tx: Tx, clientId: number, now: Instant): Promise<HomeRecord | undefined> {
  const own = (column: string) => ownCustomers(clientId, column)
  const { rows } = await sql<HomeRecord>`
    select ${listOf(sql`select kind, count(*) as items, min(created_at) as "oldestAt" from work_item
                         where client_id = t.client_id and status = 'open' group by kind order by count(*) desc, kind`)} as "workItems",
           (select count(*) from bill_run where client_id = t.client_id and status in ('planning', 'running', 'paused')) as "runningRuns",
           (select count(*) from bill_cycle_window w where w.client_id = t.client_id
               and w.opens_on <= day.today and w.period_end > ${lastBilled}
               and not exists (select 1 from bill_run r where r.client_id = w.client_id and r.cycle_code = w.cycle_code
                     and r.period_end = w.period_end and r.mode = 'live' and r.status <> 'cancelled')) as "windowsDue",
           due.accounts as "pastDueAccounts", due.cents as "pastDueCents",
           billed.bills, billed.cents as "billedCents", billed.estimated as "estimatedBills",
           (select count(*) from agreement where kind = 'service' and status in ('active', 'pending_stop')
               and ${own('customer_id')}) as "activeAgreements"
      from client t
     cross join lateral (select ${clientDay(now)} as today) day
     cross join lateral (
       select count(*) as accounts, coalesce(sum(cents), 0)::bigint as cents
         from (select greatest(0, sum(unsettled_cents) filter (where unsettled_cents < 0 or due_date < day.today)) as cents
                 from open_item where unsettled_cents <> 0 and ${own('customer_id')}
                group by customer_id, account_number) of_account
        where cents > 0) due
     cross join lateral (
       select count(*) as bills, coalesce(sum(l.charges_cents), 0)::bigint as cents,
              count(*) filter (where exists (
                select 1 from charge g join usage u on u.customer_id = g.customer_id and u.usage_id = g.usage_id
                 where g.customer_id = l.customer_id and g.bill_id = l.bill_id and u.estimated)) as estimated
         from bill l where l.status = 'complete' and l.bill_date > day.today - 30 and l.bill_date <= day.today
          and ${own('l.customer_id')}) billed
     where t.client_id = ${clientId}`.execute(tx)
  return rows[0]
}

export async function selectWorkItems(
  tx: Tx,
  query: PageOf & {
    clientId: number
    itemId?: number
    status?: string
    kind?: string
    customerId?: number
    runId?: number
  },
): Promise<{ rows: WorkItemRecord[]; total: number }> {
  const where = allOf([
    sql`w.client_id = ${query.clientId}`,
    query.itemId === undefined ? undefined : sql`w.item_id = ${query.itemId}`,
    query.status === undefined ? undefined : sql`w.status = ${query.status}`,
    query.kind === undefined ? undefined : sql`w.kind = ${query.kind}`,
    query.customerId === undefined ? undefined : sql`w.customer_id = ${query.customerId}`,
    query.runId === undefined ? undefined : sql`w.run_id = ${query.runId}`,
  ])
  const count = await sql<{
    total: number
  }>`select count(*) as total from work_item w where ${where}`.execute(tx)
  const { rows } = await sql<WorkItemRecord>`
    select w.item_id as "itemId", w.kind, w.subject, w.customer_id as "customerId", subject_agreement.id as "agreementId",
           case when p.person_id is not null then ${personName} end as "customerName",
           w.reason_code as "reasonCode", w.reason, w.remedy, w.status, w.priority, w.assigned_to as "assignedTo",
           w.due_date as "dueDate", w.run_id as "runId", w.created_at as "createdAt", w.closed_at as "closedAt",
           w.closed_by as "closedBy"
      from work_item w
      left join customer c on c.customer_id = w.customer_id
      left join person p on p.person_id = c.main_person_id
      left join lateral (
        select coalesce(substring(w.subject from '^agreement:\\d+-(\\d+)$')::int,
                 (select min(a.agreement_id) from agreement a
                   where a.customer_id = w.customer_id and a.kind = 'service'
                     and a.account_number = substring(w.subject from '^account:\\d+-(\\d+)$')::int)) as id) subject_agreement on true
     where ${where} order by w.priority, w.created_at, w.item_id ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
