import type { AgreementKey } from '../../domain/agreements/index.ts'
import { addLog } from '../../domain/customers/index.ts'
import type { Actor } from '../../domain/identity/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import type { EnterpriseSide } from './endpoint.ts'

/** Who acts through this door, and why: the wire calls the reason `logText`. */
export function actorOf({ caller, correlationId }: Context<EnterpriseSide>, logText?: string): Actor {
  return { actor: caller.name, door: 'enterprise', correlationId, ...(logText ? { reason: logText } : {}) }
}

/** A `logText` becomes a note on the customer's log; without one nothing is written. */
export async function writeLog(
  context: Context<EnterpriseSide>,
  about: Pick<AgreementKey, 'customerId'> & Partial<AgreementKey>,
  logText: string | undefined,
): Promise<number | undefined> {
  if (!logText) return undefined
  const { tx, now } = context
  return addLog(tx, { ...about, at: now, actor: actorOf(context, logText), kind: 'note', text: logText })
}
