import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { BillChargeRecord, BillListed, BillQuery, BillRecord, LineRecord } from '../bill-record.ts'
import { allOf, listOf, pageOf, personName, premiseAddress } from './fragment.ts'
import { consumptionOf, consumptionOfBill, quantitiesOf } from './quantity.ts'

/** Without what billing makes of a line in words. */
type SelectedLine = Omit<LineRecord, 'detail'>
type SelectedBill = Omit<BillRecord, 'charges' | 'credits'> & {
  charges: (Omit<BillChargeRecord, 'lines'> & { lines: SelectedLine[] })[]
}

const listed = sql`
  l.customer_id as "customerId", l.account_number as "accountNumber", l.bill_id as "billId",
  ${personName} as "customerName", l.status, l.bill_date as "billDate", l.due_date as "dueDate",
  l.start_date as "startDate", l.end_date as "endDate", l.previous_cents as "previousCents",
  l.credits_cents as "creditsCents", l.charges_cents as "chargesCents", l.amount_due_cents as "amountDueCents",
  l.run_id as "runId",
  coalesce((select sum(unsettled_cents) from open_item where customer_id = l.customer_id and bill_id = l.bill_id
               and not deferred), 0)::bigint as "unpaidCents",
  exists (select 1 from charge g join usage u on u.customer_id = g.customer_id and u.usage_id = g.usage_id
           where g.customer_id = l.customer_id and g.bill_id = l.bill_id and u.estimated) as estimated,
  ${consumptionOfBill(sql`l.customer_id`, sql`l.bill_id`)} as consumption`

