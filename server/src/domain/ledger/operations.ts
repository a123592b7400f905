import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { CHART, type LedgerAccount } from './chart.ts'
import { type EntryKind, mirror, type NewEntry } from './entry.ts'
import * as store from './store/entry.ts'

const CUSTOMERS_A_CLIENT = 100_000_000

/** This will give a client the chart of accounts. Again: nothing more happens. */
export async function openBooks(tx: Tx, clientId: number): Promise<void> {
  await store.insertAccounts(tx, clientId, CHART)
}

/** This will add the accounts that the client's chart does not have yet. */
export async function openAccounts(
  tx: Tx,
  clientId: number,
  accounts: readonly LedgerAccount[],
): Promise<void> {
  const known = await store.selectAccountCodes(tx, clientId)
  const missing = new Map(accounts.filter(({ code }) => !known.has(code)).map((a) => [a.code, a]))
  // In one order everywhere, so that two chunks that bring the same accounts cannot wait for each other.
  const ordered = [...missing.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  if (ordered.length > 0) await store.insertAccounts(tx, clientId, ordered)
}

/** This will close a period of the books: nothing is posted into it any more. */
export async function closePeriod(
  tx: Tx,
  input: { clientId: number; start: LocalDate; end: LocalDate },
): Promise<void> {
  if (input.start >= input.end) {
    throw new Refusal(
      'rule',
      'period_empty',
      `The period must end after it starts, not on ${input.end}; give the day after its last day.`,
    )
  }
  await store.upsertClosedPeriod(tx, input.clientId, input.start, input.end)
}

/**
 * This will post journal entries and return their ids, in the order given. The customers are locked by the caller.
 * Refuses: a day in a closed period. Posting the same kind and reference twice is a defect.
 */
export async function postEntries(tx: Tx, entries: readonly NewEntry[]): Promise<number[]> {
  if (entries.length === 0) return []
  await refuseClosedDays(tx, entries)
  const next = await store.nextEntryIds(
    tx,
    entries.map((entry) => entry.customerId),
  )
  const stored = entries.map((entry) => ({ ...entry, entryId: next(entry.customerId) }))
  await store.insertEntries(tx, stored)
  return stored.map((entry) => entry.entryId)
}

/** This will post the mirror of an entry and return its id. Refuses: an entry that was reversed before. */
export async function reverseEntry(
  tx: Tx,
  input: {
    customerId: number
    entryId: number
    kind: EntryKind
    effectiveDate: LocalDate
    accountingDate: LocalDate
    clearingEvent?: string
    now: Instant
  },
): Promise<number> {
  const { customerId, entryId, now, ...rest } = input
  const original = await store.selectEntryReference(tx, customerId, entryId)
  if (!original) throw new Error(`customer ${customerId} has no journal entry ${entryId}`)
  if (original.reversed) {
    throw new Refusal('conflict', 'entry_reversed', `${original.reference} was reversed already.`)
  }
  const postings = (await store.selectPostings(tx, customerId, entryId)).map(mirror)
  const entry: NewEntry = { ...rest, customerId, reference: original.reference, createdAt: now, postings }
  await refuseClosedDays(tx, [entry])
  const next = await store.nextEntryIds(tx, [customerId])
  const id = next(customerId)
  await store.insertEntries(tx, [{ ...entry, entryId: id, reversesEntryId: entryId }])
  return id
}

async function refuseClosedDays(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  const days = new Map(
    entries.map(({ customerId, accountingDate: day }) => {
      const clientId = Math.floor(customerId / CUSTOMERS_A_CLIENT)
      return [`${clientId} ${day}`, { clientId, day }]
    }),
  )
  const [closed] = await store.selectClosedDays(tx, [...days.values()])
  if (!closed) return
  throw new Refusal(
    'rule',
    'period_closed',
    `The books are closed for ${closed.day}; choose an accounting date in an open period.`,
  )
}
