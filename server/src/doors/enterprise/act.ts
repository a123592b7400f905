import { type BillableAgreement, getAgreement } from '../../domain/agreements/index.ts'
import { addLog, type LogEntry } from '../../domain/customers/index.ts'
import { type Actor, getClient } from '../../domain/identity/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type Instant, type LocalDate, localDateAt } from '../../platform/time.ts'
import type { EnterpriseSide } from './endpoint.ts'
import { fromAccountPath } from './from-wire.ts'

/** Who acts through this door, and why: the wire calls the reason `logText`. */
export function actorOf({ caller, correlationId }: Context<EnterpriseSide>, logText?: string): Actor {
  return { actor: caller.name, door: 'enterprise', correlationId, ...(logText ? { reason: logText } : {}) }
}

/** A `logText` becomes a note on the customer's log; without one nothing is written. */
export async function writeLog(
  context: Context<EnterpriseSide>,
  about: Pick<LogEntry, 'customerId'> & Partial<Pick<LogEntry, 'agreementId' | 'accountNumber' | 'subject'>>,
  logText: string | undefined,
): Promise<number | undefined> {
  if (!logText) return undefined
  const { tx, now } = context
  return addLog(tx, { ...about, at: now, actor: actorOf(context, logText), kind: 'note', text: logText })
}

/** The business day of the caller's client. */
export async function todayOf({ tx, caller, now }: Context<EnterpriseSide>): Promise<LocalDate> {
  return localDateAt(now, (await getClient(tx, caller.clientId)).timeZone)
}

/** What acts on an account package need: the account, the business day, who acts and when. */
export interface OpenAccount {
  agreement: BillableAgreement
  day: LocalDate
  done: { now: Instant; actor: Actor }
}

/** Refuses an account package that is not of the caller's client as if it did not exist. */
export async function openAccount(
  path: Parameters<typeof fromAccountPath>[1],
  context: Context<EnterpriseSide>,
  logText?: string,
): Promise<OpenAccount> {
  const { tx, caller, now } = context
  const agreement = await getAgreement(tx, fromAccountPath(caller, path))
  return { agreement, day: await todayOf(context), done: { now, actor: actorOf(context, logText) } }
}

/** Refuses a day that has not come, where the document says so. */
export function requireCome(name: string, day: LocalDate, today: LocalDate): void {
  if (day <= today) return
  throw new Refusal('rule', 'date_in_future', `${name} cannot be after today, ${today}.`, [
    { pointer: `/${name}`, in: 'body', message: 'is still to come' },
  ])
}
