import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { encryptField } from '../../../platform/field-cipher.ts'
import type { Instant } from '../../../platform/time.ts'
import { audit } from '../audit-operations.ts'
import { hashPassword } from '../password.ts'
import { newToken, tokenHash } from '../session.ts'
import * as store from '../store/password-reset.ts'
import { endSessionsOf, updateUser } from '../store/user.ts'
import { type Administrator, requireReach } from './limits.ts'
import type { UserRecord } from './user.ts'
import { addUser, getUserRecord, type NewUser } from './users.ts'

/** A link is good for one day and one use. */
const LINK_HOURS = 24

/** What keeps tokens unreadable in rows. */
export interface TokenKeys {
  tokenKey: Buffer
  fieldKey: Buffer
}

/** This will add a member of staff and, without a password, mail a link to choose one. Refuses as `addUser` does. */
export async function inviteUser(
  tx: Tx,
  user: NewUser,
  keys: TokenKeys,
  admin: Administrator,
): Promise<UserRecord> {
  const added = await addUser(tx, user, admin)
  if (user.password === undefined) await writeReset(tx, added, keys, admin)
  return added
}

/**
 * This will have a link mailed with which a user chooses a new password; links before it end. The old password and
 * sessions go on until it is used. Refuses `user_not_found`, `permission_not_held`, `user_disabled`, `email_missing`.
 */
export async function requestPasswordReset(
  tx: Tx,
  userId: number,
  keys: TokenKeys,
  admin: Administrator,
): Promise<{ user: UserRecord; reset: { resetNumber: number; expiresAt: Instant } }> {
  const user = await getUserRecord(tx, admin.clientId, userId)
  await requireReach(tx, admin, user)
  if (user.status === 'disabled')
    throw new Refusal(
      'conflict',
      'user_disabled',
      `${user.displayName} is disabled; make the user active first.`,
    )
  if (!user.email)
    throw new Refusal('rule', 'email_missing', `${user.displayName} has no e-mail address; give one first.`)
  return { user, reset: await writeReset(tx, user, keys, admin) }
}

async function writeReset(
  tx: Tx,
  user: UserRecord,
  { tokenKey, fieldKey }: TokenKeys,
  { now, wallNow, actor }: Administrator,
): Promise<{ resetNumber: number; expiresAt: Instant }> {
  const { clientId, userId } = user
  await store.endResets(tx, user, wallNow)
  const resetNumber = await store.nextResetNumber(tx, user)
  const token = newToken()
  const expiresAt = wallNow.add({ hours: LINK_HOURS })
  await store.insertReset(tx, {
    ...{ clientId, userId, resetNumber, expiresAt },
    hash: tokenHash(token, tokenKey),
    sealed: encryptField(fieldKey, token, resetPlace({ clientId, userId, resetNumber })),
    requestedBy: actor.actor,
    requestedAt: wallNow,
  })
  const operation = 'requestPasswordReset'
  await audit(tx, { clientId, at: now, actor, operation, subject: `user:${userId}`, detail: { resetNumber } })
  return { resetNumber, expiresAt }
}

/** Where a sealed token opens: it cannot be moved to the row of somebody else. */
export const resetPlace = ({ clientId, userId, resetNumber }: store.ResetKey): string =>
  `password_reset:${clientId}-${userId}-${resetNumber}`

/**
 * This will set the password of the user whom a mailed link names, end the link, every lock and every session. Refuses
 * `link_invalid` alike for one that is unknown, used, replaced or too old, and `password_too_short`.
 */
export async function choosePassword(
  tx: Tx,
  input: { token: string; password: string; tokenKey: Buffer; now: Instant; correlationId?: string },
): Promise<{ clientId: number; userName: string }> {
  const { now, correlationId } = input
  const link = await store.lockLiveReset(tx, tokenHash(input.token, input.tokenKey), now)
  if (!link)
    throw new Refusal(
      'rule',
      'link_invalid',
      'This link was used, replaced or is too old; ask an administrator for another.',
    )
  const hash = await hashPassword(input.password)
  await updateUser(tx, link, { password_hash: hash, failed_attempts: 0, locked_until: null })
  await store.endResets(tx, link, now)
  await endSessionsOf(tx, link, now)
  const { clientId, userId, userName } = link
  const correlated = correlationId ? { correlationId } : {}
  const actor = { actor: `user:${userName}`, door: 'enterprise', ...correlated } as const
  await audit(tx, { clientId, at: now, actor, operation: 'choosePassword', subject: `user:${userId}` })
  return { clientId, userName }
}
