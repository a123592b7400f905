import type { Decimal } from '../../platform/decimal.ts'
import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { RuleKind } from '../tariffs/index.ts'
import type { CompiledTariff } from './compile.ts'

/** Text that a bill prints, in both of its languages. */
export interface Localized {
  en: string
  es: string
}

/** A run of intervals of one quality, `[from, to)` by index. */
export interface QualityRun {
  from: number
  to: number
  quality: 'measured' | 'estimated' | 'edited' | 'missing'
}

/**
 * One flow of one unit: equal intervals without gaps; a value is an integer x 10^-scale of the unit. A value below zero
 * is taken as it is, in energy and in peaks: a correction of another interval, or a meter that the agreement's point
 * deducts. What was fed in belongs to a `received` channel.
 */
export interface UsageChannel {
  unit: string
  flow: 'delivered' | 'received'
  intervalSeconds: number
  startSeconds: number
  scale: number
  values: Int32Array | Float64Array
  quality?: readonly QualityRun[]
  /** Which of several alike it is, and by which usage loop (product transfer type) it came. */
  sqi?: string
  loop?: string
  /** Epoch seconds at which another meter took over: no demand window crosses them. */
  exchangesSeconds?: readonly number[]
}

/** A quantity that a register or a market message gave for the whole period. */
export interface UsageQuantity {
  unit: string
  flow?: 'delivered' | 'received'
  tou?: string
  sqi?: string
  loop?: string
  /** An integer x 10^-scale of the unit. */
  quantity: number
  scale: number
  estimated?: boolean
}

export type Usage =
  | { kind: 'interval'; channels: readonly UsageChannel[] }
  | { kind: 'quantities'; quantities: readonly UsageQuantity[] }

/** The peak of one earlier month, as `RatedCharge.carry` gave it. */
export interface PeakRecord {
  month: string
  quantity: string
  tou?: string
  value: string
}

/** What one bill hands to the next of the same agreement. Decimal text; plain JSON. */
export interface RatingHistory {
  peaks: PeakRecord[]
  /** Balances of banks and running bases of yearly minimums, by rule code and bucket. */
  balances: Record<string, Record<string, string>>
}

/** An interval price curve: integers x 10^-scale of the currency a unit. */
export interface PriceCurve {
  startSeconds: number
  intervalSeconds: number
  scale: number
  values: Int32Array | Float64Array
}

/** A critical-peak event: half-open, in epoch seconds. One the agreement opted out of is left out. */
export interface EventWindow {
  fromSeconds: number
  untilSeconds: number
}

/** What is known of the agreement, as of the period. */
export interface RatingFacts {
  /** Typed facts as text: numbers in decimal (`contract_kw`, `power_factor`), traits (`zone`, `voltage`). */
  values?: Readonly<Record<string, string>>
  /** Percent of a rule or tax category the customer is exempt from: `{ state_tax: '100' }`. */
  exemptPercent?: Readonly<Record<string, string>>
  items?: readonly { item: string; count: number }[]
  /** Epoch seconds of named events: system peaks. */
  events?: Readonly<Record<string, readonly number[]>>
  /** Windows of named events, also of the days before the period that a baseline reads; empty when there was none. */
  windows?: Readonly<Record<string, readonly EventWindow[]>>
  curves?: Readonly<Record<string, PriceCurve>>
  /** Prices that a service contract sets in place of the tariff's: by rule code, or `rule/period` of its map. */
  prices?: Readonly<Record<string, string>>
  /** Values of overridable bill factors that the agreement has of its own. */
  factors?: Readonly<Record<string, string>>
  history?: RatingHistory
}

export interface RatingInput {
  /** Versions in force somewhere in the period, by effective date. The first may begin before it. */
  versions: readonly CompiledTariff[]
  /** Half-open, in local days of `timeZone`. */
  period: { start: LocalDate; end: LocalDate }
  timeZone: string
  usage: Usage
  facts?: RatingFacts
  /** Sentences on the lines (default true); `wordLine` makes them of lines without. */
  trace?: boolean
  /** Share of intervals or registers that may be missing, 0 to 1. Left out, what is missing is told in a warning. */
  missingTolerance?: number
}

export interface LineQuantity extends Decimal {
  unit: string
  tou?: string
}

export interface RatedLine {
  /** 1, 2, 3 ... over the charge. */
  sequence: number
  ruleCode: string
  kind: RuleKind
  text: Localized
  quantity?: LineQuantity
  /** Decimal text, and what it is for: `kWh`, `kW`, `day`, `bill`, `%`. */
  price?: { value: string; per: string }
  /** Of which block of a stepped price: 1, 2 ...; `upTo` in the quantity's unit. */
  band?: { number: number; upTo?: string }
  /** The amount a percent or bound was computed on, and the sequences of its lines. */
  base?: { amount: Decimal; lines: readonly number[] }
  /** Percent of the base that the customer is exempt from, unless none. */
  exempt?: Decimal
  /** What a minimum or maximum compares its base with. */
  bound?: Decimal
  /** What became of a bank of credits. */
  bank?: Readonly<Record<'carried' | 'earned' | 'used' | 'left', Decimal>>
  /** Share of a whole charge when it was prorated: days over days. */
  proration?: { days: number; ofDays: string; rule: string }
  amountUnrounded: Decimal
  /** What the customer is charged; 0 for memo lines. */
  amountCents: Cents
  memo: boolean
  /** The rule's revenue class: energy, demand, fixed, tax, rider, credit ... */
  glAccount: string
  taxCategory?: string
  /** Days that the line covers, half-open. */
  start: LocalDate
  end: LocalDate
  /** Intervals that the quantity was taken from, half-open in epoch seconds. */
  intervals?: { fromSeconds: number; toSeconds: number; tou?: string }
  /** One sentence with the formula in numbers (trace). */
  reason?: Localized
}

/** The share of the bill that one tariff version prices. */
export interface ChargePart {
  tariffCode: string
  effectiveFrom: LocalDate
  start: LocalDate
  end: LocalDate
  days: number
  ofDays: number
}

export interface RatedQuantity {
  code: string
  unit: string
  tou?: string
  /** As measured, and as priced after the tariff's rounding of quantities. */
  initial: Decimal
  billable: Decimal
}

export interface RatedCharge {
  lines: RatedLine[]
  /** The sum of the rounded lines. */
  amountCents: Cents
  parts: ChargePart[]
  quantities: RatedQuantity[]
  /** Intervals (or registers) of the period, and how many were not measured. */
  quality: { count: number; estimated: number; missing: number }
  warnings: Localized[]
  /** The history of the next bill. */
  carry: RatingHistory
}
