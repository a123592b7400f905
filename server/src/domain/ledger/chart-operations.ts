import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import {
  CHART,
  type ChartAccount,
  COMPANY_AGENCY,
  KIND_LEDGERS,
  type LedgerAccount,
  type LedgerAccountKind,
} from './chart.ts'
import { findLedgerAccount, generalLedgers, trialBalance } from './queries.ts'
import * as store from './store/account.ts'
import { lockBooks } from './store/period.ts'

interface Act {
  clientId: number
  now: Instant
  actor: Actor
}

/** Before any accounting date. */
const ALWAYS = '1900-01-01'

/** This will give a client the chart of accounts. Again: nothing more happens. */
export async function openBooks(tx: Tx, clientId: number): Promise<void> {
  const { agencyId, name: agencyName } = COMPANY_AGENCY
  await store.lockChart(tx, clientId)
  await store.insertAgency(tx, { clientId, agencyId, name: agencyName })
  for (const { generalLedgerId, name } of Object.values(KIND_LEDGERS)) {
    const ledger = { clientId, agencyId, generalLedgerId }
    if ((await store.insertGeneralLedger(tx, { ...ledger, name })) === undefined) continue
    const accountString = String(generalLedgerId * 1000)
    await store.upsertAccountString(tx, { ...ledger, from: ALWAYS, accountString })
  }
  await store.insertAccounts(tx, clientId, CHART.map(placed))
}

/** This will add the accounts that the client's chart does not have yet. */
export async function openAccounts(
  tx: Tx,
  clientId: number,
  accounts: readonly LedgerAccount[],
): Promise<void> {
  const known = await store.selectAccountCodes(tx, clientId)
  const missing = new Map(accounts.filter(({ code }) => !known.has(code)).map((a) => [a.code, a]))
  if (missing.size === 0) return
  await store.lockChart(tx, clientId)
  await store.insertAccounts(tx, clientId, [...missing.values()].map(placed))
}

const placed = (account: LedgerAccount) => ({
  ...account,
  agencyId: COMPANY_AGENCY.agencyId,
  generalLedgerId: KIND_LEDGERS[account.kind].generalLedgerId,
})

/** This will add a governing agency and answer its number. Refuses a taken number. */
export async function addAgency(tx: Tx, input: Act & { agencyId?: number; name: string }): Promise<number> {
  await store.lockChart(tx, input.clientId)
  const agencyId = await store.insertAgency(tx, input)
  if (agencyId === undefined) throw taken(`Governing agency ${input.agencyId}`)
  await record(tx, input, 'addAgency', `governing_agency:${agencyId}`, { name: input.name })
  return agencyId
}

/**
 * This will add a general ledger to an agency, with the account string that the other system knows it by, and answer its
 * number. Refuses an unknown agency and a taken number.
 */
export async function addGeneralLedger(
  tx: Tx,
  input: Act & { agencyId: number; generalLedgerId?: number; name: string; accountString: string },
): Promise<number> {
  const { clientId, agencyId, name, accountString } = input
  const agencies = await store.selectAgencies(tx, clientId)
  if (!agencies.some((agency) => agency.agencyId === agencyId)) {
    const message = `There is no governing agency ${agencyId}; add it first.`
    throw new Refusal('not_found', 'agency_unknown', message)
  }
  await store.lockChart(tx, clientId)
  const generalLedgerId = await store.insertGeneralLedger(tx, input)
  if (generalLedgerId === undefined) throw taken(`General ledger ${agencyId}-${input.generalLedgerId}`)
  await store.upsertAccountString(tx, {
    clientId,
    agencyId,
    generalLedgerId,
    from: ALWAYS,
    accountString: requireText(accountString, 'An account string'),
  })
  const subject = `general_ledger:${agencyId}-${generalLedgerId}`
  await record(tx, input, 'addGeneralLedger', subject, { name, accountString })
  return generalLedgerId
}

/**
 * This will say how the other system writes a general ledger for accounting dates from a day on. Batches exported before
 * stay as they are. Refuses an unknown general ledger.
 */
export async function setAccountString(
  tx: Tx,
  input: Act & { agencyId: number; generalLedgerId: number; from: LocalDate; accountString: string },
): Promise<void> {
  const { clientId, agencyId, generalLedgerId, from, accountString } = input
  await requireGeneralLedger(tx, clientId, agencyId, generalLedgerId)
  await store.upsertAccountString(tx, {
    ...input,
    accountString: requireText(accountString, 'An account string'),
  })
  const subject = `general_ledger:${agencyId}-${generalLedgerId}`
  await record(tx, input, 'setAccountString', subject, { from, accountString })
}

/**
 * This will add a ledger account and answer its number; without a general ledger it goes into that of its kind. Refuses a
 * code that is taken or malformed, and an unknown general ledger.
 */
