import { auditOnce, authenticateToken, type StaffCaller } from '../../domain/identity/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Door } from '../../platform/http/door.ts'
import { PROBLEM_STATUSES, Problem, toProblem } from '../../platform/http/problem.ts'
import { bearerToken } from './bearer.ts'
import type { EnterpriseServices } from './endpoint.ts'
import { enterpriseEndpoints } from './registry.ts'

/** The staff door: its words and numbers are those of the catalogue. */
export const enterpriseDoor: Door<StaffCaller, EnterpriseServices> = {
  name: 'enterprise',
  base: '/enterprise/v3',
  title: 'Billwright enterprise API',
  endpoints: enterpriseEndpoints,
  problem: Problem,
  problemType: 'application/problem+json',
  statuses: PROBLEM_STATUSES,
  refuse: toProblem,
  async authenticate(tx, { headers }, { tokenKey, wallClock }) {
    const token = bearerToken(headers.authorization)
    if (!token)
      throw new Refusal(
        'unauthenticated',
        'token_missing',
        'Send the header Authorization: Bearer with the token of a login.',
      )
    return authenticateToken(tx, { token, door: 'enterprise', now: wallClock(), tokenKey })
  },
  recordAct: (tx, caller, { at, operation, subject, correlationId }) =>
    auditOnce(tx, {
      clientId: caller.clientId,
      at,
      actor: { actor: caller.name, door: 'enterprise', correlationId },
      operation,
      subject,
    }),
}
