import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { decryptField, encryptField } from '../../../platform/field-cipher.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/gateway-account.ts'

/** A client's contract with a gateway, opened: `secrets` are plain and never leave the process. */
export interface GatewayAccount {
  gateway: string
  settings: Record<string, string>
  secrets: Record<string, string>
}

/** This will keep what a client's contract with a gateway needs; secrets are sealed and never read back by people. */
export async function saveGatewayAccount(
  tx: Tx,
  input: GatewayAccount & {
    clientId: number
    status?: 'active' | 'off'
    fieldKey: Buffer
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { clientId, gateway, settings, secrets, status = 'active', fieldKey, now, actor } = input
  const sealedSecrets = encryptField(fieldKey, JSON.stringify(secrets), placeOf(clientId, gateway))
  await store.upsertGatewayAccount(tx, {
    clientId,
    gateway,
    status,
    settings,
    sealedSecrets,
    updatedAt: now,
    updatedBy: actor.actor,
  })
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'saveGatewayAccount',
    subject: `gateway_account:${gateway}`,
    detail: { status, settings, secrets: Object.keys(secrets) },
  })
}

/** This will open a client's contract with a gateway. Refuses when there is none, or it is off. */
export async function openGatewayAccount(
  tx: Tx,
  input: { clientId: number; gateway: string; fieldKey: Buffer },
): Promise<GatewayAccount> {
  const { clientId, gateway, fieldKey } = input
  const row = await store.selectGatewayAccount(tx, clientId, gateway)
  if (row?.status !== 'active')
    throw new Refusal(
      'rule',
      'gateway_not_configured',
      `There is no active account with the gateway "${gateway}"; enter its settings first.`,
    )
  const secrets = JSON.parse(decryptField(fieldKey, row.sealedSecrets, placeOf(clientId, gateway)))
  return { gateway, settings: row.settings, secrets }
}

/** This will list a client's contracts with gateways, without secrets. */
export async function gatewayAccounts(tx: Tx, clientId: number) {
  const rows = await store.selectGatewayAccounts(tx, clientId)
  return rows.map(({ gateway, status, settings }) => ({ gateway, status, settings }))
}

const placeOf = (clientId: number, gateway: string) => `gateway_account:${clientId}-${gateway}`
