import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type EntryKind, mirror, type NewEntry } from './entry.ts'
import * as store from './store/entry.ts'

const CUSTOMERS_A_CLIENT = 100_000_000

/**
 * This will post journal entries and return their ids, in the order given. The customers are locked by the caller.
 * Refuses: a day in a closed period, an account that takes no postings. Posting the same kind and reference twice is a defect.
 */
export async function postEntries(tx: Tx, entries: readonly NewEntry[]): Promise<number[]> {
  if (entries.length === 0) return []
  await requirePostable(tx, entries)
  const next = await store.nextEntryIds(
    tx,
    entries.map((entry) => entry.customerId),
  )
  const stored = entries.map((entry) => ({ ...entry, entryId: next(entry.customerId) }))
  await store.insertEntries(tx, stored)
  return stored.map((entry) => entry.entryId)
}

/**
 * This will post the mirror of an entry and return its id. Refuses: an entry that was reversed before, a day of the books
 * before the entry's own.
 */
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
  await requirePostable(tx, [entry])
  if (input.accountingDate < original.accountingDate) {
    const message = `${original.reference} is in the books since ${original.accountingDate}; take it back on that day or later, not on ${input.accountingDate}.`
    throw new Refusal('rule', 'reversal_before_entry', message)
  }
  const next = await store.nextEntryIds(tx, [customerId])
  const id = next(customerId)
  await store.insertEntries(tx, [{ ...entry, entryId: id, reversesEntryId: entryId }])
  return id
}

/** Holds the books of each client open until the transaction ends. */
async function requirePostable(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  const clients = Map.groupBy(entries, ({ customerId }) => Math.floor(customerId / CUSTOMERS_A_CLIENT))
  for (const [clientId, own] of clients) {
    const codes = new Set(own.flatMap(({ postings }) => postings.flatMap((p) => [p.debitCode, p.creditCode])))
    const { openFrom, unusable } = await store.selectPostingBounds(tx, clientId, [...codes])
    const [code] = unusable
    if (code !== undefined) {
      const message = `Nothing can be posted to the ledger account ${code}; add it to the chart, or activate it again.`
      throw new Refusal('rule', 'ledger_account_inactive', message)
    }
    const closed = openFrom && own.find(({ accountingDate }) => accountingDate < openFrom)
    if (!closed) continue
    const message = `The books are closed before ${openFrom}; choose an accounting date from that day on, not ${closed.accountingDate}.`
    throw new Refusal('rule', 'period_closed', message)
  }
}
