import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Client, Company, NewClient, NewCompany } from '../client.ts'

export async function insertClient(tx: Tx, client: NewClient): Promise<number | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('client'))`.execute(tx)
  const row = await tx
    .insertInto('client')
    .values({
      client_id: sql<number>`(select coalesce(max(client_id), 0) + 1 from client)`,
      code: client.code,
      name: client.name,
      time_zone: client.timeZone,
      locale: client.locale ?? 'en',
      settings: JSON.stringify(client.settings ?? {}),
      created_at: client.now,
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('client_id')
    .executeTakeFirst()
  return row?.client_id
}

export async function insertCompany(tx: Tx, company: NewCompany): Promise<number | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('company'), ${company.clientId})`.execute(tx)
  const row = await tx
    .insertInto('company')
    .values({
      client_id: company.clientId,
      company_id: sql<number>`(select coalesce(max(company_id), 0) + 1 from company where client_id = ${company.clientId})`,
      code: company.code,
      name: company.name,
      kind: company.kind,
      currency: company.currency ?? 'USD',
      time_zone: company.timeZone,
      address: JSON.stringify(company.address ?? {}),
      remit_address: JSON.stringify(company.remitAddress ?? company.address ?? {}),
      phone: company.phone ?? null,
      email: company.email ?? null,
      website: company.website ?? null,
    })
    .onConflict((conflict) => conflict.columns(['client_id', 'code']).doNothing())
    .returning('company_id')
    .executeTakeFirst()
  return row?.company_id
}

export async function updateSettings(
  tx: Tx,
  clientId: number,
  section: string,
  value: Record<string, unknown>,
): Promise<void> {
  await sql`
    update client set settings = jsonb_set(settings, array[${section}]::text[], ${JSON.stringify(value)}::jsonb)
     where client_id = ${clientId}`.execute(tx)
}

export async function selectClients(
  tx: Tx,
  by: { clientId?: number; code?: string } = {},
): Promise<Client[]> {
  let query = tx.selectFrom('client').selectAll().orderBy('client_id')
  if (by.clientId !== undefined) query = query.where('client_id', '=', by.clientId)
  if (by.code !== undefined) query = query.where('code', '=', by.code)
  const rows = await query.execute()
  return rows.map((row) => ({
    clientId: row.client_id,
    code: row.code,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale as Client['locale'],
    settings: row.settings as Client['settings'],
  }))
}

export async function selectCompanies(tx: Tx, clientId: number): Promise<Company[]> {
  const rows = await tx
    .selectFrom('company')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('company_id')
    .execute()
  return rows.map((row) => ({
    clientId: row.client_id,
    companyId: row.company_id,
    code: row.code,
    name: row.name,
    kind: row.kind as Company['kind'],
    currency: row.currency,
    currencyExponent: row.currency_exponent,
    timeZone: row.time_zone,
    address: row.address as Company['address'],
    remitAddress: row.remit_address as Company['remitAddress'],
    phone: row.phone,
    email: row.email,
    website: row.website,
  }))
}

export async function selectDemo(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('installation').select('demo').executeTakeFirst()
  return row?.demo ?? false
}
