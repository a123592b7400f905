import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { requireUsable } from '../methods/method.ts'
import { getPaymentMethod } from '../methods/queries.ts'
import * as store from '../store/autopay.ts'
import { selectWaitingOfAutopay, updateRequest, updateRequestMethod } from '../store/request.ts'
import { type Autopay, type AutopayKey, autopaySubject, checkDrawRule, type DrawRule } from './autopay.ts'
import { getAutopay } from './queries.ts'

type Done = { now: Instant; actor: Actor }

interface AutopayTerms {
  /** Whose method it is; the account's customer when left out. */
  payerCustomerId?: number
  methodNumber: number
  drawRule?: DrawRule
  /** A bill above it is held and told of, not drawn; null: none. */
  limitCents?: Cents | null
}

/**
 * This will let a method pay the bills of an account that complete from now on, and answer the autopay's number.
 * Refuses a closed account, a method that cannot pay or is of another client, a time in which another autopay serves.
 */
export async function startAutopay(
  tx: Tx,
  input: Done & AccountKey & AutopayTerms & { startDate: LocalDate; endDate?: LocalDate },
): Promise<number> {
  const { customerId, accountNumber, startDate, endDate = null, now, actor } = input
  const terms = termsOf(input)
  await lockCustomers(tx, [customerId, terms.payerCustomerId])
  const account = await getBillingAccount(tx, input)
  if (account.status !== 'active')
    throw new Refusal('conflict', 'account_closed', `Billing account ${accountNumber} is closed.`)
  if (endDate !== null && endDate <= startDate)
    throw new Refusal('malformed', 'end_before_start', 'Autopay must end after it starts.')
  await checkTerms(tx, customerId, terms, startDate)
  const next = await numbersAfter(tx, 'autopay', 'autopay_number', [customerId])
  const key = { customerId, autopayNumber: next(customerId) }
  const made = { createdAt: now, createdBy: actor.actor }
  if (!(await store.insertAutopay(tx, { ...key, accountNumber, ...terms, startDate, endDate, ...made })))
    throw new Refusal(
      'conflict',
      'autopay_exists',
      `Another autopay serves billing account ${accountNumber} in that time; stop it first.`,
    )
  await tell(tx, key, 'startAutopay', 'autopay.started', input, { accountNumber, startDate, ...terms })
  return key.autopayNumber
}

/** This will change how an autopay draws; payments that wait for their day are drawn from the new method. */
export async function changeAutopay(tx: Tx, input: Done & AutopayKey & Partial<AutopayTerms>): Promise<void> {
  const before = await getAutopay(tx, input)
  const terms = termsOf({ ...before, ...definedOf(input) })
  await lockCustomers(tx, [input.customerId, terms.payerCustomerId])
  await checkTerms(tx, input.customerId, terms, await todayOf(tx, input))
  await store.updateAutopayTerms(tx, {
    ...terms,
    customerId: input.customerId,
    autopayNumber: input.autopayNumber,
  })
  const method = { customerId: terms.payerCustomerId, methodNumber: terms.methodNumber }
  for (const request of await selectWaitingOfAutopay(tx, input))
    await updateRequestMethod(tx, request, method)
  await tell(tx, input, 'changeAutopay', 'autopay.changed', input, { before: termsOf(before), ...terms })
}

/** This will end an autopay on a day (the first without); what was to be drawn from then on is not drawn. */
export async function stopAutopay(tx: Tx, input: Done & AutopayKey & { endDate: LocalDate }): Promise<void> {
  const { customerId, endDate } = input
  await lockCustomers(tx, [customerId])
  const autopay = await getAutopay(tx, input)
  if (endDate < autopay.startDate)
    throw new Refusal('malformed', 'end_before_start', 'Autopay cannot end before it starts.')
  if (autopay.endDate !== null && autopay.endDate <= endDate)
    throw new Refusal('conflict', 'autopay_ended', `Autopay ends on ${autopay.endDate} already.`)
  await store.updateAutopayEnd(tx, input, endDate)
  for (const request of await selectWaitingOfAutopay(tx, input))
    if (request.drawDate >= endDate)
      await updateRequest(tx, request, { status: 'cancelled', reason: 'autopay_stopped' })
  await tell(tx, input, 'stopAutopay', 'autopay.stopped', input, { endDate })
}

/** This will let a suspended autopay draw again, bills that complete from now on. Refuses one that is not suspended. */
export async function resumeAutopay(tx: Tx, input: Done & AutopayKey): Promise<void> {
  await lockCustomers(tx, [input.customerId])
  const autopay = await getAutopay(tx, input)
  if (autopay.suspendedAt === null)
    throw new Refusal('conflict', 'autopay_not_suspended', 'Autopay is not suspended.')
  await store.updateAutopayReturns(tx, input, { returns: 0, suspendedAt: null, suspendReason: null })
  await tell(tx, input, 'resumeAutopay', 'autopay.resumed', input, {})
}

type Terms = Required<Omit<AutopayTerms, 'payerCustomerId'>> & { payerCustomerId: number }

function termsOf(
  input: { customerId: number } & (AutopayTerms | Autopay),
): Pick<Autopay, 'payerCustomerId' | 'methodNumber' | 'drawRule' | 'limitCents'> {
  const { customerId, payerCustomerId = customerId, methodNumber, limitCents = null } = input
  return { payerCustomerId, methodNumber, drawRule: input.drawRule ?? { rule: 'due_date' }, limitCents }
}

function definedOf<T extends object>(input: T): Partial<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<T>
}

async function checkTerms(tx: Tx, customerId: number, terms: Terms, day: LocalDate): Promise<void> {
  const { payerCustomerId, methodNumber, drawRule, limitCents } = terms
  checkDrawRule(drawRule)
  if (limitCents !== null) requireAmount(limitCents, 'The limit of autopay')
  if (clientOf(payerCustomerId) !== clientOf(customerId))
    throw new Refusal(
      'not_found',
      'method_unknown',
      `There is no payment method ${methodNumber} of this payer.`,
    )
  requireUsable(await getPaymentMethod(tx, { customerId: payerCustomerId, methodNumber }), day)
}

async function todayOf(
  tx: Tx,
  { customerId, now }: { customerId: number; now: Instant },
): Promise<LocalDate> {
  return localDateAt(now, (await getClient(tx, clientOf(customerId))).timeZone)
}

async function tell(
  tx: Tx,
  key: AutopayKey,
  operation: string,
  type: string,
  { now, actor }: Done,
  detail: Record<string, unknown>,
): Promise<void> {
  const clientId = clientOf(key.customerId)
  const subject = autopaySubject(key)
  const { customerId, autopayNumber } = key
  await audit(tx, { clientId, at: now, actor, operation, subject, detail })
  await emit(tx, [{ clientId, at: now, type, subject, payload: { customerId, autopayNumber, ...detail } }])
}
