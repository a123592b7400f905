import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type Match, matchOldestFirst, type NewItem, type OpenItem } from './open-item.ts'
import * as store from './store/open-item.ts'

/** This will record debits and credits and return their ids, in the order given. The customers are locked by the caller. */
export async function openItems(tx: Tx, items: readonly NewItem[]): Promise<number[]> {
  if (items.length === 0) return []
  const next = await store.nextItemIds(
    tx,
    items.map((item) => item.customerId),
  )
  const numbered = items.map((item) => ({ ...item, itemId: next(item.customerId) }))
  await store.insertItems(tx, numbered)
  return numbered.map((item) => item.itemId)
}

/** This will settle named debits by named credits. Refuses: more than is left of either. */
export async function settle(
  tx: Tx,
  input: { customerId: number; matches: readonly Match[]; now: Instant },
): Promise<void> {
  const unsettled = await store.selectUnsettled(tx, [input.customerId])
  const rest = new Map(unsettled.map((item) => [item.itemId, item.unsettledCents]))
  for (const { debitItemId, creditItemId, amountCents } of input.matches) {
    const [debit, credit] = [rest.get(debitItemId) ?? 0, rest.get(creditItemId) ?? 0]
    if (amountCents <= 0 || amountCents > debit || amountCents > -credit) {
      throw new Refusal(
        'rule',
        'settlement_too_large',
        `Item ${creditItemId} cannot pay ${amountCents} cents of item ${debitItemId}: at most ${Math.max(0, Math.min(debit, -credit))} are open.`,
      )
    }
    rest.set(debitItemId, debit - amountCents)
    rest.set(creditItemId, credit + amountCents)
  }
  const matches = input.matches.map((match) => ({ ...match, customerId: input.customerId }))
  await store.insertSettlements(tx, matches, input.now)
}

/**
 * This will settle debits by credits of several customers as the caller has worked out from items read under the locks
 * that it still holds: nothing is read again. Each credit was just opened with what it settles.
 */
export function settleExactly(
  tx: Tx,
  input: { matches: readonly store.CustomerMatch[]; now: Instant },
): Promise<void> {
  return store.insertSettlements(tx, input.matches, input.now, { newCredits: true })
}

/** This will let the open credits of each agreement of these customers pay its debits, the oldest due first. */
export async function settleOldestFirst(
  tx: Tx,
  input: { customerIds: readonly number[]; now: Instant },
): Promise<void> {
  const unsettled = await store.selectUnsettled(tx, input.customerIds)
  const byCustomer = Map.groupBy(unsettled, (item) => item.customerId)
  const matches = [...byCustomer].flatMap(([customerId, items]) =>
    matchOldestFirst(items).map((match) => ({ ...match, customerId })),
  )
  await store.insertSettlements(tx, matches, input.now)
}

/** This will undo every settlement of an item, so that what paid it is free again. */
export async function unsettle(
  tx: Tx,
  input: { customerId: number; itemId: number; now: Instant },
): Promise<void> {
  const matches = await store.selectMatchesOfItem(tx, input.customerId, input.itemId)
  const undone = matches.map((match) => ({
    ...match,
    customerId: input.customerId,
    amountCents: -match.amountCents,
  }))
  await store.insertSettlements(tx, undone, input.now)
}

/**
 * This will record the credit (or debit) that cancels an item and settle both by each other; what had paid the item
 * is freed first. Returns the new item's id.
 */
export async function cancelItem(
  tx: Tx,
  input: { item: OpenItem; cancelling: NewItem; now: Instant },
): Promise<number> {
  const { item, cancelling, now } = input
  if (cancelling.amountCents !== -item.amountCents) throw new Error('a cancelling item must be the mirror')
  await unsettle(tx, { customerId: item.customerId, itemId: item.itemId, now })
  const [itemId = 0] = await openItems(tx, [cancelling])
  const [debitItemId, creditItemId] = item.amountCents > 0 ? [item.itemId, itemId] : [itemId, item.itemId]
  const match = { debitItemId, creditItemId, amountCents: Math.abs(item.amountCents) }
  await store.insertSettlements(tx, [{ ...match, customerId: item.customerId }], now)
  return itemId
}

/** This will note on which bill items are shown; what had no due date is due with the bill. */
export function showOnBill(
  tx: Tx,
  shown: readonly { customerId: number; itemId: number; billId: number; dueDate: string | null }[],
): Promise<void> {
  return store.updateBillOfItems(tx, shown)
}

/** This will take items off a bill that is open again: what was due with the bill is not due until it is shown anew. */
export function takeOffBill(
  tx: Tx,
  bill: { customerId: number; billId: number; dueDate: LocalDate },
): Promise<void> {
  return store.clearBillOfItems(tx, bill)
}
