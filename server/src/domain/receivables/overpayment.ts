import type { Tx } from '../../platform/db/index.ts'
import { payBy } from './apply-credits.ts'
import { DEFAULT_PAY_PRIORITY } from './debt-class.ts'
import { cancelEntry, type PostingDates } from './post.ts'
import { selectTransfersOfBill } from './store/open-item.ts'
import { selectPayable } from './store/payable.ts'

/**
 * This will let what accounts have paid too much pay what their agreements are asked for, by pay priority of the debt
 * class, then the oldest due first: one entry each that moves the credit from the overpayment agreement to the other.
 * What is deferred or written off is left alone. The customers are locked by the caller. `billOf` names the bill on
 * which a move is shown.
 */
export async function applyOverpayments(
  tx: Tx,
  input: PostingDates & {
    customerIds: readonly number[]
    billOf?: (customerId: number, accountNumber: number) => number | undefined
  },
): Promise<void> {
  const { customerIds, ...dates } = input
  const payable = await selectPayable(tx, customerIds, DEFAULT_PAY_PRIORITY)
  await payBy(tx, payable, (item) => item.agreementKind === 'overpayment', dates)
}

/** This will take back what `applyOverpayments` moved when a bill was completed. The customer is locked by the caller. */
export async function withdrawOverpayments(
  tx: Tx,
  input: PostingDates & { customerId: number; billId: number },
): Promise<void> {
  const { customerId, effectiveDate, accountingDate, now } = input
  for (const entryId of await selectTransfersOfBill(tx, input)) {
    const dates = { effectiveDate, accountingDate, now }
    await cancelEntry(tx, { customerId, entryId, entryKind: 'transfer_cancel', ...dates })
  }
}
