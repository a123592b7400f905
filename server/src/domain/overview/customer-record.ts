import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { AddressRecord, AlertRecord, BalanceRecord, ContactRecord, PageOf } from './record.ts'

export interface CustomerRecord {
  customerId: number
  companyId: number
  companyName: string
  customerName: string
  firstName: string | null
  lastName: string | null
  organisationName: string | null
  doingBusinessAs: string | null
  personKind: 'human' | 'organisation'
  class: string
  status: string
  language: string
  since: LocalDate
  contacts: ContactRecord[]
  alerts: AlertRecord[]
  sets: { setNumber: number; name: string }[]
  accounts: {
    accountNumber: number
    status: string
    cycleCode: string
    deliveryMethod: string
    copies: number
    dueDays: number
    documentLanguage: string
    mailingName: string
    mailingAddress: AddressRecord
  }[]
}

export interface CustomerSummaryRecord {
  customerId: number
  customerName: string
  status: string
  balances: BalanceRecord
  lastBill: { date: LocalDate; amountCents: Cents } | null
  lastPayment: { date: LocalDate; amountCents: Cents } | null
  activeAlerts: number
  openWorkItems: number
  agreements: {
    agreementId: number
    accountNumber: number
    serviceKind: string | null
    status: string
    planName: { en: string; es?: string } | null
    serviceAddress: AddressRecord | null
    startDate: LocalDate
    endDate: LocalDate | null
    payoffCents: Cents
  }[]
}

/** What to look for; every condition that is given must hold. */
export interface CustomerQuery extends PageOf {
  clientId: number
  customerId?: number
  name?: string
  account?: { customerId: number; agreementId: number }
  phone?: string
  email?: string
  address?: string
  postalCode?: string
  badge?: string
  externalNumber?: string
  status?: string
}

export interface CustomerListed {
  customerId: number
  customerName: string
  doingBusinessAs: string | null
  class: string
  status: string
  phone: string | null
  email: string | null
  serviceAddress: AddressRecord | null
  agreements: { agreementId: number; status: string }[]
}

export interface PremiseQuery extends PageOf {
  clientId: number
  premiseId?: number
  address?: string
  city?: string
  state?: string
  postalCode?: string
  badge?: string
  externalNumber?: string
}

export interface PremiseListed {
  premiseId: number
  kind: string
  address: AddressRecord
  servicePoints: {
    servicePointId: number
    serviceKind: string
    externalNumber: string | null
    badge: string | null
    status: string
  }[]
  agreements: { customerId: number; agreementId: number; customerName: string; status: string }[]
}
