import type { Tx } from '../../../platform/db/index.ts'
import { selectWaitingPaper } from '../store/print-queue.ts'
import type { BillKey } from './bill.ts'

/** A bill that waits to be printed. */
export interface PaperCopy extends BillKey {
  routingNumber: number
  name: string
  copies: number
}

/**
 * This will take the complete bills of a client that wait to be printed, oldest first: no other print run gets them until
 * the transaction ends.
 */
export async function takePaper(tx: Tx, input: { clientId: number; limit: number }): Promise<PaperCopy[]> {
  return await selectWaitingPaper(tx, input)
}
