import { type Decimal, decimalText, round } from '../../platform/decimal.ts'
import type { Localized, RatedLine } from './charge.ts'
import type { PartContext, Span } from './span.ts'

const PLACES = 6

/** Numbers in reasons: at most six places, never rounded silently. */
function shown(value: Decimal): string {
  const short = round(value, PLACES)
  const text = decimalText(short)
  return decimalText(value) === text ? text : `~${text}`
}

interface Formula {
  quantity?: Decimal | undefined
  unit?: string | undefined
  tou?: string | undefined
  band?: RatedLine['band'] | undefined
  price: string
  proration?: RatedLine['proration'] | undefined
  amount: Decimal
}

/** This will write `120.5 kWh (peak, block 2 up to 500) x 0.12 USD x 12/31 days = 5.597419 USD`, in both languages. */
export function productReason(context: PartContext, formula: Formula): Localized {
  return { en: product(context, formula, ENGLISH), es: product(context, formula, SPANISH) }
}

const ENGLISH = { block: 'block', upTo: 'up to', days: 'days' }
const SPANISH = { block: 'bloque', upTo: 'hasta', days: 'días' }

function product(context: PartContext, formula: Formula, words: typeof ENGLISH): string {
  const { quantity, unit, tou, band, price, proration, amount } = formula
  const block = band && `${words.block} ${band.number}${band.upTo ? ` ${words.upTo} ${band.upTo}` : ''}`
  const detail = [tou, block].filter(Boolean).join(', ')
  const { currency } = context.tariff
  const factors = [
    quantity && `${shown(quantity)}${unit ? ` ${unit}` : ''}${detail ? ` (${detail})` : ''}`,
    `${price} ${currency}`,
    proration && `${proration.days}/${proration.ofDays} ${words.days}`,
  ]
  return `${factors.filter(Boolean).join(' × ')} = ${shown(amount)} ${currency}`
}

/** This will write `4.25 % of 1376.81 USD = 58.514425 USD`, in both languages. */
export function percentReason(
  context: PartContext,
  percent: Decimal,
  base: Decimal,
  amount: Decimal,
  exempt: Decimal,
): Localized {
  const { currency } = context.tariff
  const write = (of: string, less: string) =>
    `${shown(percent)} % ${of} ${shown(base)} ${currency}${exempt.units === 0n ? '' : `, ${less} ${shown(exempt)} %`} = ${shown(amount)} ${currency}`
  return { en: write('of', 'less an exemption of'), es: write('de', 'menos una exención del') }
}

/** This will write `Sum of 3 lines = 42.10 USD`, in both languages. */
export function sumReason(context: PartContext, lines: number, amount: Decimal): Localized {
  const { currency } = context.tariff
  return {
    en: `Sum of ${lines} lines = ${shown(amount)} ${currency}`,
    es: `Suma de ${lines} líneas = ${shown(amount)} ${currency}`,
  }
}

/** This will write what a minimum or maximum compared, in both languages. */
export function boundReason(
  context: PartContext,
  kind: 'minimum' | 'maximum',
  bound: Decimal,
  base: Decimal,
  amount: Decimal,
): Localized {
  const { currency } = context.tariff
  const write = (name: string, less: string) =>
    `${name} ${shown(bound)} ${currency} ${less} ${shown(base)} ${currency} = ${shown(amount)} ${currency}`
  return kind === 'minimum'
    ? { en: write('Minimum', 'less'), es: write('Mínimo', 'menos') }
    : { en: write('Maximum', 'less'), es: write('Máximo', 'menos') }
}

/** This will write what became of a bank of credits: carried, earned, used and left, in both languages. */
export function bankReason(
  context: PartContext,
  { carried, earned, used, left }: Record<'carried' | 'earned' | 'used' | 'left', Decimal>,
): Localized {
  const { currency } = context.tariff
  const write = (words: string[]) =>
    [carried, earned, used, left]
      .map((value, index) => `${words[index]} ${shown(value)} ${currency}`)
      .join(', ')
  return {
    en: write(['Credit carried', 'earned', 'used', 'left']),
    es: write(['Crédito anterior', 'obtenido', 'usado', 'restante']),
  }
}

/** This will tell the epoch range of a span for lines that intervals feed. */
export function intervalsOf(context: PartContext, span: Span, tou?: string) {
  if (!context.trace || context.input.usage.kind !== 'interval') return {}
  const { fromSeconds, untilSeconds } = span.calendar
  return {
    intervals: { fromSeconds, toSeconds: untilSeconds, ...(tou === undefined ? {} : { tou }) },
  }
}
