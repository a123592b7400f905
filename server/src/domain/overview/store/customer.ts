import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type {
  CustomerListed,
  CustomerQuery,
  CustomerRecord,
  CustomerSummaryRecord,
} from '../customer-record.ts'
import { balances } from './account.ts'
import { allOf, anywhere, listOf, oneOf, pageOf, personName, premiseAddress } from './fragment.ts'
import { forgiveSlips } from './likeness.ts'

export async function selectCustomer(
  tx: Tx,
  customerId: number,
  now: Instant,
): Promise<CustomerRecord | undefined> {
  const { rows } = await sql<CustomerRecord>`
    select c.customer_id as "customerId", co.company_id as "companyId", co.name as "companyName",
           ${personName} as "customerName", p.first_name as "firstName", p.last_name as "lastName",
           p.organisation_name as "organisationName", p.doing_business_as as "doingBusinessAs", p.kind as "personKind",
           c.class, c.status, p.language, c.since,
           ${listOf(sql`select kind, value, main from person_contact
                         where person_id = p.person_id and (end_date is null or end_date > day.today)
                         order by main desc, contact_number`)} as contacts,
           ${listOf(sql`select alert_number as "alertNumber", kind, text, start_date as "startDate", end_date as "endDate"
                          from customer_alert
                         where customer_id = c.customer_id and (end_date is null or end_date > day.today)
                         order by alert_number`)} as alerts,
           ${listOf(sql`select set_number as "setNumber", name from customer_set
                         where customer_id = c.customer_id order by set_number`)} as sets,
           ${listOf(sql`select account_number as "accountNumber", status, cycle_code as "cycleCode",
                               delivery_method as "deliveryMethod", copies, due_days as "dueDays",
                               document_language as "documentLanguage", mailing_name as "mailingName",
                               mailing_address as "mailingAddress"
                          from billing_account where customer_id = c.customer_id order by account_number`)} as accounts
      from customer c
      join person p on p.person_id = c.main_person_id
      join company co on co.client_id = c.client_id and co.company_id = c.company_id
     cross join lateral (select (${now}::timestamptz at time zone co.time_zone)::date as today) day
     where c.customer_id = ${customerId}`.execute(tx)
  return rows[0]
}

export async function selectCustomerSummary(
  tx: Tx,
  customerId: number,
  now: Instant,
): Promise<CustomerSummaryRecord | undefined> {
  const { rows } = await sql<CustomerSummaryRecord>`
    select a.customer_id as "customerId", ${personName} as "customerName", a.status,
           ${balances(sql`true`)} as balances,
           ${oneOf(sql`select bill_date as date, amount_due_cents as "amountCents" from bill
                        where customer_id = a.customer_id and status = 'complete'
                        order by bill_date desc, bill_id desc limit 1`)} as "lastBill",
           ${oneOf(sql`select e.payment_date as date, y.amount_cents as "amountCents"
                         from payment y
                         join payment_event e on e.customer_id = y.payer_customer_id and e.event_number = y.event_number
                        where y.customer_id = a.customer_id and y.status = 'frozen'
                        order by e.payment_date desc, y.payment_number desc limit 1`)} as "lastPayment",
           (select count(*)::int from customer_alert t where t.customer_id = a.customer_id
               and t.start_date <= day.today and (t.end_date is null or t.end_date > day.today)) as "activeAlerts",
           (select count(*)::int from work_item w where w.customer_id = a.customer_id and w.status = 'open') as "openWorkItems",
           ${agreements} as agreements
      from customer a
      join person p on p.person_id = a.main_person_id
      join company co on co.client_id = a.client_id and co.company_id = a.company_id
     cross join lateral (select (${now}::timestamptz at time zone co.time_zone)::date as today) day
     where a.customer_id = ${customerId}`.execute(tx)
  return rows[0]
}

