import { type Cents, sumCents } from '../../platform/money.ts'
import { daysBetween, type LocalDate } from '../../platform/time.ts'

export type DocumentLanguage = 'en' | 'es'
export type LineSection = 'supply' | 'delivery' | 'tax' | 'other'

/** Half-open `[start, end)`; the document prints the last day, not the day after it. */
export interface DocumentPeriod {
  start: LocalDate
  end: LocalDate
}

/**
 * Everything that a bill says, as data. Names, addresses, titles and messages are free text in the language of the
 * document and never markup; labels, dates and money are worded by the renderer. Quantities are decimal strings.
 */
export interface BillDocument {
  language: DocumentLanguage
  company: DocumentCompany
  bill: DocumentBill
  balance: DocumentBalance
  charges: DocumentCharge[]
  comparison?: DocumentComparison
  /** One sentence on why the amount differs from the last bill. */
  explanation?: string
  messages: { title: string; body: string }[]
  /** This bill takes the place of an earlier one. */
  corrects?: { billNumber: string; issuedOn: LocalDate; reason?: string }
  remittance: { scanLine: string }
}

export interface DocumentCompany {
  name: string
  addressLines: string[]
  phone: string
  website: string
  /** Where cheques go. */
  remitLines: string[]
  /** ISO 4217; only USD is worded today. */
  currency: 'USD'
}

export interface DocumentBill {
  number: string
  issuedOn: LocalDate
  dueOn: LocalDate
  accountNumber: string
  customerName: string
  mailingLines: string[]
  serviceLines: string[]
  period: DocumentPeriod
}

export interface DocumentEntry {
  date: LocalDate
  text: string
  amountCents: Cents
  /** This bill itself asks for it, or leaves it for later, beside its new charges: a budget, an instalment, a deposit. */
  ask?: true
}

/** `amountDueCents` is exactly previous + activity + current; negative is a credit balance. */
export interface DocumentBalance {
  previousCents: Cents
  /** Payments and credits since the last bill (negative), fees and other debits (positive). */
  activity: DocumentEntry[]
  currentCents: Cents
  amountDueCents: Cents
  /** `method` is masked text such as `checking account ending 4417`. */
  autopay?: { date: LocalDate; method: string }
}

/** One agreement's charge for one period. */
export interface DocumentCharge {
  title: string
  /** Given when it differs from the bill's service address. */
  serviceLines?: string[]
  meterBadge?: string
  period: DocumentPeriod
  /** One for each plan version and sub-period; an ordinary charge has one. */
  parts: DocumentPart[]
  totalCents: Cents
  /** Some of the billed usage was estimated: the bill carries the notice. */
  estimated: boolean
  readings?: DocumentReading[]
  usage?: DocumentUsage
}

export interface DocumentPart {
  planName: string
  period: DocumentPeriod
  lines: DocumentLine[]
}

/** `detail` is the formula with its numbers: `412.6 kWh × $0.11840`. */
export interface DocumentLine {
  text: string
  detail?: string
  amountCents: Cents
  section: LineSection
}

/** `difference` x `multiplier` is the used quantity in `unit`. Interval channels may leave the dials out. */
export interface DocumentReading {
  channel: string
  previous?: string
  current?: string
  difference?: string
  multiplier?: string
  used: string
  unit: string
  estimated: boolean
}

/** A bar a month (12 or 13, so that the same month of last year stands first) or a bar a day of this period. */
export interface DocumentUsage {
  unit: string
  every: 'month' | 'day'
  /** `date` is any day of the month, or the day; undefined `value` is a gap, not zero. */
  bars: { date: LocalDate; value?: string; estimated: boolean }[]
}

export interface DocumentComparison {
  unit: string
  thisPeriod: ComparedPeriod
  lastPeriod?: ComparedPeriod
  lastYear?: ComparedPeriod
}

/** `usagePerDay` is a decimal in the comparison's unit. */
export interface ComparedPeriod {
  period: DocumentPeriod
  usagePerDay: string
  costPerDayCents: Cents
}

/** This will throw when the figures of a document contradict each other: such a bill must never be printed. */
export function checkBillDocument(document: BillDocument): void {
  const { balance, bill } = document
  for (const charge of document.charges) {
    const lines = sumCents(charge.parts.flatMap((part) => part.lines.map((line) => line.amountCents)))
    expectEqual(lines, charge.totalCents, `lines of "${charge.title}"`, bill.number)
    for (const part of charge.parts) expectDays(part.period, bill.number)
    expectDays(charge.period, bill.number)
  }
  expectDays(bill.period, bill.number)
  const charges = sumCents(document.charges.map((charge) => charge.totalCents))
  expectEqual(charges, balance.currentCents, 'charges', bill.number)
  const activity = balance.activity.map((entry) => entry.amountCents)
  const due = sumCents([balance.previousCents, ...activity, balance.currentCents])
  expectEqual(due, balance.amountDueCents, 'balance, activity and current charges', bill.number)
}

function expectEqual(sum: Cents, stated: Cents, what: string, billNumber: string): void {
  if (sum !== stated)
    throw new Error(`bill ${billNumber}: ${what} sum to ${sum} cents, the document states ${stated}`)
}

function expectDays(period: DocumentPeriod, billNumber: string): void {
  if (daysBetween(period.start, period.end) < 1)
    throw new Error(`bill ${billNumber}: period ${period.start} to ${period.end} has no day`)
}
