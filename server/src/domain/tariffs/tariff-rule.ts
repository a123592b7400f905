import { z } from 'zod'
import { Code, DecimalText, LocalText } from './tariff-text.ts'

/**
 * A price: literal; a bill factor; a fact of the agreement; an interval price curve of the facts; or the price at
 * which an earlier rule was charged, times a number.
 */
export const Price = z.union([
  DecimalText,
  z.object({ factor: Code }).strict(),
  z.object({ fact: z.string(), otherwise: DecimalText.optional() }).strict(),
  z.object({ curve: z.string() }).strict(),
  z.object({ line: Code, times: DecimalText.default('1') }).strict(),
])
export type Price = z.infer<typeof Price>

/**
 * Where a band ends, counted from zero.
 * - bill: for a whole billing period, scaled like it; day, year: x days of the part (/ 365)
 * - kw, kw_day: x the quantity `of` (hours-use), and x days
 */
export const Limit = z
  .object({
    value: Price,
    per: z.enum(['bill', 'day', 'year', 'kw', 'kw_day']).default('bill'),
    of: Code.optional(),
  })
  .strict()
export type Limit = z.infer<typeof Limit>

/** A block of a quantity. The last has no end. `within` subdivides the block; its limits too count from zero. */
export interface Band {
  upTo?: Limit | undefined
  price: Price
  within?: Band[] | undefined
}
export const Band: z.ZodType<Band> = z.lazy(() =>
  z.object({ upTo: Limit.optional(), price: Price, within: z.array(Band).optional() }).strict(),
)

/** The bands of a time-of-use period, in a season; a row that names neither holds always. */
export const PriceRow = z
  .object({ season: Code.optional(), tou: Code.optional(), bands: z.array(Band).min(1) })
  .strict()
export type PriceRow = z.infer<typeof PriceRow>

/** Earlier lines that a line is computed on: by rule, by revenue class, or all; less the named rules. */
export const Base = z
  .object({
    rules: z.array(Code).optional(),
    classes: z.array(Code).optional(),
    except: z.array(Code).optional(),
    rounded: z.boolean().default(true),
  })
  .strict()
export type Base = z.infer<typeof Base>

/**
 * How a charge for a period follows the days it covers.
 * - normal: a bill inside the tolerance is one period, another days / normal days; split bills by days
 * - average_month: days / (365/12); calendar_month: each day is its share of its month
 * - pin_start, pin_end: one whole charge, of the first or last part of the bill
 */
export const Proration = z.enum(['normal', 'average_month', 'calendar_month', 'pin_start', 'pin_end'])
export type Proration = z.infer<typeof Proration>

const shared = {
  code: Code,
  text: LocalText,
  /** Revenue class: where the money goes in the books, and what a base can name. */
  class: Code,
  taxCategory: Code.optional(),
  /** Only for agreements whose facts equal these. */
  when: z.record(z.string(), z.string()).optional(),
  /** Only on days of these seasons. */
  seasons: z.array(Code).optional(),
  /** Computed and shown to bases, but not charged. */
  memo: z.boolean().optional(),
}

export const FlatCharge = z
  .object({
    ...shared,
    kind: z.literal('flat_charge'),
    price: Price,
    per: z.enum(['bill', 'day', 'year']).default('bill'),
    proration: Proration.default('normal'),
    /** A fact that multiplies the charge: meters, kW contracted. */
    times: z.object({ fact: z.string(), otherwise: DecimalText.optional() }).strict().optional(),
  })
  .strict()

export const ServiceQuantity = z
  .object({
    ...shared,
    kind: z.literal('service_quantity'),
    quantity: Code,
    prices: z.array(PriceRow).min(1),
    /** How several bands meet several time-of-use periods. */
    fill: z.enum(['proportional', 'chronological', 'per_tou']).default('proportional'),
    /** graduated: each block at its own price; volume: all at the price of the block reached. */
    mode: z.enum(['graduated', 'volume']).default('graduated'),
    /** A peak is prorated in money when a bill is split, a volume is not. */
    measuresPeak: z.boolean().default(false),
    /** The customer is paid: export credits. */
    credit: z.boolean().default(false),
  })
  .strict()

export const SlabSet = z
  .object({
    ...shared,
    kind: z.literal('slab_set'),
    quantity: Code,
    /** The first set whose limit holds the whole quantity prices all of it. */
    sets: z
      .array(
        z.object({ upTo: Limit.optional(), fixed: Price.optional(), bands: z.array(Band).min(1) }).strict(),
      )
      .min(1),
  })
  .strict()

export const ItemCharge = z
  .object({
    ...shared,
    kind: z.literal('item'),
    proration: Proration.default('normal'),
    table: z.array(z.object({ item: z.string(), text: LocalText.optional(), price: Price }).strict()).min(1),
  })
  .strict()

export const ApplyTo = z
  .object({
    ...shared,
    kind: z.literal('apply_to'),
    percent: Price,
    base: Base,
    /** The percent is of the amount with the charge in it: rate / (1 - rate). */
    grossUp: z.boolean().default(false),
  })
  .strict()

export const Bound = z
  .object({
    ...shared,
    kind: z.enum(['minimum', 'maximum']),
    amount: Price,
    /** A yearly bound is settled with the bill that ends in `settleMonth`, on the bills since the last. */
    per: z.enum(['bill', 'day', 'year']).default('bill'),
    settleMonth: z.number().int().min(1).max(12).default(12),
    base: Base,
    /** A base below zero counts as zero. */
    floorBase: z.boolean().default(true),
  })
  .strict()

/** The sum of earlier lines, shown and not charged. */
export const Summary = z.object({ ...shared, kind: z.literal('summary'), base: Base }).strict()

/** Money credits that memo lines earn, used up against charges of this and later bills. */
export const CreditBank = z
  .object({
    ...shared,
    kind: z.literal('credit_bank'),
    earns: Base,
    offsets: Base,
    /** Whether what a bill earns may already offset that bill. */
    useInBillEarned: z.boolean().default(true),
    /** What happens to the rest with the bill that ends in `settleMonth`. */
    settle: z.enum(['pay', 'expire', 'keep']).default('keep'),
    settleMonth: z.number().int().min(1).max(12).default(12),
  })
  .strict()

/** The closed list of ways to make lines, evaluated in the order written. */
export const CalcRule = z.discriminatedUnion('kind', [
  FlatCharge,
  ServiceQuantity,
  SlabSet,
  ItemCharge,
  ApplyTo,
  Bound,
  Summary,
  CreditBank,
])
export type CalcRule = z.infer<typeof CalcRule>
export type RuleKind = CalcRule['kind']
