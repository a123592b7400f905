import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { AccountPath, accountKey, logText, paging } from './wire.ts'

export const AdjustmentPath = AccountPath.extend({ adjustmentId: input.id(7) })

const STATUSES = [
  'incomplete',
  'error',
  'freezable',
  'pending_approval',
  'frozen',
  'cancelled',
  'deleted',
] as const

export const AdjustmentsQuery = z.strictObject({ statusCode: input.oneOf(STATUSES).optional(), ...paging })

export const ApproveBody = z.strictObject({ logText })
export const RejectBody = z.strictObject({ reasonDescription: input.text(200), logText })
export const CancelAdjustmentBody = z.strictObject({ reasonDescription: input.text(100), logText })

/** A fee, a correction or one half of a transfer. */
export const Adjustment = z
  .object({
    record: output.integer(),
    adjustmentId: output.integer(),
    ...accountKey,
    billingPackageId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    purposeCode: output.text().describe('correction, fee, transfer'),
    statusCode: output.text().describe(STATUSES.join(', ')),
    statusDescription: output.text(),
    adjustmentAmount: output.decimal().describe('above zero a debit, below a credit'),
    effectiveDate: output.date(),
    accountingDate: output.date(),
    dueDate: output.date(),
    onBillIndicator: output.flag(),
    comment: output.text(),
    faultDescription: output.text().describe('why it is in error, or was sent back'),
    cancelReason: output.text(),
    transferCustomerId: output.integer().describe('whose the other half of a transfer is'),
    createdTimeStamp: output.instant(),
    createdByUserId: output.text(),
    approvedByUserId: output.text(),
  })
  .meta({ id: 'Adjustment' })
