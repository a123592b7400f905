import { Refusal } from '../../platform/errors.ts'

/** Every record has so many characters. */
export const RECORD = 94
/** Records come in blocks; the last is filled with lines of nines. */
export const BLOCK = 10

/** One record of a file, read by the positions that the format counts from 1, both ends included. */
export class Record94 {
  readonly lineNumber: number
  private readonly line: string
  constructor(line: string, lineNumber: number) {
    this.line = line
    this.lineNumber = lineNumber
  }

  get kind(): string {
    return this.line.slice(0, 1)
  }

  text(from: number, through: number): string {
    return this.line.slice(from - 1, through).trim()
  }

  number(from: number, through: number): number {
    const digits = this.line.slice(from - 1, through)
    if (!/^\d+$/.test(digits))
      throw nachaMalformed(this.lineNumber, `positions ${from} to ${through} are "${digits}", not a number`)
    return Number(digits)
  }

  /** YYMMDD as YYYY-MM-DD; empty stays empty. */
  date(from: number, through: number): string {
    const digits = this.text(from, through)
    if (digits === '') return ''
    if (!/^\d{6}$/.test(digits))
      throw nachaMalformed(this.lineNumber, `positions ${from} to ${through} are "${digits}", not a date`)
    return `20${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}`
  }
}

/** This will say where a file breaks the format. */
export function nachaMalformed(lineNumber: number, why: string): Refusal {
  return new Refusal(
    'malformed',
    'nacha_malformed',
    `The NACHA file cannot be read: line ${lineNumber}: ${why}.`,
    [{ pointer: `line ${lineNumber}`, message: why }],
  )
}

/** This will write text to the left of a field, without what the format does not carry. */
export function alpha(text: string, width: number): string {
  return text
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .slice(0, width)
    .padEnd(width)
}

/** This will write a number to the right of a field. A number that does not fit is a defect. */
export function numeric(value: number | string, width: number): string {
  const digits = String(value)
  if (!/^\d*$/.test(digits) || digits.length > width)
    throw new Error(`${digits} does not fit ${width} digits`)
  return digits.padStart(width, '0')
}

/** This will write a day as YYMMDD; nothing is blank. */
export function shortDate(day: string): string {
  return day === '' ? ' '.repeat(6) : day.slice(2).replaceAll('-', '')
}
