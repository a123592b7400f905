import { type Decimal, decimalText, round, trim } from '../../../platform/decimal.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { accountOfLine, type LedgerAccount } from '../../ledger/index.ts'
import type { Localized, RatedLine, RatingFacts, RatingHistory } from '../../rating/index.ts'
import type { SharedValues } from '../../tariffs/index.ts'

/** The version of the rules by which charges are computed; it changes whenever the same input could give another amount. */
export const ENGINE = '1'

export type ChargeStatus = 'incomplete' | 'error' | 'freezable' | 'frozen' | 'pending_cancel' | 'cancelled'
export type LineSection = 'supply' | 'delivery' | 'tax' | 'other'

export interface ChargeKey {
  customerId: number
  chargeId: number
}

/** One priced usage or event. */
export interface Charge extends ChargeKey {
  agreementId: number
  accountNumber: number
  kind: 'service' | 'event'
  usageId: number | null
  startDate: LocalDate
  endDate: LocalDate
  status: ChargeStatus
  amountCents: Cents
  billId: number | null
  runId: number | null
  cancelBillId: number | null
  rebillsChargeId: number | null
  asOf: Instant
  engine: string
  createdAt: Instant
  frozenAt: Instant | null
  cancelledAt: Instant | null
  cancelReason: string | null
  /** Why it could not be priced. */
  errorCode: string | null
  error: string | null
  basis: ChargeBasis
}

/** What a charge was priced with beside measurements and tariff versions. */
export interface ChargeBasis {
  timeZone: string
  facts: Omit<RatingFacts, 'history'>
  /** Of the charge before; absent on a first one. */
  history?: RatingHistory
  /** Of the client's own tables, as they were; absent: the plans take none. */
  shared?: SharedValues
  /** Epoch seconds of meter exchanges inside the period, by service point; absent: there were none. */
  exchanges?: Readonly<Record<string, readonly number[]>>
  /** For the charge after. */
  carry: RatingHistory
}

/** A part for each plan version and sub-period. */
export interface ChargePart {
  chargeId: number
  partNumber: number
  tariffId: number
  tariffVersion: number
  startDate: LocalDate
  endDate: LocalDate
}

export interface ChargeLine {
  chargeId: number
  lineNumber: number
  partNumber: number
  ruleCode: string
  kind: string
  section: LineSection
  quantity: number | null
  quantityScale: number | null
  unit: string | null
  touCode: string | null
  /** Decimal text: a unit of the currency for each of `detail.per`, or percent. */
  price: string | null
  baseCents: Cents | null
  /** Decimal text in units of the currency. */
  unrounded: string
  amountCents: Cents
  ledgerCode: string
  taxCategory: string | null
  startDate: LocalDate
  endDate: LocalDate
  detail: LineDetail
}

/** What a line can say about itself beside its numbers. */
export interface LineDetail {
  /** What a bill prints. */
  text: Localized
  per?: string
  band?: RatedLine['band']
  base?: { amount: string; lines: readonly number[] }
  proration?: RatedLine['proration']
  intervals?: RatedLine['intervals']
  /** One sentence with the formula in numbers. */
  reason?: Localized
  /** Shown, but not charged. */
  memo?: true
}

/** A line as it is kept. */
export interface KeptLine extends Omit<ChargeLine, 'detail'> {
  detail: KeptDetail
}

/** The facts of a line that have no column, in decimal text. What its plan version and its days tell is left out. */
export interface KeptDetail extends Pick<LineDetail, 'band' | 'base' | 'proration' | 'memo'> {
  /** Of a line that was entered by hand, or written by a release that kept texts. */
  text?: Localized
  reason?: Localized
  /** Absent: the unit. */
  per?: string
  /** Those of its days; a range where a release kept it. */
  intervals?: true | RatedLine['intervals']
  exempt?: string
  bound?: string
  bank?: Record<'carried' | 'earned' | 'used' | 'left', string>
  /** The quantity had more digits than are kept. */
  inexact?: true
}

/** This will name a charge in journal entries and open items. */
export function chargeReference(chargeId: number): string {
  return `charge:${chargeId}`
}

const SECTION_OF_CLASS: Readonly<Record<string, LineSection>> = {
  tax: 'tax',
  energy: 'supply',
  supply: 'supply',
  generation: 'supply',
  demand: 'delivery',
  fixed: 'delivery',
  delivery: 'delivery',
  distribution: 'delivery',
  transmission: 'delivery',
  minimum: 'delivery',
}

/** This will say under which heading of the bill a revenue class is printed. */
export function sectionOf(revenueClass: string): LineSection {
  return SECTION_OF_CLASS[revenueClass] ?? 'other'
}

/** This will tell which account of the books a rated line belongs to. */
export function ledgerAccountOf(line: RatedLine): LedgerAccount {
  return accountOfLine(line.glAccount, line.taxCategory)
}

/** This will turn a rated line into the row that is kept of it. */
export function toChargeLine(chargeId: number, partNumber: number, line: RatedLine): KeptLine {
  const quantity = line.quantity && integerOf(line.quantity)
  return {
    chargeId,
    lineNumber: line.sequence,
    partNumber,
    ruleCode: line.ruleCode,
    kind: line.kind,
    section: sectionOf(line.glAccount),
    quantity: quantity?.value ?? null,
    quantityScale: quantity?.scale ?? null,
    unit: line.quantity?.unit ?? null,
    touCode: line.quantity?.tou ?? null,
    price: line.price?.value ?? null,
    baseCents: line.base ? centsOf(line.base.amount) : null,
    unrounded: decimalText(line.amountUnrounded),
    amountCents: line.amountCents,
    ledgerCode: ledgerAccountOf(line).code,
    taxCategory: line.taxCategory ?? null,
    startDate: line.start,
    endDate: line.end,
    detail: toKeptDetail(line),
  }
}

function toKeptDetail(line: RatedLine): KeptDetail {
  const { quantity, price, band, base, proration, intervals, exempt, bound, bank, memo } = line
  const detail: KeptDetail = {}
  if (price && price.per !== quantity?.unit) detail.per = price.per
  if (band) detail.band = band
  if (base) detail.base = { amount: decimalText(base.amount), lines: base.lines }
  if (proration) detail.proration = proration
  if (intervals) detail.intervals = true
  if (exempt) detail.exempt = decimalText(exempt)
  if (bound) detail.bound = decimalText(bound)
  if (bank) {
    const { carried, earned, used, left } = bank
    detail.bank = {
      carried: decimalText(carried),
      earned: decimalText(earned),
      used: decimalText(used),
      left: decimalText(left),
    }
  }
  if (quantity && trim(quantity).scale > QUANTITY_SCALE) detail.inexact = true
  if (memo) detail.memo = true
  return detail
}

/** A quantity that never ends (a third of a register) is kept to this many digits; the amount is that of the exact one. */
const QUANTITY_SCALE = 6

/** This will write a quantity as a safe integer and its scale; one that is too large for it is a defect. */
export function integerOf(quantity: Decimal): { value: number; scale: number } {
  const { units, scale } = trim(quantity.scale > QUANTITY_SCALE ? round(quantity, QUANTITY_SCALE) : quantity)
  const value = Number(units)
  if (!Number.isSafeInteger(value))
    throw new Error(`a quantity left the safe integers: ${decimalText(quantity)}`)
  return { value, scale }
}

/** The base of a percent in whole cents, when it has no smaller fraction. */
function centsOf(amount: Decimal): Cents | null {
  const { units, scale } = trim(amount)
  if (scale > 2) return null
  return Number(units) * 10 ** (2 - scale)
}
