import type { Tx } from '../../platform/db/index.ts'
import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { Agreement } from '../agreements/index.ts'
import {
  controlAccount,
  deferralAccount,
  deferralPosting,
  type EntryKind,
  LEDGER,
  type NewEntry,
  type Posting,
  postEntries,
  receivablePosting,
  reverseEntry,
} from '../ledger/index.ts'
import type { ItemKind, NewItem } from './open-item.ts'
import { cancelItem, openItems, settleOldestFirst } from './operations.ts'
import { selectItemsOfEntry } from './store/open-item.ts'

/** What a posting and its open item need to know of an agreement. */
export type ItemAgreement = Pick<Agreement, 'agreementId' | 'accountNumber' | 'kind' | 'debtClass'>

/** When an act counts for the customer, and the period of the books it falls into. */
export interface PostingDates {
  effectiveDate: LocalDate
  accountingDate: LocalDate
  now: Instant
}

/** What one agreement owes more, or less, against an account of the books. */
export interface Change {
  agreement: ItemAgreement
  otherCode: string
  /** Signed: above zero the customer owes more. */
  amountCents: Cents
  dueDate?: LocalDate
  billId?: number
  /** Of a credit: what it pays of debits at once. The caller settles exactly that. */
  settlesCents?: Cents
}

/** One journal entry that changes what agreements of one customer owe. */
export interface Move {
  customerId: number
  entryKind: EntryKind
  /** The entry's own when absent. */
  itemKind?: ItemKind
  /** `adjustment:12`; with the kind never used twice for a customer. */
  reference: string
  effectiveDate: LocalDate
  accountingDate: LocalDate
  clearingEvent?: string
  changes: readonly Change[]
}

/** An amount to be asked for now (above zero) or put off (below), of what an agreement owes. */
export interface Ask {
  customerId: number
  agreement: ItemAgreement
  reference: string
  amountCents: Cents
  dueDate?: LocalDate
  billId?: number
}

/**
 * This will post moves: an entry each with its open items. Answers entry and item ids in the order given; a move whose
 * changes are all zero is a defect. The customers are locked and settled by the caller.
 */
export async function postMoves(
  tx: Tx,
  moves: readonly Move[],
  now: Instant,
): Promise<{ entryId: number; itemIds: number[] }[]> {
  const entries = moves.map((move) => toEntry(move, move.changes.flatMap(postingOf), now))
  return postWithItems(
    tx,
    entries,
    moves.map((move) => ({ ...move, items: itemsOfChanges(move.changes) })),
  )
}

/**
 * This will ask for more of what agreements owe now, or for less: an entry of kind `deferral` each, with an item that is
 * asked for and its deferred counterpart. Settles the customers' items, and answers the entry ids.
 */
export async function changeAsked(tx: Tx, asks: readonly Ask[], dates: PostingDates): Promise<number[]> {
  const { effectiveDate, accountingDate, now } = dates
  const moves = asks.map((ask) => ({ ...ask, entryKind: 'deferral' as const, effectiveDate, accountingDate }))
  const entries = moves.map((move) => {
    const { kind, agreementId, accountNumber, debtClass } = move.agreement
    const owner = { agreementId, accountNumber, debtClass }
    const posting = deferralPosting(controlAccount(kind), deferralAccount(kind), owner, move.amountCents)
    return toEntry(move, posting ? [posting] : [], now)
  })
  const posted = await postWithItems(
    tx,
    entries,
    moves.map(({ amountCents, ...move }) => ({
      ...move,
      items: [
        { ...move, amountCents },
        { agreement: move.agreement, deferred: true, amountCents: -amountCents },
      ],
    })),
  )
  await settleOldestFirst(tx, { customerIds: [...new Set(asks.map((ask) => ask.customerId))], now })
  return posted.map(({ entryId }) => entryId)
}

/**
 * This will move a debt (above zero) or a credit (below) from one agreement to another, of one customer in one entry, of
 * two in two entries that meet in clearing. The customers are locked and settled by the caller.
 */
export async function moveBalance(
  tx: Tx,
  input: PostingDates & {
    from: { customerId: number; agreement: ItemAgreement }
    to: { customerId: number; agreement: ItemAgreement }
    amountCents: Cents
    /** `transfer` when absent. */
    entryKind?: EntryKind
    reference: string
    dueDate?: LocalDate
  },
): Promise<{ customerId: number; entryId: number; itemIds: number[] }[]> {
  const { from, to, amountCents, reference, dueDate, entryKind = 'transfer', now, ...dates } = input
  const otherCode = LEDGER.clearing
  const leaving = { agreement: from.agreement, otherCode, amountCents: -amountCents }
  const arriving = { agreement: to.agreement, otherCode, amountCents, ...(dueDate && { dueDate }) }
  const shared = { entryKind, reference, ...dates }
  const clearingEvent = `${entryKind}:${from.customerId}:${reference}`
  const moves: Move[] =
    from.customerId === to.customerId
      ? [{ ...shared, customerId: from.customerId, changes: [leaving, arriving] }]
      : [
          { ...shared, customerId: from.customerId, clearingEvent, changes: [leaving] },
          { ...shared, customerId: to.customerId, clearingEvent, changes: [arriving] },
        ]
  const posted = await postMoves(tx, moves, now)
  return posted.map((one, index) => ({ ...one, customerId: moves[index]?.customerId ?? 0 }))
}