export async function addLedgerAccount(
  tx: Tx,
  input: Act & {
    code: string
    name: string
    kind: Exclude<LedgerAccountKind, 'clearing'>
    agencyId?: number
    generalLedgerId?: number
  },
): Promise<number> {
  const { clientId, code, kind } = input
  const name = requireText(input.name, 'A ledger account')
  if (!/^[a-z][a-z0-9_]{0,49}$/.test(code)) {
    const message = `"${code}" is no ledger code: use up to 50 small letters, digits and underscores, a letter first.`
    throw new Refusal('malformed', 'ledger_code_malformed', message)
  }
  const { agencyId = COMPANY_AGENCY.agencyId, generalLedgerId = KIND_LEDGERS[kind].generalLedgerId } = input
  await requireGeneralLedger(tx, clientId, agencyId, generalLedgerId)
  await store.lockChart(tx, clientId)
  if ((await store.selectAccountCodes(tx, clientId)).has(code)) throw taken(`Ledger account ${code}`)
  const account = { code, name, kind, control: false, agencyId, generalLedgerId }
  await store.insertAccounts(tx, clientId, [account])
  await record(tx, input, 'addLedgerAccount', `ledger_account:${code}`, { ...account })
  return (await findLedgerAccount(tx, clientId, { code })).accountNumber
}

/** This will give a ledger account another name, or another general ledger for the exports to come. */
export async function changeLedgerAccount(
  tx: Tx,
  input: Act & { code: string; name?: string; generalLedger?: { agencyId: number; generalLedgerId: number } },
): Promise<void> {
  const { clientId, code, name, generalLedger } = input
  await store.lockChart(tx, clientId)
  const account = await findLedgerAccount(tx, clientId, { code })
  if (generalLedger)
    await requireGeneralLedger(tx, clientId, generalLedger.agencyId, generalLedger.generalLedgerId)
  const changed = {
    ...(name !== undefined && { name: requireText(name, 'A ledger account') }),
    ...generalLedger,
  }
  await store.updateAccount(tx, clientId, { ...account, ...changed })
  await record(tx, input, 'changeLedgerAccount', `ledger_account:${code}`, changed)
}

/**
 * This will keep everything from being posted to a ledger account any more. Waits until who is posting has finished.
 * Refuses an account that the program itself posts to, and one whose balance is not zero.
 */
export async function deactivateLedgerAccount(tx: Tx, input: Act & { code: string }): Promise<void> {
  const { clientId, code } = input
  await lockBooks(tx, clientId)
  const account = await findLedgerAccount(tx, clientId, { code })
  if (CHART.some((standard) => standard.code === code)) {
    const message = `${account.name} belongs to every client's books and stays active.`
    throw new Refusal('rule', 'ledger_account_standard', message)
  }
  const balance = (await trialBalance(tx, clientId)).find((one) => one.code === code)
  if (balance?.balanceCents !== 0) {
    const message = `${account.name} has a balance of ${balance?.balanceCents} cents; move it to another account first.`
    throw new Refusal('rule', 'ledger_account_not_zero', message)
  }
  await setActive(tx, input, account, false)
}

/** This will let a ledger account be posted to again. */
export async function reactivateLedgerAccount(tx: Tx, input: Act & { code: string }): Promise<void> {
  await lockBooks(tx, input.clientId)
  await setActive(tx, input, await findLedgerAccount(tx, input.clientId, { code: input.code }), true)
}

async function setActive(tx: Tx, act: Act, account: ChartAccount, active: boolean): Promise<void> {
  await store.updateAccount(tx, act.clientId, { ...account, active })
  const operation = active ? 'reactivateLedgerAccount' : 'deactivateLedgerAccount'
  await record(tx, act, operation, `ledger_account:${account.code}`)
}

async function requireGeneralLedger(
  tx: Tx,
  clientId: number,
  agencyId: number,
  generalLedgerId: number,
): Promise<void> {
  const known = await generalLedgers(tx, clientId)
  if (known.some((one) => one.agencyId === agencyId && one.generalLedgerId === generalLedgerId)) return
  const message = `There is no general ledger ${generalLedgerId} of governing agency ${agencyId}; add it first.`
  throw new Refusal('not_found', 'general_ledger_unknown', message)
}

function requireText(text: string, what: string): string {
  if (text.trim() !== '') return text.trim()
  throw new Refusal('malformed', 'name_missing', `${what} needs a text.`)
}

function taken(what: string): Refusal {
  return new Refusal('conflict', 'ledger_account_taken', `${what} is there already; choose another.`)
}

async function record(
  tx: Tx,
  { clientId, now, actor }: Act,
  operation: string,
  subject: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await audit(tx, { clientId, at: now, actor, operation, subject, detail })
}
