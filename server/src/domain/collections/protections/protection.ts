import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { CustomerClass } from '../../customers/index.ts'
import type { StepKind } from '../paths/path.ts'

export type ProtectionKind = 'life_support' | 'medical' | 'dispute' | 'bankruptcy' | 'hold'

/** `cut`: only disconnecting; `all`: every step; `amount`: nothing, but so much is not collected. */
export type Forbids = 'cut' | 'all' | 'amount'

/** What forbids steps against a customer, an account or an agreement for a time. */
export interface Protection {
  customerId: number
  protectionNumber: number
  /** Null: all accounts. */
  accountNumber: number | null
  /** Null: all agreements of the account. */
  agreementId: number | null
  kind: ProtectionKind
  forbids: Forbids
  amountCents: Cents | null
  startDate: LocalDate
  /** The first day without; null: until it is ended. */
  endDate: LocalDate | null
  /** Certificate, case number or document. */
  evidence: string | null
  reason: string
  createdAt: Instant
  createdBy: string
  endedAt: Instant | null
  endedBy: string | null
}

/** A time without cuts, or without any step, for many customers. */
export interface Moratorium {
  clientId: number
  moratoriumId: number
  name: string
  kind: 'weather' | 'holiday' | 'disaster' | 'regulator'
  forbids: 'cut' | 'all'
  /** Beginnings of postal codes of premises; empty: everywhere. */
  postalCodes: string[]
  /** Empty: all. */
  customerClasses: CustomerClass[]
  startDate: LocalDate
  endDate: LocalDate
  createdAt: Instant
  createdBy: string
  endedAt: Instant | null
}

/** What each kind needs to be believed, and forbids unless told otherwise. */
export const PROTECTION_RULES: Readonly<
  Record<ProtectionKind, { forbids: Forbids; needsEvidence: boolean; needsEnd: boolean }>
> = {
  life_support: { forbids: 'cut', needsEvidence: true, needsEnd: false },
  medical: { forbids: 'cut', needsEvidence: true, needsEnd: true },
  dispute: { forbids: 'amount', needsEvidence: false, needsEnd: false },
  bankruptcy: { forbids: 'all', needsEvidence: true, needsEnd: false },
  hold: { forbids: 'all', needsEvidence: false, needsEnd: true },
}

/** One thing that stands in the way on a day, wherever it is recorded. */
export interface Obstacle {
  customerId: number
  accountNumber: number | null
  agreementId: number | null
  forbids: 'cut' | 'all'
  /** `protection:3`, `moratorium:1`, `exemption:life_support`, `alert:do_not_cut`, `promise`. */
  source: string
  /** Only debt of these classes; absent: all. */
  debtClasses?: readonly string[]
}

/** Who a step is against. */
export interface StepTarget {
  customerId: number
  accountNumber: number
  debtClass: string
  /** Of a step against one agreement: a cut. */
  agreementId?: number
}

/** This will find what forbids a step; undefined when nothing does. */
export function obstacleTo(
  obstacles: readonly Obstacle[],
  step: StepKind,
  target: StepTarget,
): Obstacle | undefined {
  return obstacles.find(
    (one) =>
      (one.forbids === 'all' || step === 'cut') &&
      one.customerId === target.customerId &&
      (one.accountNumber === null || one.accountNumber === target.accountNumber) &&
      (one.agreementId === null || one.agreementId === target.agreementId) &&
      (one.debtClasses === undefined || one.debtClasses.includes(target.debtClass)),
  )
}

/** This will say whether something dated counts on a day. */
export function countsOn(one: { startDate: LocalDate; endDate: LocalDate | null }, day: LocalDate): boolean {
  return one.startDate <= day && (one.endDate === null || day < one.endDate)
}
