import type { Instant, LocalDate } from '../../platform/time.ts'
import type { ServiceKind } from '../metering/index.ts'

export type AgreementKind = 'service' | 'deposit' | 'arrangement' | 'overpayment' | 'write_off' | 'item'

export type AgreementStatus =
  | 'incomplete'
  | 'pending_start'
  | 'active'
  | 'pending_stop'
  | 'stopped'
  | 'closed'
  | 'reopened'
  | 'cancelled'

/** Who sends the bill: the company, or the utility on its behalf with its charges or its rates. */
export type BillMethod = 'utility' | 'bill_ready' | 'rate_ready' | 'dual'

export interface AgreementKey {
  customerId: number
  agreementId: number
}

/** Terms and money of one service, deposit or other kind at a customer. */
export interface Agreement extends AgreementKey {
  accountNumber: number
  kind: AgreementKind
  serviceKind: ServiceKind | null
  companyId: number
  status: AgreementStatus
  startDate: LocalDate
  endDate: LocalDate | null
  premiseId: number | null
  revenueClass: string
  debtClass: string
  billMethod: BillMethod
  externalAccount: string | null
  createdAt: Instant
}

/** What money asks of an agreement. */
export type AgreementSummary = Pick<
  Agreement,
  'customerId' | 'agreementId' | 'accountNumber' | 'kind' | 'status' | 'debtClass'
>

/** A service point serving an agreement; its usage counts with `sign` and `percent`. */
export interface AgreementPoint extends AgreementKey {
  pointNumber: number
  servicePointId: number
  timeZone: string
  serviceKind: ServiceKind
  startDate: LocalDate
  endDate: LocalDate | null
  sign: 1 | -1
  /** Decimal text, 0 to 100. */
  percent: string
}

/** The plan of an agreement from, to. */
export interface PlanAssignment extends AgreementKey {
  assignmentNumber: number
  tariffId: number
  startDate: LocalDate
  endDate: LocalDate | null
}

/** A typed, dated fact that rating asks for: `contract_kw`, `zone`. */
export interface AgreementFact extends AgreementKey {
  factCode: string
  startDate: LocalDate
  endDate: LocalDate | null
  value: unknown
}

export interface Exemption extends AgreementKey {
  exemptionNumber: number
  kind: 'tax' | 'late_fee' | 'collections' | 'life_support'
  taxCategory: string | null
  /** Decimal text, 0 to 1. */
  share: string
  certificate: string | null
  /** '' when none was given. */
  reason: string
  startDate: LocalDate
  endDate: LocalDate | null
}

export interface AgreementFlag extends AgreementKey {
  flag: 'cooling_off' | 'bankruptcy' | 'write_off' | 'hold'
  startDate: LocalDate
  endDate: LocalDate | null
  reason: string
}

/** An agreement with all that pricing asks of it. */
export interface BillableAgreement extends Agreement {
  points: AgreementPoint[]
  plans: PlanAssignment[]
  facts: AgreementFact[]
  exemptions: Exemption[]
  flags: AgreementFlag[]
}

/** This will give an agreement's id: set number x 10^4 + number inside the set. */
export function agreementIdOf(setNumber: number, number: number): number {
  return setNumber * 10_000 + number
}
