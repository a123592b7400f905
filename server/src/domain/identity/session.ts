import { createHmac, randomBytes } from 'node:crypto'
import type { Instant } from '../../platform/time.ts'

export const SESSION_HOURS = 12
export const IDLE_MINUTES = 120

/** A token that was just made: it is shown once, and only its keyed hash is kept. */
export interface NewSession {
  accessToken: string
  expiresAt: Instant
  clientId: number
  userId: number
}

/** 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenHash(token: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(token).digest()
}
