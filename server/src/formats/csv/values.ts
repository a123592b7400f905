import { Refusal } from '../../platform/errors.ts'

/** How a file marks the fraction of a number. */
export type DecimalMark = '.' | ','

/** Collects the numbers of one series exactly, whatever their number of decimals. */
export class ValueColumnReader {
  private readonly texts: string[] = []
  private scale = 0

  /** This will take a number; false when the text is none, or has thousands separators. */
  push(text: string, mark: DecimalMark): boolean {
    const plain = mark === ',' ? text.replace(',', '.') : text
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return false
    const point = plain.indexOf('.')
    if (point >= 0 && plain.length - point - 1 > this.scale) this.scale = plain.length - point - 1
    this.texts.push(plain)
    return true
  }

  /**
   * This will give the numbers as integers x 10^scale, with the largest scale at which all are safe integers; `rounded`
   * counts those that lost digits to that, rounded half away from zero.
   */
  finish(): { values: number[]; scale: number; rounded: number } {
    for (let scale = this.scale; scale >= 0; scale--) {
      const scaled = scaledTo(this.texts, scale)
      if (scaled) return { ...scaled, scale }
    }
    throw new Refusal(
      'rule',
      'csv_value_too_large',
      'A value of the file has more than 15 digits before its point.',
    )
  }
}

function scaledTo(
  texts: readonly string[],
  scale: number,
): { values: number[]; rounded: number } | undefined {
  const values: number[] = []
  let rounded = 0
  for (const text of texts) {
    const point = text.indexOf('.')
    const whole = point < 0 ? text : text.slice(0, point)
    const fraction = point < 0 ? '' : text.slice(point + 1)
    const dropped = fraction.slice(scale)
    const digits = whole + fraction.slice(0, scale).padEnd(scale, '0')
    let value = /\d/.test(digits) ? Number(digits) : 0
    if (/[1-9]/.test(dropped)) {
      rounded++
      if (dropped >= '5') value += text.startsWith('-') ? -1 : 1
    }
    if (!Number.isSafeInteger(value)) return undefined
    values.push(value === 0 ? 0 : value)
  }
  return { values, rounded }
}
