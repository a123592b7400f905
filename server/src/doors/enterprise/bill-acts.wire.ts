import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey } from './wire.ts'

export const ValidCancelQuery = z.strictObject({
  cancelDate: input.date().optional().describe('today when left out'),
})

export const ValidCancelBill = z
  .object({
    validFlag: output.flag(),
    reasonCode: output.text().describe('why it cannot be cancelled'),
    reason: output.text(),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    billId: output.integer(),
    billNumber: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    billDate: output.date(),
    dueDate: output.date(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    chargesAmount: output.decimal(),
    amountDueAmount: output.decimal(),
    paidAmount: output.decimal().describe('what has paid the bill and would pay other debts, or be a credit'),
    charges: z
      .array(
        z.object({
          ...accountKey,
          accountChargeId: output.integer(),
          startDate: output.date(),
          endDate: output.date().describe('exclusive'),
          amount: output.decimal(),
        }),
      )
      .describe('charges that would be cancelled with it'),
  })
  .meta({ id: 'ValidCancelBill' })

export const CancelBillBody = z.strictObject({
  cancelDate: input
    .date()
    .optional()
    .describe('when it counts, for customer and books; today when left out, not in the future'),
  logText: input.text(2000).describe('why; kept with the bill'),
})

export const SaveBillBody = z.strictObject({
  statusCode: input
    .oneOf(['complete', 'pending'])
    .optional()
    .describe('complete when left out; pending: the bill is begun and has a number, nothing else'),
  billDate: input.date().optional().describe('today when left out; not in the future'),
  endDate: input
    .date()
    .optional()
    .describe('usage before this day is charged (exclusive); the bill date when left out'),
  logText: input.text(2000).optional(),
})
