import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { requireAmount } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import { daysBetween, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import { readCaseload, readRules } from '../debt/caseload.ts'
import type { Done } from '../done.ts'
import { type CollectionsPolicy, collectionsPolicy } from '../policy.ts'
import { end, endReleased } from '../processes/end.ts'
import * as store from '../store/protection.ts'
import { selectCustomersToBeCut } from '../store/severance.ts'
import { guardCuts } from './guard-cuts.ts'
import {
  type Forbids,
  type Moratorium,
  PROTECTION_RULES,
  type Protection,
  type ProtectionKind,
} from './protection.ts'

export interface ProtectionInput extends Done {
  customerId: number
  /** All accounts when left out. */
  accountNumber?: number
  /** All agreements of the account when left out. */
  agreementId?: number
  kind: ProtectionKind
  /** The kind's own when left out. */
  forbids?: Forbids
  /** Of a dispute: so much is not collected. */
  amountCents?: number
  startDate: LocalDate
  /** The first day without. */
  endDate?: LocalDate
  evidence?: string
  reason: string
}

/**
 * This will protect a customer, an account or an agreement and answer the protection's number: ordered cuts that it
 * forbids are held at once, processes that a dispute leaves nothing to are ended. Locks the customer. Refuses a kind
 * without the evidence or the end that it needs, one longer than policy allows, a dispute without its amount.
 */
export async function addProtection(tx: Tx, input: ProtectionInput): Promise<number> {
  const { customerId, kind, now, actor } = input
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  checkProtection(input, await collectionsPolicy(tx, clientId))
  const accountNumber = await scopeOf(tx, input)
  const { startDate, endDate = null, evidence = null, amountCents = null, agreementId = null, reason } = input
  const forbids = input.forbids ?? PROTECTION_RULES[kind].forbids
  const row = {
    customerId,
    accountNumber,
    agreementId,
    kind,
    forbids,
    amountCents,
    startDate,
    endDate,
    evidence,
    reason,
  }
  const protectionNumber = await store.insertProtection(tx, {
    ...row,
    createdAt: now,
    createdBy: actor.actor,
  })
  const subject = `protection:${customerId}-${protectionNumber}`
  await audit(tx, { clientId, at: now, actor, operation: 'addProtection', subject, detail: row })
  const payload = { customerId, accountNumber, agreementId, kind, forbids, startDate, endDate }
  await emit(tx, [{ clientId, at: now, type: 'protection.added', subject, payload }])
  await takeEffect(tx, customerId, input)
  return protectionNumber
}

function checkProtection(input: ProtectionInput, policy: CollectionsPolicy): void {
  const { kind, startDate, endDate, amountCents } = input
  const rule = PROTECTION_RULES[kind]
  if (rule.needsEvidence && (input.evidence ?? '').trim() === '')
    throw new Refusal('rule', 'evidence_missing', `Protection for ${kind} needs its document: name it.`)
  if (rule.needsEnd && endDate === undefined)
    throw new Refusal('rule', 'end_missing', `Protection for ${kind} needs the day on which it ends.`)
  if (endDate !== undefined && endDate <= startDate)
    throw new Refusal('rule', 'end_before_start', 'The end must be after the start.')
  const longest = { medical: policy.medicalDays, hold: policy.holdDays }[kind as string]
  if (longest !== undefined && endDate !== undefined && daysBetween(startDate, endDate) > longest)
    throw new Refusal('rule', 'protection_too_long', `Protection for ${kind} lasts at most ${longest} days.`)
  const forbids = input.forbids ?? rule.forbids
  if (forbids === 'amount') requireAmount(amountCents ?? 0, 'The disputed amount')
  else if (amountCents !== undefined)
    throw new Refusal('rule', 'amount_not_disputed', 'Only a dispute that lessens the debt has an amount.')
}

async function scopeOf(tx: Tx, input: ProtectionInput): Promise<number | null> {
  const { customerId, accountNumber, agreementId } = input
  if (accountNumber !== undefined) await getBillingAccount(tx, { customerId, accountNumber })
  if (agreementId === undefined) return accountNumber ?? null
  const agreement = await getAgreement(tx, { customerId, agreementId })
  if (accountNumber === undefined || accountNumber === agreement.accountNumber) return agreement.accountNumber
  throw new Refusal('rule', 'agreement_not_on_account', `Agreement ${agreementId} is on another account.`)
}

async function takeEffect(tx: Tx, customerId: number, { now, actor }: Done): Promise<void> {
  const clientId = clientOf(customerId)
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const rules = await readRules(tx, { clientId, day, now, actor })
  const caseload = await readCaseload(tx, [customerId], day)
  const going = await endReleased(tx, rules, caseload)
  const bankrupt = caseload.shelter.protections.filter((one) => one.kind === 'bankruptcy')
  for (const process of going)
    if (bankrupt.some((one) => one.accountNumber === null || one.accountNumber === process.accountNumber))
      await end(tx, rules, process, 'bankruptcy')
  await guardCuts(tx, rules, caseload, customerId)
}

/**
 * This will end a protection on a day: from then on it forbids nothing, and cuts held for it alone are released. Refuses
 * one that was ended or is over, and a day before its start.
 */
export async function endProtection(
  tx: Tx,
  input: Done & { customerId: number; protectionNumber: number; endDate: LocalDate },
): Promise<void> {
  const { customerId, protectionNumber, endDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  const protection = (await store.selectProtections(tx, [customerId])).find(
    (one) => one.protectionNumber === protectionNumber,
  )
  if (!protection)
    throw new Refusal('not_found', 'protection_unknown', `There is no protection ${protectionNumber}.`)
  if (protection.endedAt !== null || (protection.endDate !== null && protection.endDate <= endDate))
    throw new Refusal(
      'conflict',
      'protection_ended',
      `Protection ${protectionNumber} ends by ${protection.endDate} already.`,
    )
  if (endDate < protection.startDate)
    throw new Refusal('rule', 'end_before_start', `The protection starts on ${protection.startDate}.`)
  await store.endProtection(tx, { customerId, protectionNumber, endDate, endedAt: now, endedBy: actor.actor })
  const clientId = clientOf(customerId)
  const subject = `protection:${customerId}-${protectionNumber}`
  await audit(tx, { clientId, at: now, actor, operation: 'endProtection', subject, detail: { endDate } })
  await emit(tx, [
    {
      clientId,
      at: now,
      type: 'protection.ended',
      subject,
      payload: { customerId, kind: protection.kind, endDate },
    },
  ])
  await takeEffect(tx, customerId, input)
}

export type MoratoriumInput = Done &
  Pick<Moratorium, 'clientId' | 'name' | 'kind' | 'forbids' | 'startDate' | 'endDate'> &
  Partial<Pick<Moratorium, 'postalCodes' | 'customerClasses'>>

/**
 * This will declare a time without cuts, or without any step, and answer its id; cuts that are ordered there are held at
 * once. Locks every customer whose cut is ordered. Refuses an end before the start, and a name of nothing.
 */
export async function declareMoratorium(tx: Tx, input: MoratoriumInput): Promise<number> {
  const { clientId, startDate, endDate, now, actor } = input
  if (endDate <= startDate) throw new Refusal('rule', 'end_before_start', 'The end must be after the start.')
  if (input.name.trim() === '')
    throw new Refusal('malformed', 'moratorium_nameless', 'A moratorium needs a name.')
  const { name, kind, forbids, postalCodes = [], customerClasses = [] } = input
  const row = { clientId, name, kind, forbids, postalCodes, customerClasses, startDate, endDate }
  const moratoriumId = await store.insertMoratorium(tx, { ...row, createdAt: now, createdBy: actor.actor })
  const subject = `moratorium:${moratoriumId}`
  await audit(tx, { clientId, at: now, actor, operation: 'declareMoratorium', subject, detail: row })
  await emit(tx, [{ clientId, at: now, type: 'moratorium.declared', subject, payload: row }])
  await guardAllCuts(tx, clientId, input)
  return moratoriumId
}

/** This will end a moratorium on a day; cuts held for it alone are released. Refuses one that was ended. */
export async function endMoratorium(
  tx: Tx,
  input: Done & { clientId: number; moratoriumId: number; endDate: LocalDate },
): Promise<void> {
  const { clientId, moratoriumId, endDate, now, actor } = input
  if (!(await store.endMoratorium(tx, { clientId, moratoriumId, endDate, endedAt: now })))
    throw new Refusal('conflict', 'moratorium_ended', `Moratorium ${moratoriumId} does not run.`)
  const subject = `moratorium:${moratoriumId}`
  await audit(tx, { clientId, at: now, actor, operation: 'endMoratorium', subject, detail: { endDate } })
  await guardAllCuts(tx, clientId, input)
}

async function guardAllCuts(tx: Tx, clientId: number, { now, actor }: Done): Promise<void> {
  const customerIds = await selectCustomersToBeCut(tx, clientId)
  if (customerIds.length === 0) return
  await lockCustomers(tx, customerIds)
  const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const caseload = await readCaseload(tx, customerIds, day)
  for (const customerId of customerIds) await guardCuts(tx, { clientId, now, actor }, caseload, customerId)
}

/** This will list the protections of a customer, ended ones too. */
export function protectionsOf(tx: Tx, customerId: number): Promise<Protection[]> {
  return store.selectProtections(tx, [customerId])
}

/** This will list a client's moratoria, past ones too. */
export function moratoria(tx: Tx, clientId: number): Promise<Moratorium[]> {
  return store.selectMoratoria(tx, clientId)
}
