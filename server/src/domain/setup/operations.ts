import type { Tx } from '../../platform/db/index.ts'
import { openCollections } from '../collections/index.ts'
import { openBooks } from '../ledger/index.ts'
import { openNotices } from '../notices/index.ts'
import { openAdjustmentTypes, openDebtClasses } from '../receivables/index.ts'

/**
 * This will give a new client the reference data that every module begins with: chart of accounts, debt classes, types
 * and rules. What the client has changed meanwhile stays. Again: what is new in this release is added.
 */
export async function openClient(tx: Tx, clientId: number): Promise<void> {
  await openBooks(tx, clientId)
  await openDebtClasses(tx, clientId)
  await openAdjustmentTypes(tx, clientId)
  await openCollections(tx, clientId)
  await openNotices(tx, clientId)
}
