import { createHash } from 'node:crypto'
import type { Instant } from '../../platform/time.ts'
import type { Actor } from './actor.ts'

/** One act: what was done to what. */
export interface AuditEntry {
  clientId: number
  at: Instant
  actor: Actor
  /** Verb and noun: `completeBill`, `postUsage`. */
  operation: string
  /** `customer:100000042`, `bill:100000042-3` */
  subject: string
  detail?: Record<string, unknown>
}

/** A stored entry as the chain hashes it: every column as the database prints it. */
export interface SealedEntry {
  auditId: number
  text: string
}

/** What the first seal of a client follows. */
export const CHAIN_START = Buffer.alloc(32)

/** This will hash the entries of a seal, in order, onto the seal before. */
export function sealHash(previous: Buffer, entries: readonly SealedEntry[]): Buffer {
  const hash = createHash('sha256').update(previous)
  for (const entry of entries) hash.update(`${entry.text.length}:${entry.text}`)
  return hash.digest()
}
