import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Client, Company } from './client.ts'
import type { StaffUser } from './staff.ts'
import { type AuditedAct, selectTrail } from './store/audit.ts'
import { selectClients, selectCompanies, selectDemo } from './store/client.ts'
import { selectStaffUser } from './store/staff.ts'

/** This will give a client. Refuses `client_not_found`. */
export async function getClient(tx: Tx, clientId: number): Promise<Client> {
  const [client] = await selectClients(tx, { clientId })
  if (!client) throw new Refusal('not_found', 'client_not_found', `There is no client ${clientId}.`)
  return client
}

/** This will find a client by its code; without one the only client, else `demo`. Refuses `client_not_found`. */
export async function findClient(tx: Tx, code?: string): Promise<Client> {
  const clients = await selectClients(tx)
  const only = clients.length === 1 ? clients[0] : clients.find((client) => client.code === 'demo')
  const client = code === undefined ? only : clients.find((candidate) => candidate.code === code)
  if (client) return client
  const known = clients.map((candidate) => candidate.code).join(', ') || 'none yet; run billwright init'
  throw new Refusal(
    'not_found',
    'client_not_found',
    `Say which client with --client CODE; there are: ${known}.`,
  )
}

/** This will list the clients of the installation. */
export async function listClients(tx: Tx): Promise<Client[]> {
  return selectClients(tx)
}

/** This will list the companies of a client. */
export async function listCompanies(tx: Tx, clientId: number): Promise<Company[]> {
  return selectCompanies(tx, clientId)
}

/** This will give a member of staff with roles. Refuses `user_not_found`. */
export async function getStaffUser(tx: Tx, clientId: number, userId: number): Promise<StaffUser> {
  const user = await selectStaffUser(tx, clientId, userId)
  if (!user) throw new Refusal('not_found', 'user_not_found', `There is no user ${userId}.`)
  return user
}

/** This will say whether the installation is a demo. */
export async function isDemo(tx: Tx): Promise<boolean> {
  return selectDemo(tx)
}

/** This will tell what was done to one record, by whom and why, the oldest first. */
export function auditTrail(tx: Tx, clientId: number, subject: string): Promise<AuditedAct[]> {
  return selectTrail(tx, clientId, subject)
}
