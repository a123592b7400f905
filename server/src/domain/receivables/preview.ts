import { type Tx, undone } from '../../platform/db/index.ts'
import * as store from './store/posted.ts'

/** Everything that an act put into the books of some customers. */
export interface Posted {
  entries: store.PostedEntry[]
  items: store.PostedItem[]
  settlements: store.PostedSettlement[]
}

/** This will do an act and tell what it put into the books of these customers. */
export async function postedBy<Result>(
  tx: Tx,
  customerIds: readonly number[],
  act: () => Promise<Result>,
): Promise<{ result: Result; posted: Posted }> {
  const marks = await store.selectMarks(tx, [...new Set(customerIds)])
  const result = await act()
  const posted = {
    entries: await store.selectEntriesAfter(tx, marks),
    items: await store.selectItemsAfter(tx, marks),
    settlements: await store.selectSettlementsAfter(tx, marks),
  }
  return { result, posted }
}

/**
 * This will show what an act would put into the books of these customers, by doing it and undoing it. Refuses what the
 * act refuses.
 */
export function previewAct<Result>(
  tx: Tx,
  customerIds: readonly number[],
  act: () => Promise<Result>,
): Promise<{ result: Result; posted: Posted }> {
  return undone(tx, () => postedBy(tx, customerIds, act))
}
