import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { TimelineKind } from '../record.ts'
import { moneyEvents } from './money-events.ts'

export interface TimelineRow {
  key: string
  kind: TimelineKind
  code: string
  date: LocalDate
  at: Instant | null
  detail: string
  amount_cents: number | null
  actor: string
  status: string
  id: number | null
}

export interface TimelineFilter {
  customerId: number
  agreementId: number
  accountNumber: number
  timeZone: string
  today: LocalDate
  kinds?: readonly string[]
  /** Position of the last event seen. */
  before?: { date: LocalDate; key: string }
  limit: number
}

/**
 * Events of an agreement, of its billing account and of its customer as a whole. `key` sorts within a day: the later
 * moment last, days without a moment first.
 */
export async function selectTimeline(tx: Tx, filter: TimelineFilter): Promise<TimelineRow[]> {
  const { customerId, agreementId, accountNumber, timeZone, kinds, before, limit } = filter
  const here = sql`customer_id = ${customerId}`
  const agreement = sql`${here} and agreement_id = ${agreementId}`
  const account = sql`${here} and account_number = ${accountNumber}`
  const day = (column: string) => sql`(${sql.ref(column)} at time zone ${timeZone})::date`
  const point = sql`select service_point_id from agreement_point where ${agreement}`
  const { rows } = await sql<TimelineRow>`
    with event(kind, code, date, at, detail, amount_cents, actor, status, id) as (
      select 'bill', case status when 'cancelled' then 'billCancelled' else 'billCompleted' end,
             bill_date, completed_at, '', amount_due_cents, '', status, bill_id
        from bill where ${account} and status <> 'pending'
      union all
      select 'charge', case when rebills_charge_id is null then 'charged' else 'rebilled' end,
             ${day('created_at')}, created_at, '', amount_cents, '', status, charge_id
        from charge where ${agreement} and (bill_id is null or rebills_charge_id is not null)
      union all
      select 'charge', 'chargeCancelled', ${day('cancelled_at')}, cancelled_at, coalesce(cancel_reason, ''),
             -amount_cents, '', status, charge_id
        from charge where ${agreement} and cancelled_at is not null
      union all
      select 'payment', 'paymentReceived', e.payment_date, e.created_at, coalesce(d.method, e.source), y.amount_cents,
             e.created_by, y.status, y.payment_number
        from ${payment(filter)} and y.status in ('frozen', 'cancelled')
      union all
      select 'payment', case when d.return_code is null then 'paymentCancelled' else 'paymentReturned' end,
             coalesce(y.cancelled_on, e.payment_date), null, coalesce(d.method, e.source), -y.amount_cents, '', y.status,
             y.payment_number
        from ${payment(filter)} and y.status = 'cancelled'
      union all
      select 'usage', case source when 'measured' then 'usageMeasured' when 'market' then 'usageReceived' else 'usagePosted' end,
             ${day('created_at')}, created_at, start_date || ' / ' || end_date, null, '', status, usage_id
        from usage where ${agreement}
      union all
      select 'contact', kind, ${day('at')}, at, text, null, actor, '', null
        from contact_log where ${here}
         and (agreement_id is null or agreement_id = ${agreementId})
         and (account_number is null or account_number = ${accountNumber})
      union all
      select 'plan', 'planAssigned', s.start_date, null, t.name::text, null, '', '', null
        from plan_assignment s
        join tariff t on t.client_id = ${customerId}::bigint / 100000000 and t.tariff_id = s.tariff_id
       where s.customer_id = ${customerId} and s.agreement_id = ${agreementId} and s.start_date <= ${filter.today}
      union all
      select 'agreement', 'serviceStarted', start_date, null, '', null, '', status, null
        from agreement where ${agreement} and start_date <= ${filter.today}
      union all
      select 'agreement', 'serviceStopped', end_date, null, '', null, '', status, null
        from agreement where ${agreement} and end_date <= ${filter.today}
      union all
      select 'workItem', 'workOpened', ${day('created_at')}, created_at,
             jsonb_build_object('reasonCode', reason_code, 'reason', reason)::text, null, coalesce(assigned_to, ''), status, item_id
        from work_item where ${here}
         and (subject not like 'agreement:%' or subject = ${`agreement:${customerId}-${agreementId}`})
      union all
      select 'meter', 'meterInstalled', ${day('i.installed_at')}, i.installed_at, d.badge, null, '', '', null
        from install_event i join device d on d.device_id = i.device_id where i.service_point_id in (${point})
      union all
      select 'meter', 'meterRemoved', ${day('i.removed_at')}, i.removed_at, d.badge, null, '', '', null
        from install_event i join device d on d.device_id = i.device_id
       where i.service_point_id in (${point}) and i.removed_at is not null
      union all
      ${moneyEvents(filter)}
    ), keyed as (
      select *, lpad(coalesce(extract(epoch from at), 0)::numeric(20, 6)::text, 20, '0') || kind || code
                || lpad(coalesce(id, 0)::text, 10, '0') || md5(detail) as key
        from event
    )
    select * from keyed
     where ${kinds ? sql`kind = any(${kinds}::text[])` : sql`true`}
       and ${before ? sql`(date, key) < (${before.date}::date, ${before.key})` : sql`true`}
     order by date desc, key desc limit ${limit}`.execute(tx)
  return rows
}

/** With its event and first tender. */
function payment({ customerId, accountNumber }: TimelineFilter) {
  return sql`payment y
        join payment_event e on e.customer_id = y.payer_customer_id and e.event_number = y.event_number
        left join tender d on d.customer_id = e.customer_id and d.event_number = e.event_number and d.tender_number = 1
       where y.customer_id = ${customerId} and y.account_number = ${accountNumber}`
}
