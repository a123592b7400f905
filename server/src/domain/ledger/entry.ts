import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'

export type EntryKind =
  | 'charge'
  | 'charge_cancel'
  | 'payment'
  | 'payment_cancel'
  | 'adjustment'
  | 'adjustment_cancel'
  | 'transfer'
  | 'transfer_cancel'
  | 'deferral'
  | 'deferral_cancel'
  | 'write_off'
  | 'write_off_cancel'
  | 'disbursement'
  | 'disbursement_cancel'

/** Whose debt a posting changes, and by how much: `payoff` is what is owed, `current` what is asked for now. */
export interface ReceivableChange {
  agreementId: number
  accountNumber: number
  debtClass: string
  payoffCents: Cents
  currentCents: Cents
}

/** One movement from the credit to the debit account: it balances by shape. */
export interface Posting {
  debitCode: string
  creditCode: string
  /** Always positive; what goes the other way swaps the accounts. */
  amountCents: Cents
  receivable?: ReceivableChange
}

export interface NewEntry {
  customerId: number
  kind: EntryKind
  /** What caused it: `charge:12`. The same kind and reference are never posted twice. */
  reference: string
  /** When it counts for the customer. */
  effectiveDate: LocalDate
  /** The period of the books it falls into. */
  accountingDate: LocalDate
  /** Common to the entries of one act over several customers. */
  clearingEvent?: string
  createdAt: Instant
  postings: Posting[]
}

/**
 * This will make the posting that changes what an agreement owes by a signed amount, against another account.
 * Undefined for zero: nothing moved.
 */
export function receivablePosting(
  controlCode: string,
  otherCode: string,
  owner: Omit<ReceivableChange, 'payoffCents' | 'currentCents'>,
  amountCents: Cents,
): Posting | undefined {
  if (amountCents === 0) return undefined
  const [debitCode, creditCode] = amountCents > 0 ? [controlCode, otherCode] : [otherCode, controlCode]
  const receivable = { ...owner, payoffCents: amountCents, currentCents: amountCents }
  return { debitCode, creditCode, amountCents: Math.abs(amountCents), receivable }
}

/**
 * This will make the posting that asks an agreement for a signed amount more (or less) now, while what it owes stays.
 * Undefined for zero.
 */
export function deferralPosting(
  controlCode: string,
  deferralCode: string,
  owner: Omit<ReceivableChange, 'payoffCents' | 'currentCents'>,
  amountCents: Cents,
): Posting | undefined {
  const posting = receivablePosting(controlCode, deferralCode, owner, amountCents)
  return posting && { ...posting, receivable: { ...owner, payoffCents: 0, currentCents: amountCents } }
}

/** This will turn a posting round, so that both together change nothing. */
export function mirror(posting: Posting): Posting {
  const { debitCode, creditCode, amountCents, receivable } = posting
  const turned = { debitCode: creditCode, creditCode: debitCode, amountCents }
  if (!receivable) return turned
  const payoffCents = 0 - receivable.payoffCents
  return { ...turned, receivable: { ...receivable, payoffCents, currentCents: -receivable.currentCents } }
}
