import { userInfo } from 'node:os'
import type { Actor } from '../domain/identity/index.ts'

/** This will name the operating system's user who gave a command, for the audit trail. */
export function cliActor(): Actor {
  return { actor: `cli:${userInfo().username}`, door: 'cli' }
}
