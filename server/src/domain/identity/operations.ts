import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { type Instant, isTimeZone } from '../../platform/time.ts'
import type { Actor } from './actor.ts'
import { isOperatorPermission } from './administration/permission.ts'
import { audit } from './audit-operations.ts'
import type { NewClient, NewCompany } from './client.ts'
import { hashPassword } from './password.ts'
import { type NewStaffUser, OPERATOR_ROLE, type Role, STANDARD_ROLES } from './staff.ts'
import { insertClient, insertCompany, updateSettings } from './store/client.ts'
import { insertPermissions } from './store/permission.ts'
import { upsertRole } from './store/role.ts'
import { insertStaffUser, insertUserRoles, selectRoleCodes } from './store/staff.ts'

/** This will create a client and give its id. Refuses `time_zone_unknown`, `client_exists`, `client_code_malformed`. */
export async function createClient(tx: Tx, client: NewClient): Promise<number> {
  if (!/^[a-z0-9][a-z0-9-]{0,49}$/.test(client.code))
    throw new Refusal(
      'rule',
      'client_code_malformed',
      `The client code "${client.code}" must be lower case letters, digits and dashes, at most 50.`,
    )
  requireTimeZone(client.timeZone)
  const clientId = await insertClient(tx, client)
  if (clientId === undefined)
    throw new Refusal(
      'conflict',
      'client_exists',
      `There is a client "${client.code}" already; choose another code.`,
    )
  return clientId
}

/** This will create a company of a client and give its id. Refuses `time_zone_unknown`, `company_exists`. */
export async function createCompany(tx: Tx, company: NewCompany): Promise<number> {
  requireTimeZone(company.timeZone)
  const companyId = await insertCompany(tx, company)
  if (companyId === undefined)
    throw new Refusal(
      'conflict',
      'company_exists',
      `There is a company "${company.code}" already; choose another code.`,
    )
  return companyId
}

/** This will set what a client decided about one part of the system: `billing`, `payments`, `collections`. */
export async function saveSettings(
  tx: Tx,
  input: { clientId: number; section: string; value: Record<string, unknown>; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, section, value, now, actor } = input
  await updateSettings(tx, clientId, section, value)
  const subject = `settings:${section}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveSettings', subject, detail: value })
}

/** This will create a role, or give it new permissions; set-up does so, administrators are limited. */
export async function saveRole(tx: Tx, role: Role): Promise<void> {
  await insertPermissions(tx, role.permissions)
  await upsertRole(tx, role)
}

/**
 * This will create the roles a client begins with, out of the permissions that the doors register. None of them holds
 * what only the installation's operator may do.
 */
export async function createStandardRoles(
  tx: Tx,
  input: { clientId: number; permissions: readonly string[] },
): Promise<void> {
  const own = input.permissions.filter((permission) => !isOperatorPermission(permission))
  await insertPermissions(tx, input.permissions)
  for (const { holds, ...role } of STANDARD_ROLES)
    await upsertRole(tx, { ...role, clientId: input.clientId, permissions: own.filter(holds) })
}

/** This will create the role of the installation's operator in the client that runs the installation. */
export async function createOperatorRole(
  tx: Tx,
  input: { clientId: number; permissions: readonly string[] },
): Promise<void> {
  const permissions = input.permissions.filter(isOperatorPermission)
  await saveRole(tx, { ...OPERATOR_ROLE, clientId: input.clientId, permissions })
}

/** This will create a member of staff and give the id. Refuses `role_unknown`, `user_exists`, `password_too_short`. */
export async function createStaffUser(tx: Tx, user: NewStaffUser): Promise<number> {
  const known = new Set(await selectRoleCodes(tx, user.clientId))
  const unknown = user.roles.find((role) => !known.has(role))
  if (unknown !== undefined)
    throw new Refusal('rule', 'role_unknown', `There is no role "${unknown}"; create it first.`)
  const userId = await insertStaffUser(tx, {
    clientId: user.clientId,
    userName: user.userName,
    displayName: user.displayName,
    email: user.email ?? null,
    locale: user.locale ?? 'en',
    passwordHash: await hashPassword(user.password),
    now: user.now,
  })
  if (userId === undefined)
    throw new Refusal(
      'conflict',
      'user_exists',
      `There is a user "${user.userName}" already; choose another name.`,
    )
  await insertUserRoles(tx, { clientId: user.clientId, userId }, user.roles)
  return userId
}

function requireTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw new Refusal(
      'rule',
      'time_zone_unknown',
      `"${timeZone}" is no time zone; write one like America/Denver.`,
    )
}
