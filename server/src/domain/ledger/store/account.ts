import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { ChartAccount, GeneralLedger, LedgerAccount } from '../chart.ts'

/** New accounts are numbered by one transaction at a time. */
export async function lockChart(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('ledger_account'), ${clientId})`.execute(tx)
}

/** Of accounts that the chart has already, nothing changes. The chart is locked by the caller. */
export async function insertAccounts(
  tx: Tx,
  clientId: number,
  accounts: readonly (LedgerAccount & { agencyId: number; generalLedgerId: number })[],
): Promise<void> {
  await sql`
    insert into ledger_account (client_id, account_number, ledger_code, name, kind, control, agency_id, general_ledger_id)
    select ${clientId},
           (select coalesce(max(account_number), 0) from ledger_account where client_id = ${clientId}) + row_number() over (order by ordinal),
           code, name, kind, control, agency_id, general_ledger_id
      from unnest(${accounts.map((a) => a.code)}::text[], ${accounts.map((a) => a.name)}::text[],
                  ${accounts.map((a) => a.kind)}::text[], ${accounts.map((a) => a.control)}::bool[],
                  ${accounts.map((a) => a.agencyId)}::int2[], ${accounts.map((a) => a.generalLedgerId)}::int4[])
           with ordinality as a(code, name, kind, control, agency_id, general_ledger_id, ordinal)
     where not exists (select from ledger_account l where l.client_id = ${clientId} and l.ledger_code = a.code)`.execute(
    tx,
  )
}

export async function selectAccountCodes(tx: Tx, clientId: number): Promise<Set<string>> {
  const { rows } = await sql<{ ledger_code: string }>`
    select ledger_code from ledger_account where client_id = ${clientId}`.execute(tx)
  return new Set(rows.map((row) => row.ledger_code))
}

export async function selectChart(tx: Tx, clientId: number, code?: string): Promise<ChartAccount[]> {
  const { rows } = await sql<ChartAccount>`
    select a.account_number as "accountNumber", a.ledger_code as code, a.name, a.kind, a.control, a.active,
           a.agency_id as "agencyId", a.general_ledger_id as "generalLedgerId", g.name as "generalLedgerName"
      from ledger_account a join general_ledger g using (client_id, agency_id, general_ledger_id)
     where a.client_id = ${clientId} and (${code ?? null}::text is null or a.ledger_code = ${code ?? null})
     order by a.agency_id, a.general_ledger_id, a.account_number`.execute(tx)
  return rows
}

export async function updateAccount(
  tx: Tx,
  clientId: number,
  account: Pick<ChartAccount, 'code' | 'name' | 'active' | 'agencyId' | 'generalLedgerId'>,
): Promise<void> {
  await tx
    .updateTable('ledger_account')
    .set({
      name: account.name,
      active: account.active,
      agency_id: account.agencyId,
      general_ledger_id: account.generalLedgerId,
    })
    .where('client_id', '=', clientId)
    .where('ledger_code', '=', account.code)
    .execute()
}

/** The number given, or the next one; undefined when it is taken. The chart is locked by the caller. */
export async function insertAgency(
  tx: Tx,
  agency: { clientId: number; agencyId?: number; name: string },
): Promise<number | undefined> {
  const { clientId, agencyId = null, name } = agency
  const { rows } = await sql<{ agencyId: number }>`
    insert into governing_agency (client_id, agency_id, name)
    select ${clientId}, coalesce(${agencyId}::int2, coalesce(max(agency_id), 0) + 1), ${name}
      from governing_agency where client_id = ${clientId}
    on conflict do nothing returning agency_id as "agencyId"`.execute(tx)
  return rows[0]?.agencyId
}

/** The number given, or the next one of the agency; undefined when it is taken. The chart is locked by the caller. */
export async function insertGeneralLedger(
  tx: Tx,
  ledger: { clientId: number; agencyId: number; generalLedgerId?: number; name: string },
): Promise<number | undefined> {
  const { clientId, agencyId, generalLedgerId = null, name } = ledger
  const { rows } = await sql<{ generalLedgerId: number }>`
    insert into general_ledger (client_id, agency_id, general_ledger_id, name)
    select ${clientId}, ${agencyId}, coalesce(${generalLedgerId}::int4, coalesce(max(general_ledger_id), 0) + 1), ${name}
      from general_ledger where client_id = ${clientId} and agency_id = ${agencyId}
    on conflict do nothing returning general_ledger_id as "generalLedgerId"`.execute(tx)
  return rows[0]?.generalLedgerId
}

export async function upsertAccountString(
  tx: Tx,
  string: {
    clientId: number
    agencyId: number
    generalLedgerId: number
    from: LocalDate
    accountString: string
  },
): Promise<void> {
  await sql`
    insert into general_ledger_string (client_id, agency_id, general_ledger_id, start_date, account_string)
    values (${string.clientId}, ${string.agencyId}, ${string.generalLedgerId}, ${string.from}, ${string.accountString})
    on conflict (client_id, agency_id, general_ledger_id, start_date)
    do update set account_string = excluded.account_string`.execute(tx)
}

export async function selectAgencies(
  tx: Tx,
  clientId: number,
): Promise<{ agencyId: number; name: string }[]> {
  const { rows } = await sql<{ agencyId: number; name: string }>`
    select agency_id as "agencyId", name from governing_agency where client_id = ${clientId} order by 1`.execute(
    tx,
  )
  return rows
}

export async function selectGeneralLedgers(tx: Tx, clientId: number): Promise<GeneralLedger[]> {
  const { rows } = await sql<GeneralLedger>`
    select g.agency_id as "agencyId", g.general_ledger_id as "generalLedgerId", g.name,
           (select coalesce(jsonb_agg(jsonb_build_object('from', s.start_date, 'accountString', s.account_string)
                                      order by s.start_date), '[]')
              from general_ledger_string s
             where s.client_id = g.client_id and s.agency_id = g.agency_id and s.general_ledger_id = g.general_ledger_id) as strings
      from general_ledger g where g.client_id = ${clientId} order by 1, 2`.execute(tx)
  return rows
}
