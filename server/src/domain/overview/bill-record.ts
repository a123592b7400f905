import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LineDetail } from '../billing/index.ts'
import type { AddressRecord, PageOf } from './record.ts'

/** A quantity as decimal text with its unit. */
export interface QuantityRecord {
  quantity: string
  unit: string
}

export interface BillListed {
  customerId: number
  accountNumber: number
  billId: number
  customerName: string
  status: string
  billDate: LocalDate
  dueDate: LocalDate
  startDate: LocalDate
  endDate: LocalDate
  previousCents: Cents
  creditsCents: Cents
  chargesCents: Cents
  amountDueCents: Cents
  /** What is still unsettled of the items that the bill showed. */
  unpaidCents: Cents
  estimated: boolean
  consumption: QuantityRecord | null
  runId: number | null
}

export interface BillQuery extends PageOf {
  clientId: number
  customerId?: number
  accountNumber?: number
  billId?: number
  status?: string
  from?: LocalDate
  /** Inclusive. */
  to?: LocalDate
  amountFromCents?: Cents
  amountToCents?: Cents
  runId?: number
}

export interface LineRecord {
  chargeId: number
  lineNumber: number
  partNumber: number
  ruleCode: string
  kind: string
  section: 'supply' | 'delivery' | 'tax' | 'other'
  /** Decimal text. */
  quantity: string | null
  unit: string | null
  touCode: string | null
  price: string | null
  baseCents: Cents | null
  unrounded: string
  amountCents: Cents
  ledgerCode: string
  taxCategory: string | null
  startDate: LocalDate
  endDate: LocalDate
  detail: LineDetail
}

export interface PartRecord {
  partNumber: number
  tariffId: number
  planName: { en: string; es?: string }
  planCode: string
  version: number
  startDate: LocalDate
  endDate: LocalDate
}

export interface UsageQuantityRecord extends QuantityRecord {
  loop: string
  touCode: string
  kind: string
  badge: string | null
  beginReading: string | null
  endReading: string | null
  estimated: boolean
}

export interface BillChargeRecord {
  chargeId: number
  agreementId: number
  serviceKind: string | null
  serviceAddress: AddressRecord | null
  badge: string | null
  startDate: LocalDate
  endDate: LocalDate
  status: string
  amountCents: Cents
  estimated: boolean
  consumption: QuantityRecord | null
  parts: PartRecord[]
  lines: LineRecord[]
  quantities: UsageQuantityRecord[]
}

export interface BillRecord extends BillListed {
  language: string
  mailingName: string
  mailingAddress: AddressRecord
  companyName: string
  currency: string
  replacesBillId: number | null
  completedAt: Instant | null
  /** What credits have paid of the bill's debts. */
  paidCents: Cents
  previousBillId: number | null
  nextBillId: number | null
  /** What it shows beside its own charges, as the document does. */
  credits: { date: LocalDate; text: { en: string; es: string }; amountCents: Cents; ask: boolean }[]
  charges: BillChargeRecord[]
  history: {
    billId: number
    billDate: LocalDate
    startDate: LocalDate
    endDate: LocalDate
    consumption: QuantityRecord | null
    chargesCents: Cents
    estimated: boolean
  }[]
}

export interface ChargeListed {
  chargeId: number
  kind: string
  status: string
  date: LocalDate
  startDate: LocalDate
  endDate: LocalDate
  planName: { en: string; es?: string } | null
  consumption: QuantityRecord | null
  amountCents: Cents
  taxCents: Cents
  unpaidCents: Cents
  dueDate: LocalDate | null
  usageId: number | null
  billId: number | null
  rebillsChargeId: number | null
  cancelReason: string | null
}

export interface ChargeLineListed {
  chargeId: number
  lineNumber: number
  /** Where the rule stands in its plan version. */
  componentNumber: number | null
  kind: string
  date: LocalDate
  planName: { en: string; es?: string } | null
  text: string
  amountCents: Cents
  isTax: boolean
  quantity: string | null
}

export interface UsageListed {
  usageId: number
  startDate: LocalDate
  endDate: LocalDate
  source: string
  status: string
  estimated: boolean
  consumption: QuantityRecord | null
  billId: number | null
  chargeCents: Cents | null
  quantities: UsageQuantityRecord[]
}
