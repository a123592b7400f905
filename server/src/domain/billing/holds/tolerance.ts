import type { Cents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate, Temporal } from '../../../platform/time.ts'
import type { CustomerClass } from '../../customers/index.ts'
import type { Localized } from '../../rating/index.ts'

export type ToleranceKind = 'high' | 'low' | 'zero' | 'negative' | 'estimated'

/** What makes a charge suspicious, and what then happens. Null narrows nothing. */
export interface Tolerance {
  ruleNumber: number
  companyId: number | null
  customerClass: CustomerClass | null
  kind: ToleranceKind
  /** Beyond what was expected, decimal text. */
  percent: string
  /** And by more than this. */
  amountCents: Cents
  /** Estimated charges, this one included. */
  inARow: number
  /** The bill waits for a person, or says so to the customer. */
  outcome: 'hold' | 'warn'
  startDate: LocalDate
  endDate: LocalDate | null
}

/** A charge of the past, as far as tolerances ask. */
export interface PastCharge {
  startDate: LocalDate
  endDate: LocalDate
  amountCents: Cents
  estimated: boolean
}

/** A charge that was priced and not written yet. */
export interface NewCharge extends PastCharge {
  /** Nothing was used. */
  idle: boolean
}

export interface Finding {
  rule: Tolerance
  /** What an ordinary charge of these days would come to; absent where nothing is compared. */
  expectedCents?: Cents
  reason: string
  message: { title: Localized; body: Localized }
}

const MONTHS_COMPARED = 12

/** This will tell which tolerances a charge breaks. `past` is in order of time. */
export function findingsOf(
  rules: readonly Tolerance[],
  charge: NewCharge,
  past: readonly PastCharge[],
): Finding[] {
  return rules.flatMap((rule) => {
    const found = check(rule, charge, past)
    return found ? [{ rule, ...found, message: MESSAGES[rule.kind] }] : []
  })
}

function check(
  rule: Tolerance,
  charge: NewCharge,
  past: readonly PastCharge[],
): { reason: string; expectedCents?: Cents } | undefined {
  const { kind, inARow } = rule
  if (kind === 'high' || kind === 'low') return checkAmount(rule, charge, past)
  const period = `from ${charge.startDate} to ${charge.endDate}`
  if (kind === 'zero') return charge.idle ? { reason: `Nothing was used ${period}.` } : undefined
  if (kind === 'negative')
    return charge.amountCents < 0 ? { reason: `The charge ${period} is a credit.` } : undefined
  const run = [...past.slice(1 - inARow || past.length), charge]
  if (run.length < inARow || run.some((one) => !one.estimated)) return undefined
  return {
    reason: `${inARow} ${inARow === 1 ? 'charge is' : 'charges in a row are'} estimated, up to ${charge.endDate}.`,
  }
}

function checkAmount(
  { kind, percent, amountCents: margin }: Tolerance,
  charge: NewCharge,
  past: readonly PastCharge[],
): { reason: string; expectedCents: Cents } | undefined {
  const expectedCents = expectedOf(charge, past)
  if (expectedCents === undefined) return undefined
  const off = kind === 'high' ? charge.amountCents - expectedCents : expectedCents - charge.amountCents
  // Of scaled integers: percent has at most two decimals.
  const allowed = BigInt(Math.max(0, expectedCents)) * BigInt(Math.round(Number(percent) * 100))
  if (off <= margin || BigInt(off) * 10_000n <= allowed) return undefined
  const word = kind === 'high' ? 'above' : 'below'
  return {
    expectedCents,
    reason: `The charge from ${charge.startDate} to ${charge.endDate} is ${charge.amountCents} cents, ${off} ${word} the ${expectedCents} that were to be expected.`,
  }
}

/** By day: the charge of a year ago, else the average of the last twelve. Undefined without any. */
function expectedOf(charge: NewCharge, past: readonly PastCharge[]): Cents | undefined {
  const yearAgo = Temporal.PlainDate.from(charge.startDate).subtract({ years: 1 }).toString()
  const same = past.find((one) => one.startDate <= yearAgo && yearAgo < one.endDate)
  const compared = same ? [same] : past.slice(-MONTHS_COMPARED)
  const days = compared.reduce((sum, one) => sum + daysBetween(one.startDate, one.endDate), 0)
  if (days === 0) return undefined
  const cents = compared.reduce((sum, one) => sum + one.amountCents, 0)
  return Math.round((cents * daysBetween(charge.startDate, charge.endDate)) / days)
}

const say = (en: string, es: string): Localized => ({ en, es })

const MESSAGES: Readonly<Record<ToleranceKind, Finding['message']>> = {
  high: {
    title: say('Higher than usual', 'Más alto de lo habitual'),
    body: say(
      'This bill is higher than usual. The comparison shows what changed.',
      'Esta factura es más alta de lo habitual. La comparación muestra qué cambió.',
    ),
  },
  low: {
    title: say('Lower than usual', 'Más bajo de lo habitual'),
    body: say('This bill is lower than usual.', 'Esta factura es más baja de lo habitual.'),
  },
  zero: {
    title: say('No use', 'Sin consumo'),
    body: say('No use was measured in this period.', 'No se midió consumo en este período.'),
  },
  negative: {
    title: say('A credit', 'Un crédito'),
    body: say('Your charges of this period are a credit.', 'Sus cargos de este período son un crédito.'),
  },
  estimated: {
    title: say('Estimated use', 'Consumo estimado'),
    body: say(
      'Your use was estimated again. Please let us reach your meter.',
      'Su consumo se estimó otra vez. Permita el acceso a su medidor.',
    ),
  },
}
