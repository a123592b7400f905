import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import * as store from './store.ts'
import type { NewWorkItem } from './work-item.ts'

/** This will report troubles. One that is open already is reported once: its sentence is brought up to date. */
export async function openWorkItems(tx: Tx, items: readonly NewWorkItem[]): Promise<void> {
  const once = new Map(items.map((item) => [`${item.kind} ${item.subject} ${item.reasonCode}`, item]))
  await store.insertWorkItems(tx, [...once.values()])
}

/** This will close one item by hand. Refuses: unknown, or closed before. */
export async function closeWorkItem(
  tx: Tx,
  input: { clientId: number; itemId: number; status?: 'done' | 'cancelled'; closedBy: string; now: Instant },
): Promise<void> {
  const { clientId, itemId, status = 'done', closedBy, now } = input
  if (await store.closeItem(tx, { clientId, itemId, status, closedBy, closedAt: now })) return
  const item = await store.selectItem(tx, clientId, itemId)
  if (!item) throw new Refusal('not_found', 'work_item_unknown', `There is no work item ${itemId}.`)
  throw new Refusal('conflict', 'work_item_closed', `Work item ${itemId} was closed already.`)
}

/** This will close the open items of a kind about these subjects, because their trouble is over. Returns how many. */
export async function closeWorkItemsAbout(
  tx: Tx,
  input: { clientId: number; kind: string; subjects: readonly string[]; closedBy: string; now: Instant },
): Promise<number> {
  if (input.subjects.length === 0) return 0
  const { now, ...rest } = input
  return store.closeOpenItems(tx, { ...rest, closedAt: now })
}
