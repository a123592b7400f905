import { csvLine } from '../../../formats/csv/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import { addDays, type LocalDate, startOfDaySeconds } from '../../../platform/time.ts'
import { clientOf, customerIdOf } from '../../customers/index.ts'
import { getClient } from '../../identity/index.ts'
import { controlAccount } from '../../ledger/index.ts'
import { type AgedSum, type AgedWhose, selectAged } from '../store/aging.ts'

/** What is asked for under one debt class and control account, by how long it is overdue. */
export interface AgedDebt {
  /** Null: of all accounts together. */
  customerId: number | null
  accountNumber: number | null
  debtClass: string
  /** The ledger account whose balance these rows sum to. */
  controlCode: string
  /** Not overdue, then one for each bucket, the youngest first. */
  overdueCents: Cents[]
  /** Not above zero: what the company owes, not used yet. */
  creditCents: Cents
  totalCents: Cents
}

export interface Aging {
  asOf: LocalDate
  /** `current`, `1-30`, `31-60`, ..., `91+` */
  buckets: string[]
  rows: AgedDebt[]
}

export type AgingScope =
  | { clientId: number; byAccount?: boolean }
  | { customerId: number; accountNumber?: number; agreementId?: number }

const LAST_NUMBER = 99_999_999

/**
 * This will tell how old the debt is that was asked for at the end of a day, by due date and debt class, as the books
 * stood then: an entry counts by its accounting date, a settlement by the day on which it was made. The rows of a
 * control account sum to its balance of that day. `days` ends each bucket but the last: 30, 60, 90 when absent.
 */
export async function aging(
  tx: Tx,
  scope: AgingScope,
  input: { asOf: LocalDate; days?: readonly number[] },
): Promise<Aging> {
  const { asOf, days = [30, 60, 90] } = input
  if (days.some((day, index) => !Number.isInteger(day) || day <= (days[index - 1] ?? 0)))
    throw new Refusal(
      'malformed',
      'buckets_malformed',
      'Buckets are whole numbers of days that rise: 30, 60, 90.',
    )
  const clientId = 'clientId' in scope ? scope.clientId : clientOf(scope.customerId)
  const { timeZone } = await getClient(tx, clientId)
  const sums = await selectAged(tx, whoseOf(scope), {
    asOf,
    cutoffSeconds: startOfDaySeconds(addDays(asOf, 1), timeZone),
    days,
    byAccount: 'customerId' in scope || scope.byAccount === true,
  })
  return { asOf, buckets: bucketNames(days), rows: rowsOf(sums, days.length + 2) }
}

function whoseOf(scope: AgingScope): AgedWhose {
  if ('clientId' in scope) {
    const firstCustomerId = customerIdOf(scope.clientId, 0)
    return { firstCustomerId, lastCustomerId: firstCustomerId + LAST_NUMBER }
  }
  const { customerId, accountNumber, agreementId } = scope
  return {
    firstCustomerId: customerId,
    lastCustomerId: customerId,
    ...(accountNumber !== undefined && { accountNumber }),
    ...(agreementId !== undefined && { agreementId }),
  }
}

function bucketNames(days: readonly number[]): string[] {
  const ends = days.map((day, index) => `${(days[index - 1] ?? 0) + 1}-${day}`)
  return ['current', ...ends, `${(days.at(-1) ?? 0) + 1}+`]
}

function rowsOf(sums: readonly AgedSum[], count: number): AgedDebt[] {
  const rows = new Map<string, AgedDebt>()
  for (const { customerId, accountNumber, agreementKind, debtClass, bucket, amountCents } of sums) {
    const controlCode = controlAccount(agreementKind)
    const key = `${customerId}-${accountNumber}-${controlCode}-${debtClass}`
    const row = rows.get(key) ?? {
      customerId,
      accountNumber,
      debtClass,
      controlCode,
      overdueCents: new Array<Cents>(count).fill(0),
      creditCents: 0,
      totalCents: 0,
    }
    rows.set(key, row)
    row.totalCents += amountCents
    if (bucket === null) row.creditCents += amountCents
    else row.overdueCents[bucket] = (row.overdueCents[bucket] ?? 0) + amountCents
  }
  return [...rows.values()]
}

/** This will write an aging as CSV: a head line, then one line a row with amounts as decimals. */
export function agingCsv({ asOf, buckets, rows }: Aging): string {
  const head = [
    'as_of',
    'customer_id',
    'account',
    'debt_class',
    'control_account',
    ...buckets,
    'credits',
    'total',
  ]
  const lines = rows.map((row) => [
    asOf,
    row.customerId,
    row.accountNumber,
    row.debtClass,
    row.controlCode,
    ...[...row.overdueCents, row.creditCents, row.totalCents].map((cents) => centsToDecimal(cents)),
  ])
  return [head, ...lines].map(csvLine).join('')
}
