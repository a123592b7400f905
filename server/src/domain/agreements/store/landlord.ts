import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Landlord, LandlordService } from '../landlord.ts'

export async function insertLandlord(
  tx: Tx,
  row: Pick<Landlord, 'clientId' | 'customerId' | 'accountNumber' | 'description'> & {
    createdAt: Instant
    createdBy: string
  },
  services: readonly LandlordService[],
): Promise<number> {
  const { rows } = await sql<{ landlordId: number }>`
    insert into landlord_agreement (client_id, customer_id, account_number, description, created_at, created_by)
    values (${row.clientId}, ${row.customerId}, ${row.accountNumber}, ${row.description}, ${row.createdAt}, ${row.createdBy})
    returning landlord_id as "landlordId"`.execute(tx)
  const landlordId = rows[0]?.landlordId ?? 0
  for (const { serviceKind, tariffId, seasonStart, seasonEnd } of services)
    await sql`
      insert into landlord_service (client_id, landlord_id, service_kind, tariff_id, season_start, season_end)
      values (${row.clientId}, ${landlordId}, ${serviceKind}, ${tariffId}, ${seasonStart}, ${seasonEnd})`.execute(
      tx,
    )
  return landlordId
}

interface PremiseRow {
  landlordId: number
  premiseId: number
  startDate: LocalDate
  endDate: LocalDate | null
}

export async function insertPremise(tx: Tx, row: PremiseRow & { clientId: number }): Promise<void> {
  await sql`
    insert into landlord_premise (client_id, premise_id, landlord_id, start_date, end_date)
    values (${row.clientId}, ${row.premiseId}, ${row.landlordId}, ${row.startDate}, ${row.endDate})`.execute(
    tx,
  )
}

export async function updatePremiseEnd(tx: Tx, row: PremiseRow & { clientId: number }): Promise<void> {
  await sql`
    update landlord_premise set end_date = ${row.endDate}
     where client_id = ${row.clientId} and premise_id = ${row.premiseId} and start_date = ${row.startDate}`.execute(
    tx,
  )
}

export async function selectPremises(
  tx: Tx,
  clientId: number,
  { premiseId }: { premiseId: number },
): Promise<PremiseRow[]> {
  const { rows } = await sql<PremiseRow>`
    select landlord_id as "landlordId", premise_id as "premiseId", start_date as "startDate", end_date as "endDate"
      from landlord_premise where client_id = ${clientId} and premise_id = ${premiseId} order by start_date`.execute(
    tx,
  )
  return rows
}

export async function selectLandlords(
  tx: Tx,
  clientId: number,
  { landlordId, customerId }: { landlordId?: number; customerId?: number },
): Promise<Landlord[]> {
  const { rows } = await sql<Landlord>`
    select l.client_id as "clientId", l.landlord_id as "landlordId", l.customer_id as "customerId",
           l.account_number as "accountNumber", l.description,
           (select coalesce(jsonb_agg(jsonb_build_object('serviceKind', s.service_kind, 'tariffId', s.tariff_id,
                     'seasonStart', s.season_start, 'seasonEnd', s.season_end) order by s.service_kind), '[]')
              from landlord_service s
             where s.client_id = l.client_id and s.landlord_id = l.landlord_id) as services,
           (select coalesce(jsonb_agg(jsonb_build_object('premiseId', p.premise_id, 'startDate', p.start_date,
                     'endDate', p.end_date) order by p.premise_id, p.start_date), '[]')
              from landlord_premise p
             where p.client_id = l.client_id and p.landlord_id = l.landlord_id) as premises
      from landlord_agreement l
     where l.client_id = ${clientId}
       and (${landlordId ?? null}::bigint is null or l.landlord_id = ${landlordId ?? null})
       and (${customerId ?? null}::bigint is null or l.customer_id = ${customerId ?? null})
     order by l.landlord_id`.execute(tx)
  return rows
}
