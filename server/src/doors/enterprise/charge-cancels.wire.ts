import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { logText } from './wire.ts'

const chargeKey = { accountChargeId: input.id(5), billingChargeId: input.id(7) }

export const CancelChargesBody = z.strictObject({
  doNotSendInvoiceIndicator: input
    .flag()
    .optional()
    .describe('Y: the utility that bills for us is not told; N when left out'),
  cancelUsageIndicator: input.flag().optional().describe('Y: the usage is cancelled too; N when left out'),
  charges: z.array(z.strictObject(chargeKey)).min(1).max(200),
  logNote: input.text(2000).optional().describe('kept as a note on the account'),
})

export const CancelChargeBody = z.strictObject({ ...chargeKey, logText })

export const CancelledCharge = z
  .object({
    record: output.integer(),
    accountChargeId: output.integer(),
    billingChargeId: output.integer(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    totalChargeAmount: output.decimal().describe('what was taken back'),
    cancelDate: output.date(),
    statusCode: output.text(),
    statusDescription: output.text(),
    usageId: output.integer(),
    usageStatusCode: output.text().describe('ready: can be charged again'),
    logId: output.integer(),
  })
  .meta({ id: 'CancelledCharge' })
