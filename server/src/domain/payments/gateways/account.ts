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
    /** Needed when there are secrets. */
    fieldKey?: Buffer
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { clientId, gateway, settings, secrets, status = 'active', fieldKey, now, actor } = input
  const sealedSecrets = seal(secrets, placeOf(clientId, gateway), fieldKey)
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
  const sealed = row.sealedSecrets
  const secrets =
    sealed.length === 0 ? {} : JSON.parse(decryptField(fieldKey, sealed, placeOf(clientId, gateway)))
  return { gateway, settings: row.settings, secrets }
}

/** This will list a client's contracts with gateways, without secrets. */
export async function gatewayAccounts(tx: Tx, clientId: number) {
  const rows = await store.selectGatewayAccounts(tx, clientId)
  return rows.map(({ gateway, status, settings }) => ({ gateway, status, settings }))
}

/** No secrets, as the sandbox has none: nothing is sealed. */
function seal(secrets: Record<string, string>, place: string, fieldKey: Buffer | undefined): Buffer {
  if (Object.keys(secrets).length === 0) return Buffer.alloc(0)
  if (!fieldKey) throw new Error('secrets need a key')
  return encryptField(fieldKey, JSON.stringify(secrets), place)
}

const placeOf = (clientId: number, gateway: string) => `gateway_account:${clientId}-${gateway}`
