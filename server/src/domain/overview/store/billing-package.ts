import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountAlertListed, BillingPackageRecord, ExemptionListed } from '../billing-package-record.ts'
import type { PageOf } from '../record.ts'
import { listOf, oneOf, pageOf, personName } from './fragment.ts'

interface AccountKey {
  customerId: number
  accountNumber: number
}

const ofAccount = sql`customer_id = b.customer_id and account_number = b.account_number`

const agreements = listOf(sql`
  select agreement_id as "agreementId", kind, service_kind as "serviceKind", status, start_date as "startDate",
         end_date as "endDate"
    from agreement where ${ofAccount}
   order by agreement_id is distinct from b.master_agreement_id, kind <> 'service', agreement_id`)

const lastBill = oneOf(sql`
  select bill_id as "billId", bill_date as "billDate", due_date as "dueDate", amount_due_cents as "amountDueCents", status
    from bill where ${ofAccount} and status in ('complete', 'reopened')
   order by bill_date desc, bill_id desc limit 1`)

const lastPayment = oneOf(sql`
  select y.payment_number as "paymentNumber", e.payment_date as date, y.amount_cents as "amountCents"
    from payment y
    join payment_event e on e.customer_id = y.payer_customer_id and e.event_number = y.event_number
   where y.customer_id = b.customer_id and y.account_number = b.account_number and y.status = 'frozen'
   order by e.payment_date desc, y.payment_number desc limit 1`)

const nextDraw = oneOf(sql`
  select request_number as "requestNumber", draw_date as "drawDate", amount_cents as "amountCents"
    from payment_request where ${ofAccount} and status in ('waiting', 'held', 'drawing')
   order by draw_date, request_number limit 1`)

/** The billing accounts of a customer, or one of them. */
export async function selectBillingPackages(
  tx: Tx,
  { customerId, accountNumber }: { customerId: number; accountNumber?: number },
  today: LocalDate,
): Promise<BillingPackageRecord[]> {
  const { rows } = await sql<BillingPackageRecord>`
    select b.customer_id as "customerId", b.account_number as "accountNumber", ${personName} as "customerName",
           p.doing_business_as as "doingBusinessAs", b.company_id as "companyId", co.name as "companyName", b.status,
           b.opened_on as "openedOn", b.closed_on as "closedOn", b.cycle_code as "cycleCode",
           (select name from bill_cycle y where y.client_id = c.client_id and y.cycle_code = b.cycle_code) as "cycleName",
           b.delivery_method as "deliveryMethod", b.copies, b.due_days as "dueDays",
           b.document_language as "documentLanguage", b.mailing_name as "mailingName",
           b.mailing_address as "mailingAddress", b.hold_bills as "holdBills",
           (select agreement_id from agreement where ${ofAccount} and agreement_id = b.master_agreement_id)
             as "masterAgreementId", ${agreements} as agreements, ${lastBill} as "lastBill",
           (select count(*)::int from bill where ${ofAccount} and status <> 'cancelled') as bills,
           ${lastPayment} as "lastPayment", ${nextDraw} as "nextDraw",
           exists (select from autopay where ${ofAccount} and start_date <= ${today}
                      and (end_date is null or end_date > ${today}) and suspended_at is null) as autopay,
           exists (select from collection_process where ${ofAccount} and status = 'active') as "inCollection",
           (select count(*)::int from customer_alert t
             where t.customer_id = b.customer_id and coalesce(t.account_number, b.account_number) = b.account_number
               and t.start_date <= ${today} and (t.end_date is null or t.end_date > ${today})) as "activeAlerts",
           (select count(*)::int from work_item w
             where w.customer_id = b.customer_id and w.status = 'open') as "openWorkItems"
      from billing_account b
      join customer c on c.customer_id = b.customer_id
      join person p on p.person_id = c.main_person_id
      join company co on co.client_id = c.client_id and co.company_id = b.company_id
     where b.customer_id = ${customerId}
       and ${accountNumber === undefined ? sql`true` : sql`b.account_number = ${accountNumber}`}
     order by b.account_number`.execute(tx)
  return rows
}

export async function selectExemptions(
  tx: Tx,
  key: AccountKey,
  page: PageOf,
): Promise<{ rows: ExemptionListed[]; total: number }> {
  const from = sql`
    from exemption x join agreement a on a.customer_id = x.customer_id and a.agreement_id = x.agreement_id
   where a.customer_id = ${key.customerId} and a.account_number = ${key.accountNumber}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<ExemptionListed>`
    select x.agreement_id as "agreementId", x.exemption_number as "exemptionNumber", x.kind,
           x.tax_category as "taxCategory", trim_scale(x.share * 100)::text as percent, x.certificate,
           x.start_date as "startDate", x.end_date as "endDate"
      ${from} order by x.agreement_id, x.start_date, x.exemption_number ${pageOf(page)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export async function selectAccountAlerts(
  tx: Tx,
  key: AccountKey,
  page: PageOf,
): Promise<{ rows: AccountAlertListed[]; total: number }> {
  const from = sql`
    from customer_alert
   where customer_id = ${key.customerId} and coalesce(account_number, ${key.accountNumber}) = ${key.accountNumber}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<AccountAlertListed>`
    select alert_number as "alertNumber", account_number as "accountNumber", kind, text, start_date as "startDate",
           end_date as "endDate", created_by as "createdBy", created_at as "createdAt"
      ${from} order by start_date desc, alert_number desc ${pageOf(page)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
