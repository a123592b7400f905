import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { ChargeLineListed, ChargeListed, UsageListed } from '../bill-record.ts'
import type { PageOf } from '../record.ts'
import { pageOf } from './fragment.ts'
import { consumptionOf, quantitiesOf } from './quantity.ts'

interface AgreementKey {
  customerId: number
  agreementId: number
}

interface Listed<T> {
  rows: T[]
  total: number
}

/** The company's day on which a charge was made, when no bill dates it. */
const chargeDate = sql`coalesce(l.bill_date, (g.created_at at time zone co.time_zone)::date)`

const planName = sql`(
  select t.name from charge_part k join tariff t on t.client_id = c.client_id and t.tariff_id = k.tariff_id
   where k.customer_id = g.customer_id and k.charge_id = g.charge_id order by k.part_number desc limit 1)`

/** Where the rule of a line stands in its plan version. */
const componentNumber = sql`(
  select rule.position::int
    from charge_part k
    join tariff_version v on v.client_id = c.client_id and v.tariff_id = k.tariff_id and v.version = k.tariff_version
   cross join lateral jsonb_array_elements(v.document #> '{versions,0,rules}') with ordinality as rule(body, position)
   where k.customer_id = n.customer_id and k.charge_id = n.charge_id and k.part_number = n.part_number
     and rule.body ->> 'code' = n.rule_code
   limit 1)`

const chargeTables = sql`
  charge g
  join customer c on c.customer_id = g.customer_id
  join agreement a on a.customer_id = g.customer_id and a.agreement_id = g.agreement_id
  join company co on co.client_id = c.client_id and co.company_id = a.company_id
  left join bill l on l.customer_id = g.customer_id and l.bill_id = g.bill_id`

async function totalOf(tx: Tx, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return rows[0]?.total ?? 0
}

export async function selectCharges(tx: Tx, key: AgreementKey, page: PageOf): Promise<Listed<ChargeListed>> {
  const from = sql`from ${chargeTables} where g.customer_id = ${key.customerId} and g.agreement_id = ${key.agreementId}`
  const { rows } = await sql<ChargeListed>`
    select g.charge_id as "chargeId", g.kind, g.status, ${chargeDate} as date, g.start_date as "startDate",
           g.end_date as "endDate", ${planName} as "planName",
           ${consumptionOf(sql`g.customer_id`, sql`g.usage_id`)} as consumption, g.amount_cents as "amountCents",
           coalesce((select sum(amount_cents) from charge_line where customer_id = g.customer_id
                        and charge_id = g.charge_id and section = 'tax'), 0)::bigint as "taxCents",
           coalesce(i.unsettled_cents, 0) as "unpaidCents", coalesce(i.due_date, l.due_date) as "dueDate",
           g.usage_id as "usageId", g.bill_id as "billId", g.rebills_charge_id as "rebillsChargeId",
           g.cancel_reason as "cancelReason"
      from ${chargeTables}
      left join open_item i on i.customer_id = g.customer_id and i.kind = 'charge'
            and i.reference = 'charge:' || g.charge_id and i.agreement_id = g.agreement_id
     where g.customer_id = ${key.customerId} and g.agreement_id = ${key.agreementId}
     order by g.end_date desc, g.charge_id desc ${pageOf(page)}`.execute(tx)
  return { rows, total: await totalOf(tx, from) }
}

export interface ChargeLinesKey extends AgreementKey {
  chargeId?: number
  alsoChargeId?: number
}

export async function selectChargeLinesOf(
  tx: Tx,
  key: ChargeLinesKey,
  page: PageOf,
): Promise<Listed<Omit<ChargeLineListed, 'text'>>> {
  const from = sql`
    from ${chargeTables}
    join charge_line n on n.customer_id = g.customer_id and n.charge_id = g.charge_id
   where g.customer_id = ${key.customerId} and g.agreement_id = ${key.agreementId}
     and ${key.chargeId === undefined ? sql`true` : sql`g.charge_id = ${key.chargeId}`}
     and ${key.alsoChargeId === undefined ? sql`true` : sql`g.charge_id = ${key.alsoChargeId}`}`
  const { rows } = await sql<Omit<ChargeLineListed, 'text'>>`
    select g.charge_id as "chargeId", n.line_number as "lineNumber", n.kind, ${chargeDate} as date,
           ${planName} as "planName", ${componentNumber} as "componentNumber", n.amount_cents as "amountCents", n.section = 'tax' as "isTax",
           trim_scale(n.quantity / 10::numeric ^ n.quantity_scale)::text as quantity
      ${from} order by g.end_date desc, g.charge_id desc, n.line_number ${pageOf(page)}`.execute(tx)
  return { rows, total: await totalOf(tx, from) }
}

export async function selectUsages(
  tx: Tx,
  key: AgreementKey & { startDate?: LocalDate; endDate?: LocalDate },
  page: PageOf,
): Promise<Listed<UsageListed>> {
  const from = sql`
    from usage u
    left join lateral (
      select g.bill_id, g.amount_cents from charge g
       where g.customer_id = u.customer_id and g.usage_id = u.usage_id and g.status in ('freezable', 'frozen')
       order by g.charge_id desc limit 1) g on true
   where u.customer_id = ${key.customerId} and u.agreement_id = ${key.agreementId}
     and ${key.startDate === undefined ? sql`true` : sql`u.end_date > ${key.startDate}`}
     and ${key.endDate === undefined ? sql`true` : sql`u.start_date < ${key.endDate}`}`
  const { rows } = await sql<UsageListed>`
    select u.usage_id as "usageId", u.start_date as "startDate", u.end_date as "endDate", u.source, u.status, u.estimated,
           ${consumptionOf(sql`u.customer_id`, sql`u.usage_id`)} as consumption,
           g.bill_id as "billId", g.amount_cents as "chargeCents",
           ${quantitiesOf(sql`u.customer_id`, sql`u.usage_id`)} as quantities
      ${from} order by u.end_date desc, u.usage_id desc ${pageOf(page)}`.execute(tx)
  return { rows, total: await totalOf(tx, from) }
}
