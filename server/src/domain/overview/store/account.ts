import { type RawBuilder, sql } from 'kysely'
import { prepared, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { AccountRecord } from '../record.ts'
import { listOf, oneOf, personName, premiseAddress } from './fragment.ts'

interface Key {
  customerId: number
  agreementId: number
}

/** The whole record with one statement: a screen must not wait for a chain of them. */
export async function selectAccountRecord(
  tx: Tx,
  { customerId, agreementId }: Key,
  now: Instant,
): Promise<AccountRecord | undefined> {
  const { rows } = await sql<AccountRecord>`${prepared('account_record')}
    select a.customer_id as "customerId", a.agreement_id as "agreementId", a.account_number as "accountNumber",
           a.kind, a.service_kind as "serviceKind", a.status, a.start_date as "startDate", a.end_date as "endDate",
           a.revenue_class as "revenueClass", a.debt_class as "debtClass", a.bill_method as "billMethod",
           a.external_account as "externalAccount",
           co.company_id as "companyId", co.name as "companyName", co.time_zone as "timeZone", day.today,
           ${personName} as "customerName", p.doing_business_as as "doingBusinessAs", c.class as "customerClass",
           c.since as "customerSince", b.document_language as language, b.cycle_code as "cycleCode",
           b.delivery_method as "deliveryMethod", b.mailing_name as "mailingName",
           b.mailing_address as "mailingAddress", b.hold_bills as "holdBills",
           pr.premise_id as "premiseId", case when pr.premise_id is not null then ${premiseAddress} end as "serviceAddress",
           ${plan} as plan,
           ${balances(sql`agreement_id = a.agreement_id`)} as balances,
           ${balances(sql`account_number = a.account_number`)} as "accountBalances",
           ${putOff} as "putOffCents",
           ${contacts} as contacts, ${alerts} as alerts, ${flags} as flags, ${facts} as facts,
           ${exemptions} as exemptions, ${meters} as meters, ${siblings} as siblings,
           ${lastBill} as "lastBill", ${lastCharge} as "lastCharge", ${lastPayment} as "lastPayment",
           (select max(u.end_date) from usage u where u.customer_id = a.customer_id
               and u.agreement_id = a.agreement_id and u.status in ('ready', 'charged')) as "lastUsageEnd",
           ${estimatedInARow} as "estimatedInARow", ${workItems} as "openWorkItems"
      from agreement a
      join customer c on c.customer_id = a.customer_id
      join person p on p.person_id = c.main_person_id
      join billing_account b on b.customer_id = a.customer_id and b.account_number = a.account_number
      join company co on co.client_id = c.client_id and co.company_id = a.company_id
     cross join lateral (select (${now}::timestamptz at time zone co.time_zone)::date as today) day
      left join premise pr on pr.premise_id = a.premise_id
     where a.customer_id = ${customerId} and a.agreement_id = ${agreementId}`.execute(tx)
  return rows[0]
}

/** Every balance is the sum of its postings; what is due when comes from the open items. */
export function balances(of: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select jsonb_build_object(
             'payoffCents', posted.payoff, 'currentCents', posted.current,
             'pastDueCents', greatest(0, due.overdue + due.credit),
             'nextDueDate', due.next_date,
             'nextDueCents', coalesce((select sum(unsettled_cents) from open_item
                                        where customer_id = a.customer_id and ${of} and not deferred
                                          and unsettled_cents > 0 and due_date = due.next_date), 0))
      from (select coalesce(sum(payoff_cents), 0) as payoff, coalesce(sum(current_cents), 0) as current
              from posting where customer_id = a.customer_id and ${of}) posted,
           (select coalesce(sum(unsettled_cents) filter (where unsettled_cents > 0 and due_date < day.today), 0) as overdue,
                   coalesce(sum(unsettled_cents) filter (where unsettled_cents < 0), 0) as credit,
                   min(due_date) filter (where unsettled_cents > 0 and due_date >= day.today) as next_date
              from open_item
             where customer_id = a.customer_id and ${of} and unsettled_cents <> 0 and not deferred) due)`
}

const putOff = sql`coalesce((
  select sum(i.unsettled_cents)
    from open_item i join agreement g on g.customer_id = i.customer_id and g.agreement_id = i.agreement_id
   where i.customer_id = a.customer_id and g.account_number = a.account_number and g.kind <> 'deposit'
     and i.deferred and i.unsettled_cents <> 0), 0)::bigint`

const ofAgreement = sql`customer_id = a.customer_id and agreement_id = a.agreement_id`
const inForce = sql`start_date <= day.today and (end_date is null or end_date > day.today)`

/** The plan in force; before the start the first one, after the end the last one. */
const plan = oneOf(sql`
  select t.tariff_id as "tariffId", t.code, t.name, s.start_date as "startDate"
    from plan_assignment s
    join tariff t on t.client_id = c.client_id and t.tariff_id = s.tariff_id
   where s.customer_id = a.customer_id and s.agreement_id = a.agreement_id
   order by (s.start_date <= day.today) desc,
            case when s.start_date <= day.today then s.start_date end desc, s.start_date
   limit 1`)

const contacts = listOf(sql`
  select kind, value, main from person_contact
   where person_id = p.person_id and (end_date is null or end_date > day.today)
   order by main desc, contact_number`)

const alerts = listOf(sql`
  select alert_number as "alertNumber", kind, text, start_date as "startDate", end_date as "endDate"
    from customer_alert where customer_id = a.customer_id and ${inForce} order by alert_number`)

const flags = listOf(sql`
  select flag, reason, start_date as "startDate", end_date as "endDate"
    from agreement_flag where ${ofAgreement} and ${inForce} order by start_date`)

const facts = listOf(sql`
  select fact_code as code, value, start_date as "startDate", end_date as "endDate"
    from agreement_fact where ${ofAgreement} order by fact_code, start_date desc`)

const exemptions = listOf(sql`
  select kind, tax_category as "taxCategory", trim_scale(share * 100)::text as percent, certificate,
         start_date as "startDate", end_date as "endDate"
    from exemption where ${ofAgreement} order by start_date desc, exemption_number`)

const meters = listOf(sql`
  select d.badge, d.serial_number as "serialNumber", sp.service_point_id as "servicePointId",
         sp.external_number as "externalNumber", sp.time_zone as "timeZone",
         (i.installed_at at time zone sp.time_zone)::date as "installedOn",
         (i.removed_at at time zone sp.time_zone)::date as "removedOn",
         ch.interval_seconds as "intervalSeconds", ch.unit
    from (select distinct service_point_id from agreement_point where ${ofAgreement}) ap
    join service_point sp on sp.service_point_id = ap.service_point_id
    join install_event i on i.service_point_id = ap.service_point_id
    join device d on d.device_id = i.device_id
    left join lateral (
      select interval_seconds, unit from channel
       where device_id = i.device_id and configuration_number = i.configuration_number
       order by kind, channel_number limit 1) ch on true
   order by i.removed_at desc nulls first, i.installed_at desc limit 20`)

const siblings = listOf(sql`
  select agreement_id as "agreementId", status, service_kind as "serviceKind"
    from agreement where customer_id = a.customer_id and kind = 'service' order by agreement_id limit 100`)

const lastBill = oneOf(sql`
  select bill_id as "billId", bill_date as "billDate", due_date as "dueDate", amount_due_cents as "amountDueCents",
         charges_cents as "chargesCents"
    from bill where customer_id = a.customer_id and account_number = a.account_number and status = 'complete'
   order by bill_date desc, bill_id desc limit 1`)

const lastCharge = oneOf(sql`
  select coalesce(l.bill_date, (g.created_at at time zone co.time_zone)::date) as date,
         g.amount_cents as "amountCents", g.end_date as "endDate"
    from charge g left join bill l on l.customer_id = g.customer_id and l.bill_id = g.bill_id
   where g.customer_id = a.customer_id and g.agreement_id = a.agreement_id and g.status = 'frozen'
   order by g.end_date desc, g.charge_id desc limit 1`)

const lastPayment = oneOf(sql`
  select e.payment_date as date, y.amount_cents as "amountCents"
    from payment y join payment_event e on e.customer_id = y.payer_customer_id and e.event_number = y.event_number
   where y.customer_id = a.customer_id and y.account_number = a.account_number and y.status = 'frozen'
   order by e.payment_date desc, y.payment_number desc limit 1`)

const estimatedInARow = sql`(
  select count(*)::int from (
    select bool_and(u.estimated) over (order by g.end_date desc, g.charge_id desc) as every
      from charge g join usage u on u.customer_id = g.customer_id and u.usage_id = g.usage_id
     where g.customer_id = a.customer_id and g.agreement_id = a.agreement_id and g.status = 'frozen'
     order by g.end_date desc, g.charge_id desc limit 12) latest
   where every)`

/** About the agreement, its account or its customer; not about another agreement of the customer. */
const workItems = listOf(sql`
  select item_id as "itemId", kind, reason_code as "reasonCode", reason, priority
    from work_item
   where customer_id = a.customer_id and status = 'open'
     and (subject not like 'agreement:%' or subject = 'agreement:' || a.customer_id || '-' || a.agreement_id)
     and (subject not like 'account:%' or subject = 'account:' || a.customer_id || '-' || a.account_number)
   order by priority, item_id limit 10`)
