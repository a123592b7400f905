import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { closeWorkItemsAbout } from '../../work/index.ts'
import type { DisbursementAddress } from '../disbursements/disbursement.ts'
import { refundUnapplied } from '../disbursements/operations.ts'
import { transferPayment } from '../events/move.ts'
import { recordPayments } from '../events/record.ts'
import { returnPayment } from '../events/return.ts'
import * as store from '../store/remittance.ts'
import { OPEN_ROWS_KIND, type RemittanceRow } from './file.ts'
import { paymentOf } from './take.ts'

interface RowInput {
  clientId: number
  fileId: number
  rowNumber: number
  /** The day of the books. */
  on: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will give a row that found no account to one: suspended money is transferred there, a rejected payment is taken.
 * `amountCents` is for a row whose amount could not be read. Refuses: a row that is not open, an unknown account, a
 * return (`resolveReturn`).
 */
export async function assignRow(
  tx: Tx,
  input: RowInput & { to: AccountKey; amountCents?: Cents },
): Promise<void> {
  const { clientId, on, now, actor, to } = input
  const row = await openRow(tx, input, 'payment')
  const { customerId, accountNumber } = to
  if (row.status === 'suspended') {
    const { customerId: ownFile, paymentNumber } = row
    const key = { customerId: ownFile ?? 0, paymentNumber: paymentNumber ?? 0 }
    const reason = `file ${row.fileId}, row ${row.rowNumber}`
    const number = await transferPayment(tx, { ...key, to, reason, on, now, actor })
    return resolved(tx, input, { ...row, customerId, paymentNumber: number })
  }
  const amountCents = row.amountCents ?? input.amountCents ?? 0
  requireAmount(amountCents, 'The amount of the row')
  const payment = paymentOf({ ...row, amountCents }, { customerId, accountNumber }, { today: on })
  const [made] = await recordPayments(tx, { clientId, source: 'lockbox', payments: [payment], now, actor })
  return resolved(tx, input, { ...row, ...made })
}

/** This will take back the payment event that a rejected return is about. Refuses as `returnPayment` does. */
export async function resolveReturn(
  tx: Tx,
  input: RowInput & { payerCustomerId: number; eventNumber: number; tenderNumber?: number },
): Promise<void> {
  const row = await openRow(tx, input, 'return')
  const { payerCustomerId, eventNumber } = input
  await returnPayment(tx, { ...input, returnCode: row.returnCode ?? '', returnedOn: input.on })
  await resolved(tx, input, { ...row, payerCustomerId, eventNumber })
}

/**
 * This will send the money of a suspended row back to who paid it, by a check, and answer the disbursement's number.
 * Refuses a row that holds no money.
 */
export async function refundRow(
  tx: Tx,
  input: RowInput & { payeeName: string; address: DisbursementAddress; reason: string },
): Promise<number> {
  const { on, now, actor, payeeName, address, reason } = input
  const row = await openRow(tx, input, 'payment')
  const { customerId, paymentNumber } = row
  if (row.status !== 'suspended' || customerId === null || paymentNumber === null)
    throw new Refusal('conflict', 'row_holds_no_money', 'Nothing was taken for this row; drop it.')
  const check = { customerId, paymentNumber, payeeName, address, reason, requestedOn: on }
  const disbursementNumber = await refundUnapplied(tx, { ...check, now, actor })
  await resolved(tx, input, row)
  return disbursementNumber
}

/** This will drop a rejected row: its money was never taken. Refuses a row that is not rejected. */
export async function dropRow(tx: Tx, input: Omit<RowInput, 'on'> & { reason: string }): Promise<void> {
  const row = await openRow(tx, input)
  if (row.status === 'suspended')
    throw new Refusal(
      'conflict',
      'row_holds_money',
      'The row’s money is unapplied cash; assign it to an account or send it back.',
    )
  const { clientId, fileId, rowNumber, now, actor, reason } = input
  const outcome = { rowNumber, status: 'dropped' as const, reasonCode: row.reasonCode, reason }
  await store.updateResolved(tx, input, actor.actor, now, outcome)
  const subject = `remittance_file:${fileId}`
  await audit(tx, { clientId, at: now, actor, operation: 'dropRow', subject, detail: { rowNumber, reason } })
  await closeWhenDone(tx, input)
}

async function openRow(
  tx: Tx,
  { clientId, fileId, rowNumber }: Pick<RowInput, 'clientId' | 'fileId' | 'rowNumber'>,
  kind?: RemittanceRow['kind'],
): Promise<RemittanceRow> {
  const row = await store.lockRow(tx, clientId, fileId, rowNumber)
  if (!row || (kind !== undefined && row.kind !== kind))
    throw new Refusal(
      'not_found',
      'remittance_row_unknown',
      `File ${fileId} has no ${kind ?? 'row'} ${rowNumber}.`,
    )
  if (row.status === 'rejected' || row.status === 'suspended') return row
  throw new Refusal('conflict', 'remittance_row_done', `Row ${rowNumber} is ${row.status} already.`)
}

async function resolved(tx: Tx, input: RowInput, row: RemittanceRow): Promise<void> {
  const { clientId, fileId, rowNumber, now, actor } = input
  const { customerId, paymentNumber, payerCustomerId, eventNumber, reasonCode, reason } = row
  const where = { customerId, paymentNumber, payerCustomerId, eventNumber, reasonCode, reason }
  await store.updateResolved(tx, input, actor.actor, now, { rowNumber, status: 'resolved', ...where })
  const subject = `remittance_file:${fileId}`
  await audit(tx, { clientId, at: now, actor, operation: 'resolveRow', subject, detail: { rowNumber } })
  await closeWhenDone(tx, input)
}

/** The last row that somebody sees to ends the file's work item. */
async function closeWhenDone(
  tx: Tx,
  { clientId, fileId, now, actor }: Omit<RowInput, 'rowNumber' | 'on'>,
): Promise<void> {
  // One after the other, so that one of two who end the last rows at once sees both.
  await store.lockFiles(tx, clientId)
  const left = await store.selectRows(tx, clientId, fileId, ['pending', 'suspended', 'rejected'], 1)
  if (left.length > 0) return
  const subjects = [`remittance_file:${fileId}`]
  await closeWorkItemsAbout(tx, { clientId, kind: OPEN_ROWS_KIND, subjects, closedBy: actor.actor, now })
}
