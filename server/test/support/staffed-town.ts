import type { FastifyInstance } from 'fastify'
import { startBillRun, workBillRun } from '../../src/domain/billing/index.ts'
import {
  assignRoles,
  createClient,
  createOperatorRole,
  createStaffUser,
  createStandardRoles,
  listRoles,
  saveRole,
} from '../../src/domain/identity/index.ts'
import { installMeter, registerMeter } from '../../src/domain/metering/index.ts'
import { registeredPermissions } from '../../src/doors/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { Temporal } from '../../src/platform/time.ts'
import { ACTOR, buildTown, CYCLE, NOW, type Town, ZONE } from './billed-town.ts'

const PASSWORD = 'a-good-password'

/**
 * This will make a town whose January is billed, with a user of every role, and a second client with a stranger who
 * may do everything there. Home 1 has meter `M-1001`.
 */
export async function staffedTown(db: Database): Promise<Town> {
  const town = await db.transaction(async (tx) => {
    const made = await buildTown(tx, 2)
    await addStaff(tx, made.clientId, ['administrator', 'auditor', 'service'])
    await makeOperator(tx, made.clientId)
    await saveRole(tx, { clientId: made.clientId, roleCode: 'nothing', name: 'Nothing', permissions: [] })
    await addUser(tx, made.clientId, 'nothing')
    const elsewhere = await createClient(tx, {
      code: 'elsewhere',
      name: 'Elsewhere',
      timeZone: ZONE,
      now: NOW,
    })
    await addStaff(tx, elsewhere, ['administrator'])
    const servicePointId = made.homes[0]?.servicePointId ?? 0
    const channels = [
      { kind: 'interval' as const, unit: 'kWh', flow: 'delivered' as const, intervalSeconds: 3600 },
    ]
    const { clientId } = made
    const deviceId = await registerMeter(tx, { clientId, badge: 'M-1001', channels, now: NOW })
    await installMeter(tx, { servicePointId, deviceId, installedAt: METER_FROM })
    return made
  })
  const input = { clientId: town.clientId, cycleCode: CYCLE, billDate: '2026-02-01', mode: 'live' as const }
  const run = await db.transaction((tx) => startBillRun(tx, { ...input, now: NOW, actor: ACTOR }))
  await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, run)
  return town
}

const METER_FROM = Temporal.Instant.from('2026-01-01T06:00:00Z')

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

async function addStaff(tx: Tx, clientId: number, roles: readonly string[]): Promise<void> {
  await createStandardRoles(tx, { clientId, permissions: registeredPermissions() })
  for (const role of roles) await addUser(tx, clientId, role)
}

/** The first user, the administrator, runs the installation too. */
async function makeOperator(tx: Tx, clientId: number): Promise<void> {
  await createOperatorRole(tx, { clientId, permissions: registeredPermissions() })
  const operator = (await listRoles(tx, clientId)).find((role) => role.roleCode === 'operator')
  const admin = { clientId, holds: 'all', now: NOW, wallNow: NOW, actor: ACTOR } as const
  await assignRoles(tx, { userId: 1, roleIds: [operator?.roleId ?? 0] }, admin)
}

/** A user named like the only role held. */
async function addUser(tx: Tx, clientId: number, role: string): Promise<void> {
  const user = { clientId, userName: role, displayName: role, password: PASSWORD, roles: [role], now: NOW }
  await createStaffUser(tx, user)
}

/** This will sign a user of a town in and give the headers that every call then needs. */
export async function signedIn(
  app: FastifyInstance,
  userName = 'administrator',
  clientName = 'town',
): Promise<{ authorization: string }> {
  const answer = await app.inject({
    method: 'POST',
    url: '/enterprise/v3/login',
    headers: { clientName },
    payload: { userName, password: PASSWORD },
  })
  return { authorization: `Bearer ${answer.json().responseData[0].token.accessToken}` }
}
