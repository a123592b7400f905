/** The closed list of ways in which a caller can be refused; every door maps each kind to its own wire. */
export const REFUSAL_KINDS = [
  'malformed', // the request cannot be read: bad JSON, wrong type, limit exceeded
  'unauthenticated', // no or wrong credentials
  'forbidden', // known caller, missing permission
  'not_found', // absent, or not the caller's to see
  'conflict', // the state of the record does not allow it now
  'rule', // well-formed, but a business rule says no
  'key_reused', // same idempotency key, other request
  'too_large', // body, file or result beyond the limit
  'unsupported', // media type or method this endpoint does not speak
  'too_many', // rate limit or lock-out
  'unavailable', // a part that the request needs is not there now
] as const
export type RefusalKind = (typeof REFUSAL_KINDS)[number]

/** One fault inside a refused request: where (JSON pointer, or `line 12`), and what is wrong there. */
export interface Fault {
  pointer: string
  message: string
  code?: string
  /** The part of the request that the pointer points into. */
  in?: 'body' | 'path' | 'query' | 'header'
}

/**
 * An anticipated "no" that the caller can act on. `code` is stable and documented; `message` is one clear
 * sentence that says what to do. Anything else that is thrown is a defect and answers 500.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly faults: readonly Fault[]
  constructor(kind: RefusalKind, code: string, message: string, faults: readonly Fault[] = []) {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.faults = faults
  }
}
