import { csvLine } from '../../formats/csv/index.ts'
import { type Cents, centsToDecimal } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'

/** A numbered set of journal entries for another system, never changed. Its debits and its credits are one amount. */
export interface ExportBatch {
  batchNumber: number
  throughDate: LocalDate
  entries: number
  amountCents: Cents
  createdAt: Instant
}

/** What a batch moved on one account of the other system on a day. */
export interface ExportLine {
  accountingDate: LocalDate
  accountString: string
  debitCents: Cents
  creditCents: Cents
}

/** One posting of a batch, with both of its accounts as the other system writes them. */
export interface ExportPosting {
  accountingDate: LocalDate
  effectiveDate: LocalDate
  customerId: number
  entryId: number
  lineNumber: number
  kind: string
  reference: string
  agreementId: number | null
  debitCode: string
  debitString: string
  creditCode: string
  creditString: string
  amountCents: Cents
}

/** The currency of the books. */
export interface BooksCurrency {
  currency: string
  currencyExponent: number
}

export const SUMMARY_HEADER = csvLine(['batch', 'accounting_date', 'account', 'currency', 'debit', 'credit'])

export const DETAIL_HEADER = csvLine([
  'batch', 'accounting_date', 'account', 'currency', 'debit', 'credit', 'ledger_account', 'customer', 'entry', 'line',
  'kind', 'reference', 'effective_date', 'agreement',
]) // biome-ignore format: a list

/** This will write what a batch moved on an account and day: a line of the debits, a line of the credits. */
export function summaryRows(
  batchNumber: number,
  { currency, currencyExponent }: BooksCurrency,
  { accountingDate, accountString, debitCents, creditCents }: ExportLine,
): string {
  const amount = (cents: Cents) => centsToDecimal(cents, currencyExponent)
  const start = [batchNumber, accountingDate, accountString, currency]
  const debit = debitCents > 0 ? csvLine([...start, amount(debitCents), '']) : ''
  const credit = creditCents > 0 ? csvLine([...start, '', amount(creditCents)]) : ''
  return debit + credit
}

/** This will write one posting of a batch: its debit line and its credit line. */
export function detailRows(
  batchNumber: number,
  { currency, currencyExponent }: BooksCurrency,
  posting: ExportPosting,
): string {
  const amount = centsToDecimal(posting.amountCents, currencyExponent)
  const { customerId, entryId, lineNumber, kind, reference, effectiveDate, agreementId } = posting
  const what = [customerId, entryId, lineNumber, kind, reference, effectiveDate, agreementId]
  const row = (accountString: string, code: string, debit: string, credit: string) =>
    csvLine([batchNumber, posting.accountingDate, accountString, currency, debit, credit, code, ...what])
  return (
    row(posting.debitString, posting.debitCode, amount, '') +
    row(posting.creditString, posting.creditCode, '', amount)
  )
}
