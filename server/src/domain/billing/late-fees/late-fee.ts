import type { Cents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate, Temporal } from '../../../platform/time.ts'
import type { CustomerClass } from '../../customers/index.ts'

/** When what is late costs a fee, and how much. Null narrows nothing; the rule that narrows most counts. */
export interface LateFeeRule {
  ruleCode: string
  companyId: number | null
  customerClass: CustomerClass | null
  /** Null: services and arrangements. */
  debtClass: string | null
  /** Of what is late, decimal text with at most three decimals. */
  percent: string
  flatCents: Cents
  /** Late begins so many days after the due date. */
  graceDays: number
  /** What is late must be this much. */
  minimumCents: Cents
  /** One fee is never more. */
  capCents: Cents | null
  /** Whether a debt that stays late costs a fee again, a month after the last. */
  repeats: 'once' | 'monthly'
  startDate: LocalDate
  endDate: LocalDate | null
}

/** A debt that is past its due date, as far as rules ask. */
export interface LateItem {
  customerId: number
  accountNumber: number
  companyId: number
  customerClass: CustomerClass
  agreementId: number
  agreementKind: string
  debtClass: string
  itemId: number
  /** Its charge, before any rebill (`charge:12`), or the item itself. */
  origin: string
  unsettledCents: Cents
  dueDate: LocalDate
  /** When it last was part of a fee. */
  lastFeeOn: LocalDate | null
}

/** What was late, and for how many days. */
export interface LateFeeBase {
  itemId: number
  origin: string
  unsettledCents: Cents
  dueDate: LocalDate
  daysLate: number
}

/** A fee of one agreement: it explains itself by its rule, its base and the days. */
export interface LateFee {
  customerId: number
  feeNumber: number
  accountNumber: number
  agreementId: number
  assessedOn: LocalDate
  rule: LateFeeRule
  baseCents: Cents
  amountCents: Cents
  entryId: number
  status: 'posted' | 'cancelled'
  cancelReason: string | null
  base: LateFeeBase[]
}

export type FeeDraft = Pick<
  LateFee,
  'customerId' | 'accountNumber' | 'agreementId' | 'rule' | 'baseCents' | 'amountCents' | 'base'
>

const SERVED: ReadonlySet<string> = new Set(['service', 'arrangement'])

/** This will work out the fees of a day, one an agreement. `shareOf` tells how much of a fee an agreement pays, 0 to 1. */
export function feesOf(
  rules: readonly LateFeeRule[],
  items: readonly LateItem[],
  day: LocalDate,
  shareOf: (item: LateItem) => string,
): FeeDraft[] {
  const byAgreement = Map.groupBy(items, (item) => `${item.customerId}-${item.agreementId}`)
  return [...byAgreement.values()].flatMap((own) => {
    const [first] = own
    const rule = first && ruleFor(rules, first)
    if (!rule) return []
    const base = own.filter((item) => isLate(rule, item, day)).map((item) => toBase(item, day))
    const baseCents = base.reduce((sum, item) => sum + item.unsettledCents, 0)
    if (baseCents === 0 || baseCents < rule.minimumCents) return []
    const amountCents = feeCents(rule, baseCents, shareOf(first))
    const { customerId, accountNumber, agreementId } = first
    return amountCents === 0
      ? []
      : [{ customerId, accountNumber, agreementId, rule, baseCents, amountCents, base }]
  })
}

/** The rule that names most of an item's class, company and debt class; then the first by code. */
function ruleFor(rules: readonly LateFeeRule[], item: LateItem): LateFeeRule | undefined {
  const fits = rules.filter(
    (rule) =>
      (rule.companyId === null || rule.companyId === item.companyId) &&
      (rule.customerClass === null || rule.customerClass === item.customerClass) &&
      (rule.debtClass === null ? SERVED.has(item.agreementKind) : rule.debtClass === item.debtClass),
  )
  const named = ({ companyId, customerClass, debtClass }: LateFeeRule) =>
    [companyId, customerClass, debtClass].filter((one) => one !== null).length
  return [...fits].sort((a, b) => named(b) - named(a) || (a.ruleCode < b.ruleCode ? -1 : 1))[0]
}

function isLate(
  { graceDays, repeats }: LateFeeRule,
  { dueDate, lastFeeOn }: LateItem,
  day: LocalDate,
): boolean {
  if (daysBetween(dueDate, day) <= graceDays) return false
  if (lastFeeOn === null) return true
  return repeats === 'monthly' && Temporal.PlainDate.from(lastFeeOn).add({ months: 1 }).toString() <= day
}

function toBase({ itemId, origin, unsettledCents, dueDate }: LateItem, day: LocalDate): LateFeeBase {
  return { itemId, origin, unsettledCents, dueDate, daysLate: daysBetween(dueDate, day) }
}

/** Rounded half up, once; a share is what is left after an exemption. */
function feeCents({ percent, flatCents, capCents }: LateFeeRule, baseCents: Cents, share: string): Cents {
  const tenThousandths = BigInt(Math.round(Number(share) * 10_000))
  const milliPercent = BigInt(Math.round(Number(percent) * 1000))
  const whole = BigInt(baseCents) * milliPercent + BigInt(flatCents) * 100_000n
  const cap = capCents === null ? whole : BigInt(capCents) * 100_000n
  const capped = whole < cap ? whole : cap
  const divisor = 100_000n * 10_000n
  return Number((capped * tenThousandths * 2n + divisor) / (divisor * 2n))
}
