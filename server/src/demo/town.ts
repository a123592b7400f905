import type { AgreementFlag, Exemption } from '../domain/agreements/index.ts'
import type {
  Contact,
  CustomerClass,
  DeliveryMethod,
  Language,
  PersonName,
} from '../domain/customers/index.ts'
import type { PremiseKind } from '../domain/premises/index.ts'
import type { LocalDate } from '../platform/time.ts'
import type { LoadProfile } from './load-shapes.ts'
import type { PlanCode } from './tariffs/index.ts'

/** How much of the demo is made. Another number of agreements leaves the fourteen named customers as they are. */
export interface DemoSize {
  agreements: number
  /** Billed months. */
  months: number
}

export const FULL_SIZE: DemoSize = { agreements: 1000, months: 12 }

/** A stretch in which a meter could not be read: filled by estimates, or missing for good. */
export interface Outage {
  start: LocalDate
  end: LocalDate
  /** Hours of the clock of each day; all when left out. */
  hours?: { from: number; until: number }
  became: 'estimated' | 'missing'
}

/** An address with its meter. */
export interface DemoSite {
  line1: string
  line2?: string
  kind: PremiseKind
  postalCode: string
  badge: string
  externalNumber: string
  /** An interval length; 0 is a dial read once a month. */
  intervalSeconds: 900 | 3600 | 0
  load: LoadProfile
  outages?: Outage[]
  /** Months whose dial was estimated, as the day on which the period ended, with what the estimate saw, percent. */
  estimatedReads?: { day: LocalDate; percent: number }[]
}

/**
 * How somebody pays: on the due date, before it, after it, not at all, or only what the latest agreement costs;
 * one way for bills until a day and another after it.
 */
export type PayHabit =
  | 'autopay'
  | 'prompt'
  | 'late'
  | 'never'
  | 'latest_only'
  | { until: LocalDate; before: PayHabit; after: PayHabit }

export interface DemoAgreement {
  site: DemoSite
  plan: PlanCode
  /** Starts with the cycle's first period when left out. */
  startDate?: LocalDate
  endDate?: LocalDate
  /** A later plan. */
  change?: { plan: PlanCode; startDate: LocalDate }
  facts?: Record<string, unknown>
  exemptions?: { kind: Exemption['kind']; taxCategory?: string; certificate?: string }[]
  flags?: { flag: AgreementFlag['flag']; startDate: LocalDate; reason: string }[]
}

export interface DemoAccount {
  cycleCode: string
  pays: PayHabit
  delivery: DeliveryMethod
  agreements: DemoAgreement[]
}

export interface DemoCustomer {
  number: number
  name: PersonName
  language: Language
  class: CustomerClass
  since: LocalDate
  contacts: Contact[]
  accounts: DemoAccount[]
  alerts?: { kind: string; text: string; startDate: LocalDate }[]
  notes?: { day: LocalDate; kind: 'note' | 'call' | 'letter'; text: string }[]
}

export const CITY = { city: 'Juniper Valley', state: 'CA', country: 'US' } as const