export async function selectBills(tx: Tx, query: BillQuery): Promise<{ rows: BillListed[]; total: number }> {
  const from = sql`
    from bill l join customer c on c.customer_id = l.customer_id join person p on p.person_id = c.main_person_id
   where ${conditions(query)}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<BillListed>`
    select ${listed} ${from} order by l.bill_date desc, l.customer_id, l.bill_id desc ${pageOf(query)}`.execute(
    tx,
  )
  return { rows, total: count.rows[0]?.total ?? 0 }
}

function conditions(query: BillQuery) {
  const { clientId, customerId, accountNumber, billId, status, from, to, runId } = query
  const { amountFromCents, amountToCents } = query
  return allOf([
    sql`l.customer_id between ${clientId}::bigint * 100000000 and (${clientId}::bigint + 1) * 100000000 - 1`,
    customerId === undefined ? undefined : sql`l.customer_id = ${customerId}`,
    accountNumber === undefined ? undefined : sql`l.account_number = ${accountNumber}`,
    billId === undefined ? undefined : sql`l.bill_id = ${billId}`,
    status === undefined ? undefined : sql`l.status = ${status}`,
    from === undefined ? undefined : sql`l.bill_date >= ${from}`,
    to === undefined ? undefined : sql`l.bill_date <= ${to}`,
    amountFromCents === undefined ? undefined : sql`l.amount_due_cents >= ${amountFromCents}`,
    amountToCents === undefined ? undefined : sql`l.amount_due_cents <= ${amountToCents}`,
    runId === undefined ? undefined : sql`l.run_id = ${runId}`,
  ])
}

export interface BillKeyInAccount {
  customerId: number
  accountNumber: number
  billId: number
}

export async function selectBill(tx: Tx, key: BillKeyInAccount): Promise<SelectedBill | undefined> {
  const { rows } = await sql<SelectedBill>`
    select ${listed}, l.language, b.mailing_name as "mailingName", b.mailing_address as "mailingAddress",
           co.name as "companyName", co.currency, l.replaces_bill_id as "replacesBillId",
           l.completed_at as "completedAt",
           coalesce((select sum(amount_cents - unsettled_cents) from open_item
                      where customer_id = l.customer_id and bill_id = l.bill_id and amount_cents > 0), 0)::bigint as "paidCents",
           (select max(bill_id) from bill where customer_id = l.customer_id and account_number = l.account_number
               and bill_id < l.bill_id) as "previousBillId",
           (select min(bill_id) from bill where customer_id = l.customer_id and account_number = l.account_number
               and bill_id > l.bill_id) as "nextBillId",
           ${charges} as charges, ${history} as history
      from bill l
      join customer c on c.customer_id = l.customer_id
      join person p on p.person_id = c.main_person_id
      join billing_account b on b.customer_id = l.customer_id and b.account_number = l.account_number
      join company co on co.client_id = c.client_id and co.company_id = b.company_id
     where l.customer_id = ${key.customerId} and l.account_number = ${key.accountNumber}
       and l.bill_id = ${key.billId}`.execute(tx)
  return rows[0]
}

const parts = listOf(sql`
  select k.part_number as "partNumber", k.tariff_id as "tariffId", t.name as "planName", t.code as "planCode",
         k.tariff_version as version, k.start_date as "startDate", k.end_date as "endDate"
    from charge_part k join tariff t on t.client_id = c.client_id and t.tariff_id = k.tariff_id
   where k.customer_id = g.customer_id and k.charge_id = g.charge_id order by k.part_number`)

export const lineColumns = sql`
  charge_id as "chargeId", line_number as "lineNumber", part_number as "partNumber", rule_code as "ruleCode", kind, section,
  trim_scale(quantity / 10::numeric ^ quantity_scale)::text as quantity, unit, tou_code as "touCode",
  price::text as price, base_cents as "baseCents", unrounded::text as unrounded, amount_cents as "amountCents",
  ledger_code as "ledgerCode", tax_category as "taxCategory", start_date as "startDate", end_date as "endDate"`

const lines = listOf(sql`
  select ${lineColumns} from charge_line
   where customer_id = g.customer_id and charge_id = g.charge_id order by line_number`)

const badge = sql`(
  select d.badge from agreement_point ap
    join install_event i on i.service_point_id = ap.service_point_id
    join device d on d.device_id = i.device_id
   where ap.customer_id = g.customer_id and ap.agreement_id = g.agreement_id
     and i.installed_at < (g.end_date + 1)::timestamptz
     and (i.removed_at is null or i.removed_at > g.start_date::timestamptz)
   order by i.installed_at desc limit 1)`

const charges = listOf(sql`
  select g.charge_id as "chargeId", g.agreement_id as "agreementId", a.service_kind as "serviceKind",
         case when pr.premise_id is not null then ${premiseAddress} end as "serviceAddress", ${badge} as badge,
         g.start_date as "startDate", g.end_date as "endDate", g.status, g.amount_cents as "amountCents",
         coalesce(u.estimated, false) as estimated, ${consumptionOf(sql`g.customer_id`, sql`g.usage_id`)} as consumption,
         ${parts} as parts, ${lines} as lines, ${quantitiesOf(sql`g.customer_id`, sql`g.usage_id`)} as quantities
    from charge g
    join agreement a on a.customer_id = g.customer_id and a.agreement_id = g.agreement_id
    left join premise pr on pr.premise_id = a.premise_id
    left join usage u on u.customer_id = g.customer_id and u.usage_id = g.usage_id
   where g.customer_id = l.customer_id and g.bill_id = l.bill_id
   order by g.agreement_id is distinct from b.master_agreement_id, g.agreement_id, g.start_date, g.charge_id`)

const history = listOf(sql`
  select * from (
    select h.bill_id as "billId", h.bill_date as "billDate", h.start_date as "startDate", h.end_date as "endDate",
           h.charges_cents as "chargesCents", ${consumptionOfBill(sql`h.customer_id`, sql`h.bill_id`)} as consumption,
           exists (select 1 from charge g join usage u on u.customer_id = g.customer_id and u.usage_id = g.usage_id
                    where g.customer_id = h.customer_id and g.bill_id = h.bill_id and u.estimated) as estimated
      from bill h
     where h.customer_id = l.customer_id and h.account_number = l.account_number and h.bill_id <= l.bill_id
       and h.status in ('complete', 'reopened')
     order by h.bill_date desc, h.bill_id desc limit 13) latest
   order by "billDate", "billId"`)

/** Every line of the charge of a line, with the charge's usage. */
export async function selectChargeLines(
  tx: Tx,
  key: BillKeyInAccount & { chargeId: number },
): Promise<SelectedLine[]> {
  const { rows } = await sql<SelectedLine>`
    select ${lineColumns} from charge_line
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}
       and exists (select 1 from charge g join bill l on l.customer_id = g.customer_id and l.bill_id = g.bill_id
                    where g.customer_id = ${key.customerId} and g.charge_id = ${key.chargeId}
                      and l.bill_id = ${key.billId} and l.account_number = ${key.accountNumber})
     order by line_number`.execute(tx)
  return rows
}
