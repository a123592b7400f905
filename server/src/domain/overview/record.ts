import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'

/** A place or a mailing address, as rows keep it. */
export interface AddressRecord {
  line1: string
  line2?: string | null
  city: string
  state: string
  postalCode: string
  country?: string | null
}

export interface BalanceRecord {
  /** What is owed. */
  payoffCents: Cents
  /** What is asked for now. */
  currentCents: Cents
  pastDueCents: Cents
  nextDueDate: LocalDate | null
  nextDueCents: Cents
}

export interface DatedRecord {
  startDate: LocalDate
  endDate: LocalDate | null
}

export interface AlertRecord extends DatedRecord {
  alertNumber: number
  kind: string
  text: string
}

export interface ContactRecord {
  kind: 'phone' | 'mobile' | 'email'
  value: string
  main: boolean
}

export interface MeterRecord {
  badge: string
  serialNumber: string | null
  servicePointId: number
  externalNumber: string | null
  timeZone: string
  installedOn: LocalDate
  removedOn: LocalDate | null
  intervalSeconds: number | null
  unit: string | null
}

export interface PlanRecord {
  tariffId: number
  code: string
  name: { en: string; es?: string }
  startDate: LocalDate
}

export interface SiblingRecord {
  agreementId: number
  status: string
  serviceKind: string | null
}

/** Everything that the header of an account shows, and what calls for attention. */
export interface AccountRecord {
  customerId: number
  agreementId: number
  accountNumber: number
  kind: string
  serviceKind: string | null
  status: string
  startDate: LocalDate
  endDate: LocalDate | null
  revenueClass: string
  debtClass: string
  billMethod: string
  externalAccount: string | null
  companyId: number
  companyName: string
  timeZone: string
  today: LocalDate
  customerName: string
  doingBusinessAs: string | null
  customerClass: string
  customerSince: LocalDate
  language: string
  cycleCode: string
  deliveryMethod: string
  mailingName: string
  mailingAddress: AddressRecord
  holdBills: boolean
  premiseId: number | null
  serviceAddress: AddressRecord | null
  plan: PlanRecord | null
  balances: BalanceRecord
  accountBalances: BalanceRecord
  /** Owed on the billing account, and not asked for now; deposits are no part of it. */
  putOffCents: Cents
  contacts: ContactRecord[]
  alerts: AlertRecord[]
  flags: (DatedRecord & { flag: string; reason: string })[]
  facts: (DatedRecord & { code: string; value: unknown })[]
  exemptions: (DatedRecord & {
    kind: string
    taxCategory: string | null
    /** Decimal text, 0 to 100. */
    percent: string
    certificate: string | null
  })[]
  meters: MeterRecord[]
  siblings: SiblingRecord[]
  lastBill: {
    billId: number
    billDate: LocalDate
    dueDate: LocalDate
    amountDueCents: Cents
    chargesCents: Cents
  } | null
  lastCharge: { date: LocalDate; amountCents: Cents; endDate: LocalDate } | null
  lastPayment: { date: LocalDate; amountCents: Cents } | null
  lastUsageEnd: LocalDate | null
  /** How many of the last bills in a row rest on estimates. */
  estimatedInARow: number
  openWorkItems: {
    itemId: number
    kind: string
    reasonCode: string
    reason: string
    priority: number
  }[]
}

/** A thing that somebody must know or do, in both languages of the screens. */
export interface AttentionRecord {
  code:
    | 'alert'
    | 'bill_held'
    | 'past_due'
    | 'usage_missing'
    | 'usage_estimated'
    | 'no_plan'
    | 'pending_stop'
    | 'work_item'
  severity: 'danger' | 'warning' | 'info'
  text: { en: string; es: string }
  action: {
    target: 'bill' | 'bills' | 'usage' | 'plan' | 'timeline' | 'workItem' | 'customer' | 'money'
    id: string
  }
}

export type TimelineKind =
  | 'bill'
  | 'charge'
  | 'payment'
  | 'usage'
  | 'contact'
  | 'plan'
  | 'agreement'
  | 'workItem'
  | 'meter'
  | 'adjustment'
  | 'contract'
  | 'collection'
  | 'notice'

export interface TimelineRecord {
  cursor: string
  kind: TimelineKind
  code: string
  date: LocalDate
  at: Instant | null
  text: { en: string; es: string }
  /** Free text as somebody wrote it, or words in both languages. */
  detail: { en: string; es: string }
  amountCents: Cents | null
  actor: string
  status: string
  /** Of the record the event is about: a bill, charge, usage, payment or work item. */
  id: number | null
}

/** A page of a list, counted from 1. */
export interface PageOf {
  page: number
  pageSize: number
}
