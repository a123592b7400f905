import { type Cents, centsToDecimal } from '../../platform/money.ts'
import { addDays, daysBetween, type LocalDate } from '../../platform/time.ts'
import type { DocumentLanguage, DocumentPeriod } from './bill-document.ts'
import { catalogueOf, fill, MONTHS } from './messages.ts'

/** This will write dollars as US readers of either language expect them: `$1,234.56`, `-$12.40`. */
export function wordMoney(amount: Cents): string {
  const decimal = wordDecimal(centsToDecimal(Math.abs(amount)))
  return amount < 0 ? `-$${decimal}` : `$${decimal}`
}

/** This will group the whole digits of a plain decimal: `-1234.50` -> `-1,234.50`. */
export function wordDecimal(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}

/** This will write a calendar day: `Mar 4, 2026` or `4 mar 2026`. */
export function wordDate(date: LocalDate, language: DocumentLanguage): string {
  const [year, month, day] = dateParts(date)
  const name = MONTHS[language][month - 1]
  return language === 'es' ? `${day} ${name} ${year}` : `${name} ${day}, ${year}`
}

/** This will write the last day of a half-open period. */
export function wordLastDay(period: DocumentPeriod, language: DocumentLanguage): string {
  return wordDate(addDays(period.end, -1), language)
}

/** This will write a period with its inclusive last day and its length: `Feb 3, 2026 to Mar 4, 2026 (30 days)`. */
export function wordPeriod(period: DocumentPeriod, language: DocumentLanguage): string {
  return fill(catalogueOf(language).periodWithDays, {
    start: wordDate(period.start, language),
    end: wordLastDay(period, language),
    days: wordDays(daysBetween(period.start, period.end), language),
  })
}

function wordDays(count: number, language: DocumentLanguage): string {
  const texts = catalogueOf(language)
  return count === 1 ? texts.oneDay : fill(texts.manyDays, { count: String(count) })
}

/** This will name the month of a day: `Mar`, `mar`. */
export function wordMonth(date: LocalDate, language: DocumentLanguage): string {
  return MONTHS[language][dateParts(date)[1] - 1] ?? ''
}

/** This will split a calendar day into year, month and day. */
export function dateParts(date: LocalDate): [year: number, month: number, day: number] {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) throw new Error(`not a calendar day: ${date}`)
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}
