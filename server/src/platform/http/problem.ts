import { z } from 'zod'
import type { Refusal, RefusalKind } from '../errors.ts'

/** RFC 9457. `code` is stable; `errors` point at the members of the body, or name a parameter. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    correlationId: z.string(),
    errors: z.array(
      z.object({
        pointer: z
          .string()
          .describe('JSON pointer into the body; /name of a path, query or header parameter'),
        in: z.enum(['body', 'path', 'query', 'header']).optional(),
        code: z.string().optional(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'Problem' })

const TITLES: Readonly<Record<RefusalKind, string>> = {
  malformed: 'The request cannot be read',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Not possible now',
  rule: 'Against a rule',
  key_reused: 'The idempotency key belongs to another request',
  too_large: 'Too large',
  unsupported: 'Not supported',
  too_many: 'Too many requests',
  unavailable: 'Not available now',
}

export const PROBLEM_STATUSES: Readonly<Record<RefusalKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rule: 422,
  key_reused: 422,
  too_large: 413,
  unsupported: 415,
  too_many: 429,
  unavailable: 503,
}

/** This will write a refusal, or a defect (undefined), as a problem document. */
export function toProblem(
  refusal: Refusal | undefined,
  status: number,
  correlationId: string,
): z.infer<typeof Problem> {
  if (!refusal)
    return {
      type: 'urn:billwright:problem:internal_error',
      title: 'Something went wrong on our side',
      status,
      code: 'internal_error',
      detail: `Nothing was changed. Try again, and report reference ${correlationId} if it happens again.`,
      correlationId,
      errors: [],
    }
  return {
    type: `urn:billwright:problem:${refusal.code}`,
    title: TITLES[refusal.kind],
    status,
    code: refusal.code,
    detail: refusal.message,
    correlationId,
    errors: refusal.faults.map((fault) => ({ ...fault })),
  }
}
