import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays, type LocalDate } from '../../platform/time.ts'
import type { ChartAccount, GeneralLedger } from './chart.ts'
import type { AccountingPeriod } from './period.ts'
import * as accounts from './store/account.ts'
import * as balances from './store/balance.ts'
import { selectPeriods } from './store/period.ts'

/** This will list a client's ledger accounts, in the order of agency, general ledger and number. */
export function chartOfAccounts(tx: Tx, clientId: number): Promise<ChartAccount[]> {
  return accounts.selectChart(tx, clientId)
}

/** Ways to name a ledger account: our code, its name, or the three numbers of another system. */
export type LedgerAccountName =
  | { code: string }
  | { name: string }
  | { agencyId: number; generalLedgerId: number; accountNumber: number }

/** This will find a ledger account, active or not. Refuses `ledger_account_unknown`. */
export async function findLedgerAccount(
  tx: Tx,
  clientId: number,
  by: LedgerAccountName,
): Promise<ChartAccount> {
  const chart = await accounts.selectChart(tx, clientId, 'code' in by ? by.code : undefined)
  const found = chart.find((account) =>
    Object.entries(by).every(([field, value]) => account[field as keyof ChartAccount] === value),
  )
  if (found) return found
  const name = Object.values(by).join('-')
  const message = `There is no ledger account ${name}; the chart of accounts lists those there are.`
  throw new Refusal('not_found', 'ledger_account_unknown', message)
}

/** This will list the governing agencies of a client. */
export function governingAgencies(tx: Tx, clientId: number): Promise<{ agencyId: number; name: string }[]> {
  return accounts.selectAgencies(tx, clientId)
}

/** This will list the general ledgers of a client with their account strings. */
export function generalLedgers(tx: Tx, clientId: number): Promise<GeneralLedger[]> {
  return accounts.selectGeneralLedgers(tx, clientId)
}

/** This will list the accounting periods of a client, the earliest first. */
export function accountingPeriods(tx: Tx, clientId: number): Promise<AccountingPeriod[]> {
  return selectPeriods(tx, clientId)
}

/** This will sum every account of a client's books, up to and with an accounting day when one is given. */
export function trialBalance(tx: Tx, clientId: number, asOf?: LocalDate): Promise<balances.AccountBalance[]> {
  return balances.selectTrialBalance(tx, clientId, asOf)
}

/**
 * This will tell what each agreement of a customer owes and is asked for, from the postings alone; with a day, as it
 * stood for the customer at the end of that day.
 */
export function receivableBalance(
  tx: Tx,
  customerId: number,
  asOf?: LocalDate,
): Promise<balances.ReceivableBalance[]> {
  return balances.selectReceivable(tx, customerId, asOf)
}

export interface AccountStatement {
  account: ChartAccount
  /** Before the first movement of the page; debit above zero. */
  openingCents: number
  movements: balances.Movement[]
  /** After the last movement of the page. */
  closingCents: number
  /** Where the next page begins; absent on the last one. */
  next?: balances.MovementKey
}

const PAGE = 1_000

/** This will state one ledger account from a day to before another: opening balance, movements, closing balance, by pages. */
export async function accountStatement(
  tx: Tx,
  input: {
    clientId: number
    code: string
    from: LocalDate
    to: LocalDate
    after?: balances.MovementKey
    limit?: number
  },
): Promise<AccountStatement> {
  const { clientId, code, from, to, limit = PAGE } = input
  const account = await findLedgerAccount(tx, clientId, { code })
  const after = input.after ?? { accountingDate: from, customerId: 0, entryId: 0, lineNumber: 0 }
  const before = await trialBalance(tx, clientId, addDays(after.accountingDate, -1))
  const sameDay = input.after ? await balances.selectMovedWithin(tx, { clientId, code, until: after }) : 0
  const openingCents = (before.find((one) => one.code === code)?.balanceCents ?? 0) + sameDay
  const read = await balances.selectMovements(tx, { clientId, code, after, to, limit: limit + 1 })
  const movements = read.slice(0, limit)
  const closingCents = movements.reduce((sum, { amountCents }) => sum + amountCents, openingCents)
  const last = movements.at(-1)
  const statement = { account, openingCents, movements, closingCents }
  return read.length > limit && last ? { ...statement, next: keyOf(last) } : statement
}

function keyOf({ accountingDate, customerId, entryId, lineNumber }: balances.Movement): balances.MovementKey {
  return { accountingDate, customerId, entryId, lineNumber }
}
