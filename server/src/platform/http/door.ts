import type { Tx } from '../db/index.ts'
import type { Refusal, RefusalKind } from '../errors.ts'
import type { Instant } from '../time.ts'
import type { Endpoint, Schema, Side } from './endpoint.ts'

/** What a door reads of a request before it knows what is asked. */
export interface Credentials {
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What every door's caller has; a door's own caller says more. */
export interface Caller {
  clientId: number
  /** For the audit trail and idempotency keys: `user:ops`. */
  name: string
  permissions: ReadonlySet<string>
}

/** An act to be recorded when the operation recorded none itself. */
export interface Act {
  at: Instant
  operation: string
  subject: string
  correlationId: string
}

/**
 * One way into the system, with its own words: base, credentials, errors. Everything else about a request is alike
 * for all doors.
 */
export interface Door<C extends Caller = Caller, S extends object = object> {
  name: string
  base: string
  title: string
  endpoints: readonly Endpoint[]
  /** The schema of an error. */
  problem: Schema
  problemType: string
  /** Every kind of refusal has its status; a kind that is missing does not compile. */
  statuses: Readonly<Record<RefusalKind, number>>
  /** The door's error form. `refusal` undefined: a defect of ours, of which a caller learns only the reference. */
  refuse(refusal: Refusal | undefined, status: number, correlationId: string): unknown
  /** Refuses `unauthenticated`. */
  authenticate(tx: Tx, credentials: Credentials, services: S): Promise<C>
  /** Refuses `not_found` what is not the caller's. */
  checkScope?(tx: Tx, scope: unknown, input: unknown, caller: C): Promise<void>
  recordAct(tx: Tx, caller: C, act: Act): Promise<void>
}

export type DoorSide<C extends Caller, S extends object, Scope> = Side & {
  caller: C
  services: S
  scope: Scope
}
