import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { PremiseListed, PremiseQuery } from '../customer-record.ts'
import { allOf, anywhere, listOf, pageOf, personName, premiseAddress } from './fragment.ts'
import { forgiveSlips } from './likeness.ts'

export async function selectPremises(
  tx: Tx,
  query: PremiseQuery,
): Promise<{ rows: PremiseListed[]; total: number }> {
  if (query.address) await forgiveSlips(tx)
  const from = sql`from premise pr where ${conditions(query)}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<PremiseListed>`
    select pr.premise_id as "premiseId", pr.kind, ${premiseAddress} as address,
           ${servicePoints} as "servicePoints", ${agreements} as agreements
      ${from} order by pr.search_address, pr.premise_id ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

const servicePoints = listOf(sql`
  select sp.service_point_id as "servicePointId", sp.service_kind as "serviceKind",
         sp.external_number as "externalNumber", sp.status,
         (select d.badge from install_event i join device d on d.device_id = i.device_id
           where i.service_point_id = sp.service_point_id
           order by i.removed_at desc nulls first, i.installed_at desc limit 1) as badge
    from service_point sp where sp.premise_id = pr.premise_id order by sp.service_point_id limit 50`)

const agreements = listOf(sql`
  select g.customer_id as "customerId", g.agreement_id as "agreementId", g.status, ${personName} as "customerName"
    from agreement g
    join customer c on c.customer_id = g.customer_id
    join person p on p.person_id = c.main_person_id
   where g.premise_id = pr.premise_id and g.kind = 'service'
   order by g.end_date desc nulls first, g.start_date desc limit 50`)

function conditions(query: PremiseQuery) {
  const { clientId, premiseId, address, city, state, postalCode, badge, externalNumber } = query
  return allOf([
    sql`pr.client_id = ${clientId}`,
    premiseId === undefined ? undefined : sql`pr.premise_id = ${premiseId}`,
    address
      ? sql`(pr.search_address like ${anywhere(address)} or ${address} <% pr.search_address)`
      : undefined,
    city ? sql`lower(pr.city) = lower(${city})` : undefined,
    state ? sql`upper(pr.state) = upper(${state})` : undefined,
    postalCode ? sql`pr.postal_code = ${postalCode}` : undefined,
    badge
      ? sql`pr.premise_id in (select sp.premise_id from device d
              join install_event i on i.device_id = d.device_id
              join service_point sp on sp.service_point_id = i.service_point_id
             where d.client_id = ${clientId} and d.badge ilike ${anywhere(badge)})`
      : undefined,
    externalNumber
      ? sql`pr.premise_id in (select premise_id from service_point
             where client_id = ${clientId} and external_number = ${externalNumber})`
      : undefined,
  ])
}
