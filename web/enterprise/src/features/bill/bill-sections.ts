import { decimalToCents } from '@billwright/kit'
import type { BillDetail, BillLine } from '../../api/client.gen.ts'

export type SectionCode = BillLine['sectionCode']
export const SECTIONS: readonly SectionCode[] = ['supply', 'delivery', 'tax', 'other']

export interface Section {
  code: SectionCode
  lines: readonly BillLine[]
  cents: number
}

/** This will group lines by section in the order of the printed bill; sections without lines are left out. */
export function sectionsOf(lines: readonly BillLine[]): Section[] {
  return SECTIONS.map((code) => {
    const own = lines.filter((line) => line.sectionCode === code)
    return { code, lines: own, cents: centsOf(own) }
  }).filter((section) => section.lines.length > 0)
}

/** This will add the amounts of lines, in cents. */
export function centsOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, line) => sum + decimalToCents(line.amount), 0)
}

/** This will give every line of a bill. */
export function linesOf(bill: BillDetail): BillLine[] {
  return bill.charges.flatMap((charge) => charge.lines)
}
