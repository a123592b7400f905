import { type Decimal, decimal, decimalText, round, subtract } from '../../platform/decimal.ts'
import { type ExactJson, isNumber } from './exact-json.ts'
import { Unsupported } from './unsupported.ts'

/** One case and how far the worst of its numbers is from what the case expects. */
export interface CaseResult {
  id: string
  passed: boolean
  compared: number
  largest: string
  /** Which number differs most, or why the case could not be priced. */
  detail: string
}

const DEFAULT_TOLERANCE = '0.005'
const SHOWN_PLACES = 8

/** The numbers of a case, each with its own allowance. */
export class Comparison {
  private readonly tolerance: Decimal
  private compared = 0
  private failures = 0
  private largest: Decimal = decimal('0')
  private detail = ''

  constructor(tolerance = DEFAULT_TOLERANCE) {
    this.tolerance = decimal(tolerance)
  }

  /** Compares one number; a missing one counts as different. */
  number(path: string, expected: string, actual: Decimal | undefined): void {
    this.compared++
    if (actual === undefined) {
      this.fail(`${path}: expected ${expected}, got nothing`)
      return
    }
    const difference = subtract(actual, decimal(expected))
    const size = difference.units < 0n ? { ...difference, units: -difference.units } : difference
    const isOff = subtract(size, this.tolerance).units > 0n
    const said = `${path}: expected ${expected}, got ${decimalText(round(actual, SHOWN_PLACES))}`
    if (isOff) this.fail(said)
    if (subtract(size, this.largest).units <= 0n) return
    this.largest = size
    if (this.failures === 0 || isOff) this.detail = said
  }

  /** Compares what a case expects, which must be a number. */
  value(path: string, expected: ExactJson | undefined, actual: Decimal | undefined): void {
    if (isNumber(expected)) this.number(path, expected, actual)
    else throw new Unsupported(`no rule compares what is expected of ${path}`)
  }

  /** Compares a text that is not a number. */
  text(path: string, expected: string, actual: string): void {
    this.compared++
    if (expected !== actual) this.fail(`${path}: expected "${expected}", got "${actual}"`)
  }

  private fail(said: string): void {
    if (this.failures === 0) this.detail = said
    this.failures++
  }

  result(id: string): CaseResult {
    const nothing = this.compared === 0
    return {
      id,
      passed: this.failures === 0 && !nothing,
      compared: this.compared,
      largest: decimalText(round(this.largest, SHOWN_PLACES)),
      detail: nothing ? 'the case expects nothing that can be compared' : this.detail,
    }
  }
}
