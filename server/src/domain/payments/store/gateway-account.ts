import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'

export interface GatewayAccountRow {
  clientId: number
  gateway: string
  status: 'active' | 'off'
  settings: Record<string, string>
  sealedSecrets: Buffer
}

export async function upsertGatewayAccount(
  tx: Tx,
  row: GatewayAccountRow & { updatedAt: Instant; updatedBy: string },
): Promise<void> {
  await sql`
    insert into gateway_account (client_id, gateway, status, settings, sealed_secrets, updated_at, updated_by)
    values (${row.clientId}, ${row.gateway}, ${row.status}, ${JSON.stringify(row.settings)}, ${row.sealedSecrets},
            ${row.updatedAt}, ${row.updatedBy})
    on conflict (client_id, gateway) do update
       set status = excluded.status, settings = excluded.settings, sealed_secrets = excluded.sealed_secrets,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(tx)
}

const columns = sql`client_id as "clientId", gateway, status, settings, sealed_secrets as "sealedSecrets"`

export async function selectGatewayAccount(
  tx: Tx,
  clientId: number,
  gateway: string,
): Promise<GatewayAccountRow | undefined> {
  const { rows } = await sql<GatewayAccountRow>`
    select ${columns} from gateway_account where client_id = ${clientId} and gateway = ${gateway}`.execute(tx)
  return rows[0]
}

export async function selectGatewayAccounts(tx: Tx, clientId: number): Promise<GatewayAccountRow[]> {
  const { rows } = await sql<GatewayAccountRow>`
    select ${columns} from gateway_account where client_id = ${clientId} order by gateway`.execute(tx)
  return rows
}
