import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, type RefusalKind } from '../errors.ts'
import { PROBLEM_STATUSES, toProblem } from './problem.ts'

const KIND_OF_STATUS: Readonly<Record<number, RefusalKind>> = {
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported',
  429: 'too_many',
}

/** Said in place of what the framework says, so that every sentence tells what to do. */
const SENTENCES: Readonly<Record<RefusalKind, string>> = {
  malformed: 'The request cannot be read; send well-formed JSON and a well-formed address.',
  unauthenticated: 'Sign in first.',
  forbidden: 'This is not allowed.',
  not_found: 'There is nothing at this address.',
  conflict: 'This is not possible now.',
  rule: 'This is against a rule.',
  key_reused: 'This key belongs to another request.',
  too_large: 'The request is too large; send less at a time.',
  unsupported: 'Send the body as application/json.',
  too_many: 'Too many requests; wait a minute and try again.',
  unavailable: 'This is not available now; try again in a moment.',
}

const CODES: Partial<Record<RefusalKind, string>> = {
  malformed: 'request_malformed',
  not_found: 'address_unknown',
  too_large: 'request_too_large',
  unsupported: 'media_type_unsupported',
  too_many: 'too_many_requests',
}

/** Driver and server codes that say: the database is away, not wrong. */
const DATABASE_AWAY = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|57P0[123]|53300|08...)$/

/** This will turn what the framework or a lost database throws into a refusal; undefined: a defect. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const { statusCode, code } = error as { statusCode?: number; code?: unknown }
  if (typeof code === 'string' && DATABASE_AWAY.test(code))
    return new Refusal(
      'unavailable',
      'database_unavailable',
      'The database does not answer; try again in a moment.',
    )
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined
  const kind = KIND_OF_STATUS[statusCode] ?? 'malformed'
  return new Refusal(kind, CODES[kind] ?? kind, SENTENCES[kind])
}

/** This will answer an address that cannot even be decoded, which therefore leads to no door. */
export function sendUnreadableAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error)
  const status = refusal ? PROBLEM_STATUSES[refusal.kind] : 500
  reply
    .status(status)
    .type('application/problem+json')
    .send(toProblem(refusal, status, request.id))
}
