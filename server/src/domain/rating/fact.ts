import { type Decimal, parseDecimal } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { PartContext } from './span.ts'

/** This will read a fact of the agreement as a number. */
export function factNumber(context: PartContext, name: string, otherwise?: string): Decimal {
  const text = context.input.facts?.values?.[name] ?? otherwise
  const value = text === undefined ? undefined : parseDecimal(text)
  if (value) return value
  throw new Refusal(
    'rule',
    'fact_missing',
    `Tariff ${context.tariff.tariffCode} needs the number "${name}" of the agreement, which is ${text === undefined ? 'not set' : `"${text}"`}: set it and price again.`,
  )
}
