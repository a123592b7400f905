import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import type { StaffCaller } from './actor.ts'
import { audit } from './audit-operations.ts'
import { passwordMatches } from './password.ts'
import { IDLE_MINUTES, type NewSession, newToken, SESSION_HOURS, tokenHash } from './session.ts'
import {
  deleteSessions,
  endSession,
  insertSession,
  selectLiveSession,
  touchSession,
} from './store/session.ts'
import { type LoginRow, lockUserForLogin, updateAttempts } from './store/staff.ts'

const MAX_FAILED_ATTEMPTS = 10
const LOCK_MINUTES = 15
const TOUCH_SECONDS = 60

export interface LoginInput {
  clientCode: string
  userName: string
  password: string
  door: 'enterprise'
  /** The machine's time, not the demo's. */
  now: Instant
  tokenKey: Buffer
  correlationId?: string
}

/**
 * This will open a session, or give the refusal as a value, so that the caller commits the counted failure.
 * After ten failures in a row the user is locked for fifteen minutes. Who is unknown, wrong or disabled gets
 * the same answer in the same time.
 */
export async function login(tx: Tx, input: LoginInput): Promise<NewSession | Refusal> {
  const user = await lockUserForLogin(tx, input.clientCode, input.userName)
  const locked = user?.lockedUntil != null && user.lockedUntil.epochMilliseconds > input.now.epochMilliseconds
  const matches = await passwordMatches(input.password, user?.passwordHash)
  if (locked)
    return new Refusal('too_many', 'user_locked', 'Too many wrong passwords; try again in 15 minutes.')
  if (user && matches && user.status === 'active') return openSession(tx, user, input)
  if (user) await countFailure(tx, user, input)
  return new Refusal('unauthenticated', 'login_failed', 'Client, user name or password is wrong.')
}

async function openSession(tx: Tx, user: LoginRow, input: LoginInput): Promise<NewSession> {
  await updateAttempts(tx, user, { failed_attempts: 0, locked_until: null, last_login_at: input.now })
  await recordLogin(tx, user, input, 'login')
  return startSession(tx, { ...user, door: input.door, now: input.now, tokenKey: input.tokenKey })
}

async function countFailure(tx: Tx, user: LoginRow, input: LoginInput): Promise<void> {
  const failed = user.failedAttempts + 1
  const lock = failed >= MAX_FAILED_ATTEMPTS
  await updateAttempts(tx, user, {
    failed_attempts: lock ? 0 : failed,
    locked_until: lock ? input.now.add({ minutes: LOCK_MINUTES }) : null,
  })
  await recordLogin(tx, user, input, lock ? 'loginLocked' : 'loginFailed')
}

async function recordLogin(tx: Tx, user: LoginRow, input: LoginInput, operation: string): Promise<void> {
  const { door, correlationId } = input
  await audit(tx, {
    clientId: user.clientId,
    at: input.now,
    actor: {
      actor: `user:${input.userName.toLowerCase()}`,
      door,
      ...(correlationId ? { correlationId } : {}),
    },
    operation,
    subject: `user:${user.userId}`,
  })
}

interface SessionInput {
  clientId: number
  userId: number
  door: string
  now: Instant
  tokenKey: Buffer
}

async function startSession(tx: Tx, input: SessionInput): Promise<NewSession> {
  const accessToken = newToken()
  const expiresAt = input.now.add({ hours: SESSION_HOURS })
  await insertSession(tx, { ...input, hash: tokenHash(accessToken, input.tokenKey), expiresAt })
  return { accessToken, expiresAt, clientId: input.clientId, userId: input.userId }
}

interface TokenInput {
  token: string
  door: string
  now: Instant
  tokenKey: Buffer
}

/** This will say whose token it is. A token ends 12 hours after login, or after 2 hours unused. Refuses `token_invalid`. */
export async function authenticateToken(tx: Tx, input: TokenInput): Promise<StaffCaller> {
  const hash = tokenHash(input.token, input.tokenKey)
  const usedAfter = input.now.subtract({ minutes: IDLE_MINUTES })
  const session = await selectLiveSession(tx, { hash, door: input.door, now: input.now, usedAfter })
  if (!session)
    throw new Refusal('unauthenticated', 'token_invalid', 'The token is unknown or has ended; sign in again.')
  if (input.now.since(session.last_used_at).total('seconds') > TOUCH_SECONDS)
    await touchSession(tx, hash, input.now)
  return {
    clientId: session.client_id,
    userId: session.user_id,
    name: `user:${session.user_name}`,
    permissions: new Set(session.permissions),
  }
}

/** This will end the token's session and open a new one for the same user. */
export async function renewSession(tx: Tx, input: TokenInput & { caller: StaffCaller }): Promise<NewSession> {
  await endSession(tx, tokenHash(input.token, input.tokenKey), input.now)
  const { clientId, userId } = input.caller
  return startSession(tx, { clientId, userId, door: input.door, now: input.now, tokenKey: input.tokenKey })
}

/** This will end the token's session. */
export async function logout(tx: Tx, input: TokenInput): Promise<void> {
  await endSession(tx, tokenHash(input.token, input.tokenKey), input.now)
}

/** This will delete sessions that expired before a moment of the machine's clock. */
export async function forgetSessions(tx: Tx, expiredBefore: Instant): Promise<void> {
  await deleteSessions(tx, expiredBefore)
}
