import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../../platform/money.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import { type Agreement, type AgreementKey, getAgreement } from '../../../agreements/index.ts'
import { clientOf, lockCustomers } from '../../../customers/index.ts'
import { listCompanies } from '../../../identity/index.ts'
import * as store from '../../store/adjustment.ts'
import { type Adjustment, needsApproval } from '../adjustment.ts'
import { askApproval } from '../approval.ts'
import { type AdjustmentType, BALANCE_TRANSFER } from '../catalogue/adjustment-type.ts'
import { requireEligible } from '../catalogue/eligibility.ts'
import { getAdjustmentType } from '../catalogue/operations.ts'
import { newAdjustment } from '../create.ts'
import { postAdjustment } from '../post.ts'
import { type Act, auditAct } from '../record.ts'
import { requireTransferable, transferable } from './transferable.ts'

/** Whose accounts the caller may touch: a whole client's, or those of some of its customers. */
export interface Scope {
  clientId: number
  customerIds?: readonly number[]
}

export interface TransferInput extends Act {
  from: AgreementKey
  to: AgreementKey
  scope: Scope
  /** What moves: what the customer owes, or what the company owes the customer. */
  what: 'debt' | 'credit'
  /** Above zero; everything that can move when absent. */
  amountCents?: Cents
  /** Of moved debt; that of the youngest debt on the source when absent, so that nobody is dunned earlier. */
  dueDate?: LocalDate
  /** `balance_transfer` when absent. */
  type?: string
  effectiveDate: LocalDate
  accountingDate?: LocalDate
  comment?: string
  until?: 'freezable' | 'frozen'
}

/**
 * This will move debt or credit from one agreement to another, of one customer or two of the same client: two sibling
 * adjustments that are posted, and later cancelled, together. Answers the one of the source first. Locks both customers.
 * Refuses: an account outside the caller's scope (as if it did not exist), the same account twice, more than is unsettled
 * on the source, companies of different currencies, an amount not above zero.
 */
export async function transferBalance(tx: Tx, input: TransferInput): Promise<[Adjustment, Adjustment]> {
  const { from, to, scope, now } = input
  requireInScope([from, to], scope)
  await lockCustomers(tx, [from.customerId, to.customerId])
  const type = await getAdjustmentType(tx, scope.clientId, input.type ?? BALANCE_TRANSFER)
  const [source, target] = await requireSides(tx, input, type)
  const amountCents = await amountToMove(tx, input)
  const signed = input.what === 'debt' ? amountCents : -amountCents
  const drafts = await draftPair(tx, input, type, { source, target, signedCents: signed })
  const approval = input.until !== 'freezable' && needsApproval(type, amountCents)
  const status = approval ? 'pending_approval' : 'freezable'
  const ready = drafts.map((draft) => ({ ...draft, status }) as const)
  const made = approval || input.until === 'freezable' ? ready : await postAdjustment(tx, ready, now)
  await store.insertAdjustments(tx, made)
  const [left, arrived] = made as [Adjustment, Adjustment]
  if (approval) await askApproval(tx, left, type, input)
  const other = `${to.customerId}-${to.agreementId}`
  await auditAct(tx, 'transferBalance', made, input, { what: input.what, to: other })
  return [left, arrived]
}

function requireInScope(keys: readonly AgreementKey[], { clientId, customerIds }: Scope): void {
  const stranger = keys.find(
    ({ customerId }) =>
      clientOf(customerId) !== clientId || (customerIds && !customerIds.includes(customerId)),
  )
  if (stranger) throw new Refusal('not_found', 'account_unknown', 'There is no such account.')
}

async function requireSides(
  tx: Tx,
  { from, to, scope }: TransferInput,
  type: AdjustmentType,
): Promise<[Agreement, Agreement]> {
  if (type.purpose !== 'transfer')
    throw new Refusal('rule', 'adjustment_not_transfer', `${type.name.en} does not move balances.`)
  if (from.customerId === to.customerId && from.agreementId === to.agreementId)
    throw new Refusal('rule', 'transfer_same_account', 'A balance moves from one account to another.')
  const source = await getAgreement(tx, from)
  const target = await getAgreement(tx, to)
  requireEligible(type, source)
  requireEligible(type, target)
  if (source.companyId !== target.companyId) {
    const companies = await listCompanies(tx, scope.clientId)
    const currencyOf = (id: number) => companies.find((company) => company.companyId === id)?.currency
    const [ours, theirs] = [currencyOf(source.companyId), currencyOf(target.companyId)]
    if (ours !== theirs)
      throw new Refusal('rule', 'currency_differs', `One account is in ${ours}, the other in ${theirs}.`)
  }
  return [source, target]
}

async function amountToMove(tx: Tx, { from, what, amountCents }: TransferInput): Promise<Cents> {
  const { debtCents, creditCents } = await transferable(tx, from)
  const eligible = what === 'debt' ? debtCents : creditCents
  const wanted = amountCents ?? eligible
  if (amountCents === undefined && eligible === 0)
    throw new Refusal('rule', 'nothing_to_transfer', `The account has no ${what} that could move.`)
  requireAmount(wanted, 'The amount to move')
  await requireTransferable(tx, from, what === 'debt' ? -wanted : wanted)
  return wanted
}

async function draftPair(
  tx: Tx,
  input: TransferInput,
  type: AdjustmentType,
  sides: { source: Agreement; target: Agreement; signedCents: Cents },
): Promise<Adjustment[]> {
  const { source, target, signedCents } = sides
  const next = await store.nextAdjustmentIds(tx, [source.customerId, target.customerId])
  const { lastDueDate } = await transferable(tx, source)
  const dueDate = input.what === 'debt' ? (input.dueDate ?? lastDueDate) : null
  const half = (agreement: Agreement, amountCents: Cents) =>
    newAdjustment(next(agreement.customerId), input, { agreement, type, amountCents })
  const left = half(source, -signedCents)
  const arrived = half(target, signedCents)
  return [
    { ...left, side: 'from', dueDate: null, ...siblingOf(arrived) },
    { ...arrived, side: 'to', dueDate, ...siblingOf(left) },
  ]
}

function siblingOf({ customerId, adjustmentId }: Adjustment) {
  return { siblingCustomerId: customerId, siblingAdjustmentId: adjustmentId }
}
