import type { RatedCharge, RatedLine } from '../../domain/rating/index.ts'
import { type Decimal, decimalText, round } from '../../platform/decimal.ts'
import { centsToDecimal } from '../../platform/money.ts'

export interface PricedBill {
  start: string
  end: string
  charge: RatedCharge
}

const SHOWN_PLACES = 6

/** This will lay bills out for people: lines in columns, each with its reason when asked for. */
export function billsText(bills: readonly PricedBill[], currency: string, explain: boolean): string {
  const rows = bills.flatMap(({ start, end, charge }) => [
    `${start} to ${end}`,
    ...charge.lines.filter((line) => !line.memo).flatMap((line) => lineText(line, explain)),
    ...charge.warnings.map((warning) => `  ! ${warning.en}`),
    `  ${'Total'.padEnd(58)}${centsToDecimal(charge.amountCents).padStart(14)} ${currency}`,
    '',
  ])
  return rows.join('\n')
}

function lineText(line: RatedLine, explain: boolean): string[] {
  const { quantity, price, band } = line
  const name = [line.text.en, quantity?.tou && `(${quantity.tou})`, band && `step ${band.number}`]
  const terms = [quantity && `${shown(quantity)} ${quantity.unit}`, price && `at ${price.value}`]
  const left = name.filter(Boolean).join(' ')
  const right = terms.filter(Boolean).join(' ')
  const row = `  ${left.padEnd(28)}${right.padStart(30)}${centsToDecimal(line.amountCents).padStart(14)}`
  return explain && line.reason ? [row, `      ${line.reason.en}`] : [row]
}

function shown(value: Decimal): string {
  return decimalText(round(value, SHOWN_PLACES))
}

/** This will write a bill as plain JSON: decimals as text, amounts in minor units. */
export function billJson({ start, end, charge }: PricedBill, explain: boolean) {
  return {
    start,
    end,
    amountCents: charge.amountCents,
    lines: charge.lines.map(({ amountUnrounded, quantity, base, reason, intervals, ...line }) => ({
      ...line,
      ...(quantity ? { quantity: measureJson(quantity) } : {}),
      ...(base ? { base: { amount: decimalText(base.amount), lines: base.lines } } : {}),
      amountUnrounded: decimalText(amountUnrounded),
      ...(explain ? { reason, intervals } : {}),
    })),
    quantities: charge.quantities.map(({ initial, billable, ...row }) => ({
      ...row,
      initial: decimalText(initial),
      billable: decimalText(billable),
    })),
    parts: charge.parts,
    quality: charge.quality,
    warnings: charge.warnings,
  }
}

function measureJson({ unit, tou, ...value }: NonNullable<RatedLine['quantity']>) {
  return { value: decimalText(value), unit, ...(tou === undefined ? {} : { tou }) }
}