/**
 * This will undo an entry: its mirror is posted and each of its items is settled by the mirror's; what had paid them is
 * free for other debt. Answers the new entry's id. Refuses an entry that was reversed before. The customer is locked and
 * settled by the caller.
 */
export async function cancelEntry(
  tx: Tx,
  input: PostingDates & {
    customerId: number
    entryId: number
    /** Of the mirror: `payment_cancel`. */
    entryKind: EntryKind
    clearingEvent?: string
  },
): Promise<number> {
  const { customerId, entryId, entryKind, effectiveDate, now } = input
  const cancelEntryId = await reverseEntry(tx, { ...input, kind: entryKind })
  for (const item of await selectItemsOfEntry(tx, customerId, entryId)) {
    const { agreementId, accountNumber, debtClass, reference, deferred } = item
    const owner = { customerId, agreementId, accountNumber, debtClass, reference, deferred }
    const amountCents = -item.amountCents
    const mirror = { ...owner, kind: entryKind, entryId: cancelEntryId, aroseOn: effectiveDate, amountCents }
    await cancelItem(tx, { item, cancelling: mirror, now })
  }
  return cancelEntryId
}

function postingOf({ agreement, otherCode, amountCents }: Change): Posting[] {
  const { agreementId, accountNumber, debtClass, kind } = agreement
  const owner = { agreementId, accountNumber, debtClass }
  const posting = receivablePosting(controlAccount(kind), otherCode, owner, amountCents)
  return posting ? [posting] : []
}

type EntryFacts = Pick<
  Move,
  'customerId' | 'entryKind' | 'reference' | 'effectiveDate' | 'accountingDate' | 'clearingEvent'
>

function toEntry(move: EntryFacts, postings: Posting[], now: Instant): NewEntry {
  if (postings.length === 0) throw new Error(`${move.entryKind} ${move.reference} moves nothing`)
  const { customerId, entryKind, reference, effectiveDate, accountingDate, clearingEvent } = move
  const dates = { effectiveDate, accountingDate, createdAt: now }
  const event = clearingEvent === undefined ? {} : { clearingEvent }
  return { customerId, kind: entryKind, reference, ...dates, ...event, postings }
}

type ItemDraft = Pick<Change, 'agreement' | 'amountCents' | 'dueDate' | 'billId' | 'settlesCents'> & {
  deferred?: boolean
}

/** Changes of one agreement in one entry are one item. */
function itemsOfChanges(changes: readonly Change[]): ItemDraft[] {
  const byAgreement = Map.groupBy(changes, ({ agreement }) => agreement.agreementId)
  return [...byAgreement.values()].flatMap((own) => {
    const [first] = own
    const amountCents = own.reduce((sum, change) => sum + change.amountCents, 0)
    const settlesCents = own.reduce((sum, change) => sum + (change.settlesCents ?? 0), 0)
    return first && amountCents !== 0 ? [{ ...first, amountCents, settlesCents }] : []
  })
}

async function postWithItems(
  tx: Tx,
  entries: readonly NewEntry[],
  moves: readonly (EntryFacts & { itemKind?: ItemKind; items: readonly ItemDraft[] })[],
): Promise<{ entryId: number; itemIds: number[] }[]> {
  const entryIds = await postEntries(tx, entries)
  const drafts = moves.map((move, index) =>
    move.items.map((item) => toItem(move, item, entryIds[index] ?? 0)),
  )
  const itemIds = await openItems(tx, drafts.flat())
  let taken = 0
  return entryIds.map((entryId, index) => {
    const count = drafts[index]?.length ?? 0
    taken += count
    return { entryId, itemIds: itemIds.slice(taken - count, taken) }
  })
}

function toItem(move: EntryFacts & { itemKind?: ItemKind }, item: ItemDraft, entryId: number): NewItem {
  const { agreementId, accountNumber, debtClass } = item.agreement
  return {
    customerId: move.customerId,
    agreementId,
    accountNumber,
    debtClass,
    kind: move.itemKind ?? move.entryKind,
    reference: move.reference,
    entryId,
    aroseOn: move.effectiveDate,
    ...(item.billId !== undefined && { billId: item.billId }),
    ...(item.dueDate !== undefined && { dueDate: item.dueDate }),
    ...(item.deferred && { deferred: true }),
    ...(item.settlesCents && { settlesCents: item.settlesCents }),
    amountCents: item.amountCents,
  }
}
