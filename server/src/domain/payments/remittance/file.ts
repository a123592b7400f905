import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { TenderMethod } from '../payment.ts'

/** The work item of a file with rows that somebody has to see to. */
export const OPEN_ROWS_KIND = 'remittance_rows_open'

export const FILE_FORMATS = ['lockbox', 'nacha'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** A bank's file of payments or returns. */
export interface RemittanceFile {
  clientId: number
  fileId: number
  format: FileFormat
  fileName: string
  sender: string
  /** The sender's number of the file. */
  senderFileId: string
  status: 'loading' | 'complete'
  rowCount: number
  /** Of the rows whose amount can be read. */
  amountCents: Cents
  startedAt: Instant
  finishedAt: Instant | null
}

/**
 * Pending rows wait for their chunk. Posted: paid, or returned. Suspended: unapplied cash. Rejected: not taken. Resolved
 * and dropped: what a person did about it.
 */
export type RowStatus = 'pending' | 'posted' | 'suspended' | 'rejected' | 'resolved' | 'dropped'

/** A row as the file says it. */
export interface NewRemittanceRow {
  rowNumber: number
  lineNumber: number
  kind: 'payment' | 'return' | 'change'
  status: RowStatus
  accountText: string
  amountCents: Cents | null
  paymentDate: LocalDate | null
  method: TenderMethod | null
  /** The check's or the sender's number; of a return, the trace number of what comes back. */
  reference: string | null
  returnCode: string | null
  /** Why it is not taken as it is. */
  reasonCode: string | null
  reason: string | null
}

export interface RemittanceRow extends NewRemittanceRow {
  clientId: number
  fileId: number
  /** Where the money went. */
  customerId: number | null
  paymentNumber: number | null
  payerCustomerId: number | null
  eventNumber: number | null
}

/** What became of rows, to be kept. */
export type RowOutcome = Pick<RemittanceRow, 'rowNumber' | 'status'> &
  Partial<
    Pick<
      RemittanceRow,
      'reasonCode' | 'reason' | 'customerId' | 'paymentNumber' | 'payerCustomerId' | 'eventNumber'
    >
  >
