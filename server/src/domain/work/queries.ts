import type { Tx } from '../../platform/db/index.ts'
import { selectItem, selectItems, type WorkItemFilter } from './store.ts'
import type { WorkItem } from './work-item.ts'

/** This will list work items, open and urgent ones first, with the count of all that match. */
export function findWorkItems(tx: Tx, filter: WorkItemFilter): Promise<{ items: WorkItem[]; total: number }> {
  return selectItems(tx, filter)
}

/** This will read one work item. */
export function getWorkItem(tx: Tx, clientId: number, itemId: number): Promise<WorkItem | undefined> {
  return selectItem(tx, clientId, itemId)
}
