import { compare, type Decimal, decimal, decimalText, isZero, round, ZERO } from '../../platform/decimal.ts'
import { centsToDecimal } from '../../platform/money.ts'
import type { CalcRule } from '../tariffs/index.ts'
import type { LineQuantity, Localized, RatedLine } from './charge.ts'

/** What the sentence of a line is made of. */
export type SpokenLine = Pick<
  RatedLine,
  | 'kind'
  | 'price'
  | 'band'
  | 'base'
  | 'exempt'
  | 'bound'
  | 'bank'
  | 'proration'
  | 'amountUnrounded'
  | 'amountCents'
  | 'memo'
> & {
  /** `inexact`: it had more digits when it was priced. */
  quantity?: LineQuantity & { inexact?: true }
}

interface Currency {
  currency: string
  currencyExponent: number
}

/** This will give the text that a bill prints for a line of a rule: of an item, that of its row of the table. */
export function lineText(rule: CalcRule, unit: string | undefined): Localized {
  const row = rule.kind === 'item' ? rule.table.find(({ item }) => item === unit) : undefined
  const { en, es = en } = row?.text ?? rule.text
  return { en, es }
}

/**
 * This will write the formula of a line in numbers, one sentence in both languages, and end it with the rounded amount
 * where rounding changed it: `120.5 kWh (peak, block 2 up to 500) x 0.12 USD x 12/31 days = 5.597419 USD`.
 */
export function reasonOf(money: Currency, rule: CalcRule, line: SpokenLine): Localized {
  const { currency, currencyExponent: scale } = money
  const { amountUnrounded: exact, amountCents, memo } = line
  const isExact = memo || compare(exact, { units: BigInt(amountCents), scale }) === 0
  const ending = isExact ? '' : ` ≈ ${centsToDecimal(amountCents, scale)} ${currency}`
  const write = (words: Words) => sentence(currency, rule, line, words) + ending
  return { en: write(ENGLISH), es: write(SPANISH) }
}

const ENGLISH = {
  block: 'block',
  upTo: 'up to',
  days: 'days',
  of: 'of',
  exempt: 'less an exemption of',
  sumOf: 'Sum of',
  lines: 'lines',
  minimum: 'Minimum',
  maximum: 'Maximum',
  less: 'less',
  bank: { carried: 'Credit carried', earned: 'earned', used: 'used', left: 'left' },
}

type Words = typeof ENGLISH

const SPANISH: Words = {
  block: 'bloque',
  upTo: 'hasta',
  days: 'días',
  of: 'de',
  exempt: 'menos una exención del',
  sumOf: 'Suma de',
  lines: 'líneas',
  minimum: 'Mínimo',
  maximum: 'Máximo',
  less: 'menos',
  bank: { carried: 'Crédito anterior', earned: 'obtenido', used: 'usado', left: 'restante' },
}

function sentence(currency: string, rule: CalcRule, line: SpokenLine, words: Words): string {
  const money = (value: Decimal) => `${shown(value)} ${currency}`
  const { kind, base, bank, bound = ZERO, exempt = ZERO, amountUnrounded: amount } = line
  const of = base?.amount ?? ZERO
  switch (kind) {
    case 'apply_to': {
      const less = isZero(exempt) ? '' : `, ${words.exempt} ${shown(exempt)} %`
      return `${shown(decimal(line.price?.value ?? '0'))} % ${words.of} ${money(of)}${less} = ${money(amount)}`
    }
    case 'summary':
      return `${words.sumOf} ${base?.lines.length ?? 0} ${words.lines} = ${money(amount)}`
    case 'minimum':
    case 'maximum':
      return `${words[kind]} ${money(bound)} ${words.less} ${money(of)} = ${money(amount)}`
    case 'credit_bank':
      return BANK.map((part) => `${words.bank[part]} ${money(bank?.[part] ?? ZERO)}`).join(', ')
    default:
      return `${product(currency, rule, line, words)} = ${money(amount)}`
  }
}

const BANK = ['carried', 'earned', 'used', 'left'] as const

function product(currency: string, rule: CalcRule, line: SpokenLine, words: Words): string {
  const { quantity, price, proration } = line
  const sign = 'credit' in rule && rule.credit ? '-' : ''
  const factors = [
    quantity && quantityText(quantity, line.band, words),
    // A price curve has no single price.
    price ? `${sign}${price.value} ${currency}` : `∑ ${currency}`,
    proration && `${proration.days}/${proration.ofDays} ${words.days}`,
  ]
  return factors.filter(Boolean).join(' × ')
}

function quantityText(
  quantity: NonNullable<SpokenLine['quantity']>,
  band: SpokenLine['band'],
  words: Words,
): string {
  const { unit, tou, inexact } = quantity
  const block = band && `${words.block} ${band.number}${band.upTo ? ` ${words.upTo} ${band.upTo}` : ''}`
  const detail = [tou, block].filter(Boolean).join(', ')
  return `${inexact ? '~' : ''}${shown(quantity)}${unit ? ` ${unit}` : ''}${detail ? ` (${detail})` : ''}`
}

const PLACES = 6

/** Numbers in reasons: at most six places, never rounded silently. */
function shown(value: Decimal): string {
  const short = round(value, PLACES)
  const text = decimalText(short)
  return decimalText(value) === text ? text : `~${text}`
}
