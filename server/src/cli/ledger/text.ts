import type {
  AccountBalance,
  AccountingPeriod,
  AccountStatement,
  ChartAccount,
  GeneralLedger,
} from '../../domain/ledger/index.ts'
import { centsToDecimal, sumCents } from '../../platform/money.ts'

const AMOUNT_WIDTH = 16
const amount = (cents: number) => centsToDecimal(cents).padStart(AMOUNT_WIDTH)
const side = (cents: number) => (cents > 0 ? amount(cents) : ' '.repeat(AMOUNT_WIDTH))
const lines = (rows: readonly string[]) => rows.map((row) => `${row.trimEnd()}\n`).join('')

/** This will lay out the balance of every account that has moved, debit and credit in columns of their own. */
export function trialBalanceText(balances: readonly AccountBalance[]): string {
  const moved = balances.filter(({ debitCents, creditCents }) => debitCents !== 0 || creditCents !== 0)
  const debits = sumCents(moved.map(({ balanceCents }) => Math.max(balanceCents, 0)))
  const credits = sumCents(moved.map(({ balanceCents }) => Math.max(-balanceCents, 0)))
  const width = Math.max(5, ...moved.map(({ name }) => name.length))
  const row = (name: string, debit: string, credit: string) => `${name.padEnd(width)}${debit}${credit}`
  return lines([
    row('', 'debit'.padStart(AMOUNT_WIDTH), 'credit'.padStart(AMOUNT_WIDTH)),
    ...moved.map(({ name, balanceCents }) => row(name, side(balanceCents), side(-balanceCents))),
    row('Total', amount(debits), amount(credits)),
  ])
}

/** This will lay out one account's movements between its opening and its closing balance. */
export function statementText({
  account,
  openingCents,
  movements,
  closingCents,
}: Omit<AccountStatement, 'next'>): string {
  let balanceCents = openingCents
  return lines([
    `${account.name} (${account.code})`,
    `${'opening balance'.padEnd(60)}${amount(openingCents)}`,
    ...movements.map(({ accountingDate, customerId, entryId, reference, otherCode, amountCents }) => {
      balanceCents += amountCents
      const what = `${accountingDate}  ${customerId}-${entryId}  ${reference}  ${otherCode}`
      return `${what.padEnd(60)}${amount(amountCents)}${amount(balanceCents)}`
    }),
    `${'closing balance'.padEnd(60)}${amount(closingCents)}`,
  ])
}

/** This will list the chart of accounts, each with the numbers that other systems name it by. */
export function chartText(chart: readonly ChartAccount[]): string {
  return lines(
    chart.map(({ agencyId, generalLedgerId, accountNumber, code, name, kind, active }) => {
      const number = `${agencyId}-${generalLedgerId}-${accountNumber}`
      return `${number.padEnd(12)}${code.padEnd(28)}${kind.padEnd(10)} ${name}${active ? '' : ' (not active)'}`
    }),
  )
}

/** This will list the accounts of the other system, each with how it is written from which day on. */
export function generalLedgersText(ledgers: readonly GeneralLedger[]): string {
  return lines(
    ledgers.flatMap(({ agencyId, generalLedgerId, name, strings }) => [
      `${`${agencyId}-${generalLedgerId}`.padEnd(12)}${name}`,
      ...strings.map(({ from, accountString }) => `${' '.repeat(12)}${from}  ${accountString}`),
    ]),
  )
}

/** This will list the accounting periods; each ends before its second day. */
export function periodsText(periods: readonly AccountingPeriod[]): string {
  if (periods.length === 0)
    return 'No accounting periods are open; open a fiscal year with ledger open --year.\n'
  return lines(
    periods.map(
      ({ code, start, end, status, exported }) =>
        `${code}  ${start} to ${end}  ${status}${exported ? ', exported' : ''}`,
    ),
  )
}
