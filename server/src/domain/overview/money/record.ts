import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { Agreement } from '../../agreements/index.ts'
import type {
  AgencyReferral,
  Bankruptcy,
  CreditRating,
  ProcessStep,
  ProcessWithSteps,
  Protection,
  Severance,
  WriteOff,
} from '../../collections/index.ts'
import type { Notice } from '../../notices/index.ts'
import type { Autopay, PaymentMethod, PaymentRequest } from '../../payments/index.ts'
import type {
  BudgetMonth,
  Contract,
  DepositForm,
  DepositReason,
  ScheduleRow,
} from '../../receivables/index.ts'

/** Where the money of a billing account stands: what is asked for and what is put off sum to what is owed. */
export interface AccountMoney {
  customerId: number
  agreementId: number
  accountNumber: number
  today: LocalDate
  /** Less than zero: a credit that nothing has used yet. */
  askedCents: Cents
  pastDueCents: Cents
  nextDueDate: LocalDate | null
  nextDueCents: Cents
  putOffCents: Cents
  /** Less than zero: asked for ahead. */
  putOff: Record<PutOffReason, Cents>
  owedCents: Cents
  /** The customer's own money, kept as security: no part of what is owed. */
  depositHeldCents: Cents
  holders: MoneyHolder[]
  /** Newest first. */
  contracts: ContractMoney[]
  collection: AccountCollection
  paying: AccountPaying
  /** Latest first. */
  notices: Notice[]
}

export type PutOffReason = 'budget' | 'arrangement' | 'frozen' | 'other'

/** An agreement that money is owed on. */
export interface MoneyHolder extends Pick<Agreement, 'agreementId' | 'kind' | 'debtClass' | 'status'> {
  askedCents: Cents
  pastDueCents: Cents
  putOffCents: Cents
  /** Of a deposit that was paid. */
  heldCents: Cents
}

export interface ContractMoney {
  contract: Contract
  schedule: ContractPart[]
  budget: BudgetMoney | null
  deposit: DepositMoney | null
}

/** `missed`: its day passed and it is not paid. */
export type ContractPart = Omit<ScheduleRow, 'status'> & { status: ScheduleRow['status'] | 'missed' }

export interface BudgetMoney {
  monthlyCents: Cents
  monthsAsked: number
  monthsLeft: number
  chargedCents: Cents
  askedCents: Cents
  paidCents: Cents
  putOffCents: Cents
  projectedTrueUpCents: Cents
  /** What happens to what is put off at the end: spread over the next year, or asked for. */
  trueUp: 'roll' | 'settle'
  months: BudgetMonth[]
}

export interface DepositMoney {
  form: DepositForm
  reason: DepositReason
  unpaidCents: Cents
  heldCents: Cents
  /** Credited, and earned since. */
  interestCents: Cents
  evidence: string | null
  validUntil: LocalDate | null
}

/** What is done about debt, what stands in the way of it, and what became of debt. */
export interface AccountCollection {
  /** Latest first. */
  processes: ProcessMoney[]
  protections: Protection[]
  /** What else stands in the way today. */
  obstacles: MoneyObstacle[]
  severances: Severance[]
  bankruptcies: Bankruptcy[]
  writeOffs: WriteOff[]
  referrals: AgencyReferral[]
  rating: CreditRating
}

export interface MoneyObstacle {
  forbids: 'cut' | 'all'
  /** `exemption:life_support`, `alert:do_not_cut`, `flag:hold`, `moratorium`, `promise` */
  source: string
  /** Of a moratorium. */
  name: string | null
  /** What stands on the file about it, and from when to when. */
  reason: string | null
  evidence: string | null
  startDate: LocalDate | null
  endDate: LocalDate | null
}

export interface ProcessMoney extends ProcessWithSteps {
  pastDueCents: Cents
  nextStep: ProcessStep | null
  /** So much ends it. */
  amountToStopCents: Cents
}

export interface AccountPaying {
  /** In force, or to come. */
  autopay: Autopay | null
  autopayMethod: PaymentMethod | null
  /** Not retired. */
  methods: PaymentMethod[]
  pending: PaymentRequest[]
}
