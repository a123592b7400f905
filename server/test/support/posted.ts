import { type NewEntry, postEntries } from '../../src/domain/ledger/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import type { LocalDate } from '../../src/platform/time.ts'
import { NOW } from './billed-town.ts'

let numbered = 0

/** This will move an amount between two accounts of the books on a day, and answer the entry's id. */
export async function post(
  tx: Tx,
  customerId: number,
  day: LocalDate,
  [debitCode, creditCode, amountCents]: [debit: string, credit: string, cents: number],
  more: Partial<NewEntry> = {},
): Promise<number> {
  const reference = `test:${++numbered}`
  const postings = [{ debitCode, creditCode, amountCents }]
  const dates = { effectiveDate: day, accountingDate: day, createdAt: NOW }
  const entry = { customerId, kind: 'transfer' as const, reference, ...dates, postings, ...more }
  const [entryId] = await postEntries(tx, [entry])
  return entryId ?? 0
}
