import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AccountTotals } from '../receivables/index.ts'
import type { AddressRecord } from './record.ts'

/** A billing account with all that a screen of it shows. */
export interface BillingPackageRecord {
  customerId: number
  accountNumber: number
  customerName: string
  doingBusinessAs: string | null
  companyId: number
  companyName: string
  status: string
  openedOn: LocalDate
  closedOn: LocalDate | null
  cycleCode: string
  cycleName: string | null
  deliveryMethod: string
  copies: number
  dueDays: number
  documentLanguage: string
  mailingName: string
  mailingAddress: AddressRecord
  holdBills: boolean
  masterAgreementId: number | null
  /** The one that speaks for the account first. */
  agreements: {
    agreementId: number
    kind: string
    serviceKind: string | null
    status: string
    startDate: LocalDate
    endDate: LocalDate | null
  }[]
  lastBill: {
    billId: number
    billDate: LocalDate
    dueDate: LocalDate
    amountDueCents: Cents
    status: string
  } | null
  bills: number
  lastPayment: { paymentNumber: number; date: LocalDate; amountCents: Cents } | null
  nextDraw: { requestNumber: number; drawDate: LocalDate; amountCents: Cents | null } | null
  autopay: boolean
  inCollection: boolean
  activeAlerts: number
  /** Of the whole customer. */
  openWorkItems: number
}

export type BillingPackageWithTotals = BillingPackageRecord & { totals: AccountTotals | undefined }

/** An exemption of an agreement on a billing account. */
export interface ExemptionListed {
  agreementId: number
  exemptionNumber: number
  kind: string
  taxCategory: string | null
  /** Decimal text, 0 to 100. */
  percent: string
  certificate: string | null
  startDate: LocalDate
  endDate: LocalDate | null
}

/** An alert of a billing account, or of its customer altogether. */
export interface AccountAlertListed {
  alertNumber: number
  accountNumber: number | null
  kind: string
  text: string
  startDate: LocalDate
  endDate: LocalDate | null
  createdBy: string
  createdAt: Instant
}