const agreements = listOf(sql`
  select g.agreement_id as "agreementId", g.account_number as "accountNumber", g.service_kind as "serviceKind", g.status,
         (select t.name from plan_assignment s join tariff t on t.client_id = a.client_id and t.tariff_id = s.tariff_id
           where s.customer_id = g.customer_id and s.agreement_id = g.agreement_id and s.start_date <= day.today
           order by s.start_date desc limit 1) as "planName",
         case when pr.premise_id is not null then ${premiseAddress} end as "serviceAddress",
         g.start_date as "startDate", g.end_date as "endDate",
         coalesce((select sum(payoff_cents) from posting
                    where customer_id = g.customer_id and agreement_id = g.agreement_id), 0) as "payoffCents"
    from agreement g left join premise pr on pr.premise_id = g.premise_id
   where g.customer_id = a.customer_id and g.kind = 'service' order by g.agreement_id`)

export async function selectCustomers(
  tx: Tx,
  query: CustomerQuery,
): Promise<{ rows: CustomerListed[]; total: number }> {
  if (query.name || query.address) await forgiveSlips(tx)
  const where = conditions(query)
  const from = sql`from customer c join person p on p.person_id = c.main_person_id where ${where}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<CustomerListed>`
    select c.customer_id as "customerId", ${personName} as "customerName", p.doing_business_as as "doingBusinessAs",
           c.class, c.status,
           (select value from person_contact where person_id = p.person_id and kind in ('phone', 'mobile')
             order by end_date nulls first, main desc, contact_number limit 1) as phone,
           (select value from person_contact where person_id = p.person_id and kind = 'email'
             order by end_date nulls first, main desc, contact_number limit 1) as email,
           (select ${premiseAddress} from agreement g join premise pr on pr.premise_id = g.premise_id
             where g.customer_id = c.customer_id and g.kind = 'service'
             order by g.end_date desc nulls first, g.agreement_id limit 1) as "serviceAddress",
           ${listOf(sql`select agreement_id as "agreementId", status from agreement
                         where customer_id = c.customer_id and kind = 'service' order by agreement_id limit 50`)} as agreements
      ${from} order by p.search_name, c.customer_id ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

function conditions(query: CustomerQuery) {
  const {
    clientId,
    customerId,
    name,
    account,
    phone,
    email,
    address,
    postalCode,
    badge,
    externalNumber,
    status,
  } = query
  return allOf(
    [
      sql`c.customer_id between ${clientId}::bigint * 100000000 + 1 and (${clientId}::bigint + 1) * 100000000 - 1`,
      customerId === undefined ? undefined : sql`c.customer_id = ${customerId}`,
      status && sql`c.status = ${status}`,
      name && sql`(p.search_name like ${anywhere(name)} or ${name} <% p.search_name)`,
      account &&
        sql`exists (select 1 from agreement g where g.customer_id = c.customer_id
                     and g.customer_id = ${account.customerId} and g.agreement_id = ${account.agreementId})`,
      phone && contact(sql`n.kind in ('phone', 'mobile') and n.normalized like ${anywhere(phone)}`),
      email && contact(sql`n.kind = 'email' and n.normalized like ${anywhere(email)}`),
      address && place(sql`(pr.search_address like ${anywhere(address)} or ${address} <% pr.search_address)`),
      postalCode && place(sql`pr.postal_code = ${postalCode}`),
      badge &&
        point(sql`exists (select 1 from install_event i join device d on d.device_id = i.device_id
                                where i.service_point_id = ap.service_point_id and d.badge ilike ${anywhere(badge)})`),
      externalNumber &&
        point(sql`exists (select 1 from service_point sp where sp.service_point_id = ap.service_point_id
                                and sp.external_number = ${externalNumber})`),
    ].map((condition) => condition || undefined),
  )
}

const contact = (holds: ReturnType<typeof sql>) =>
  sql`exists (select 1 from person_contact n where n.person_id = p.person_id and ${holds})`
const place = (holds: ReturnType<typeof sql>) =>
  sql`c.customer_id in (select g.customer_id from premise pr join agreement g on g.premise_id = pr.premise_id where ${holds})`
const point = (holds: ReturnType<typeof sql>) =>
  sql`exists (select 1 from agreement_point ap where ap.customer_id = c.customer_id and ${holds})`
