import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/control.ts'

/** A till or a batch: tenders that one person counts. */
export interface TenderControl {
  clientId: number
  controlId: number
  depositId: number | null
  kind: 'till' | 'batch'
  name: string
  status: 'open' | 'balanced'
  expectedCents: Cents | null
  expectedTenders: number | null
}

/** What goes to the bank together. */
export interface DepositControl {
  clientId: number
  depositId: number
  bankAccount: string
  status: 'open' | 'balanced'
  expectedCents: Cents | null
}

interface Act {
  clientId: number
  now: Instant
  actor: Actor
}

/** This will open a deposit and answer its number. */
export async function openDeposit(tx: Tx, input: Act & { bankAccount: string }): Promise<number> {
  const depositId = await store.insertDeposit(tx, input)
  await auditControl(tx, 'openDeposit', `deposit:${depositId}`, input, { bankAccount: input.bankAccount })
  return depositId
}

/** This will open a till or a batch, for a deposit when told, and answer its number. Refuses a deposit that is balanced. */
export async function openControl(
  tx: Tx,
  input: Act & { kind: TenderControl['kind']; name: string; depositId?: number },
): Promise<number> {
  const { clientId, depositId } = input
  if (depositId !== undefined) requireOpen(await lockedDeposit(tx, clientId, depositId), 'The deposit')
  const controlId = await store.insertControl(tx, input)
  await auditControl(tx, 'openControl', `tender_control:${controlId}`, input, { name: input.name })
  return controlId
}

/**
 * This will balance a till: what was counted must be what its valid tenders say. Refuses `control_differs`, a payment in
 * it that is not posted yet, one balanced already.
 */
export async function balanceControl(
  tx: Tx,
  input: Act & { controlId: number; countedCents: Cents; countedTenders: number },
): Promise<void> {
  const { clientId, controlId, countedCents, countedTenders } = input
  requireOpen(await lockedControl(tx, clientId, controlId), 'The till')
  const { amountCents, tenders, unposted } = await store.selectTotals(tx, clientId, controlId)
  if (unposted > 0)
    throw new Refusal(
      'conflict',
      'control_unposted',
      `${unposted} payments in the till are not posted; post or delete them first.`,
    )
  if (amountCents !== countedCents || tenders !== countedTenders)
    throw new Refusal(
      'rule',
      'control_differs',
      `The till holds ${tenders} tenders of ${centsToDecimal(amountCents)}, counted were ${countedTenders} of ${centsToDecimal(countedCents)}.`,
    )
  await store.updateControl(tx, input, 'balanced', { countedCents, countedTenders })
  await auditControl(tx, 'balanceControl', `tender_control:${controlId}`, input, { countedCents })
}

/** This will open a balanced till again. Refuses one that is open, or whose deposit is balanced. */
export async function reopenControl(tx: Tx, input: Act & { controlId: number }): Promise<void> {
  const { clientId, controlId } = input
  const { status, depositId } = await lockedControl(tx, clientId, controlId)
  if (status === 'open') throw new Refusal('conflict', 'control_open', 'The till is open.')
  if (depositId !== null) requireOpen(await lockedDeposit(tx, clientId, depositId), 'Its deposit')
  await store.updateControl(tx, input, 'open')
  await auditControl(tx, 'reopenControl', `tender_control:${controlId}`, input, {})
}

/** This will balance a deposit: every till in it is, and they sum to what was counted. Refuses `control_differs`. */
export async function balanceDeposit(
  tx: Tx,
  input: Act & { depositId: number; countedCents: Cents },
): Promise<void> {
  const { clientId, depositId, countedCents } = input
  requireOpen(await lockedDeposit(tx, clientId, depositId), 'The deposit')
  const controls = (await store.selectControls(tx, clientId)).filter((one) => one.depositId === depositId)
  const open = controls.find(({ status }) => status === 'open')
  if (open)
    throw new Refusal('conflict', 'control_open', `Till ${open.name} of the deposit is not balanced yet.`)
  const amountCents = controls.reduce((sum, { expectedCents }) => sum + (expectedCents ?? 0), 0)
  if (amountCents !== countedCents)
    throw new Refusal(
      'rule',
      'control_differs',
      `The tills of the deposit sum to ${centsToDecimal(amountCents)}, not to ${centsToDecimal(countedCents)}.`,
    )
  await store.updateDeposit(tx, input, 'balanced', countedCents)
  await auditControl(tx, 'balanceDeposit', `deposit:${depositId}`, input, { countedCents })
}

/** This will open a balanced deposit again. Refuses one that is open. */
export async function reopenDeposit(tx: Tx, input: Act & { depositId: number }): Promise<void> {
  const { status } = await lockedDeposit(tx, input.clientId, input.depositId)
  if (status === 'open') throw new Refusal('conflict', 'control_open', 'The deposit is open.')
  await store.updateDeposit(tx, input, 'open', null)
  await auditControl(tx, 'reopenDeposit', `deposit:${input.depositId}`, input, {})
}

/** This will list a client's tills and batches, latest first, with what they hold. */
export function tenderControls(tx: Tx, clientId: number) {
  return store.selectControlsWithTotals(tx, clientId)
}

/** This will refuse tenders for a till that is balanced or unknown. Locks the tills. */
export async function requireOpenControls(
  tx: Tx,
  clientId: number,
  tenders: readonly { controlId?: number }[],
): Promise<void> {
  const ids = new Set(tenders.flatMap(({ controlId }) => controlId ?? []))
  for (const controlId of [...ids].sort((a, b) => a - b))
    requireOpen(await lockedControl(tx, clientId, controlId), 'The till')
}

function requireOpen({ status }: { status: string }, what: string): void {
  if (status === 'open') return
  throw new Refusal('conflict', 'control_balanced', `${what} is balanced; reopen it or take another.`)
}

async function lockedControl(tx: Tx, clientId: number, controlId: number): Promise<TenderControl> {
  const control = await store.lockControl(tx, clientId, controlId)
  if (control) return control
  throw new Refusal('not_found', 'control_unknown', `There is no till or batch ${controlId}.`)
}

async function lockedDeposit(tx: Tx, clientId: number, depositId: number): Promise<DepositControl> {
  const deposit = await store.lockDeposit(tx, clientId, depositId)
  if (deposit) return deposit
  throw new Refusal('not_found', 'control_unknown', `There is no deposit ${depositId}.`)
}

function auditControl(
  tx: Tx,
  operation: string,
  subject: string,
  { clientId, now, actor }: Act,
  detail: Record<string, unknown>,
): Promise<void> {
  return audit(tx, { clientId, at: now, actor, operation, subject, detail })
}
