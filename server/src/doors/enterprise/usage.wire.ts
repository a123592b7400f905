import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { AccountPath, accountKey, logText, paging } from './wire.ts'

export const UsageQuery = z.strictObject({
  startDate: input.date().optional().describe('periods that end after it'),
  endDate: input.date().optional().describe('periods that begin before it'),
  ...paging,
})

export const Usage = z
  .object({
    record: output.integer(),
    usageId: output.integer(),
    beginReadDate: output.date(),
    endReadDate: output.date().describe('exclusive: the day after the last day of usage'),
    usageNumber: output.decimal(),
    unitMeasureDescription: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    sourceCode: output.text(),
    estimatedFlag: output.flag(),
    billId: output.integer(),
    billNumber: output.text(),
    chargeAmount: output.decimal(),
    usageDetailList: z.array(
      z.object({
        productTransferType: output.text(),
        unitMeasureDescription: output.text(),
        timeOfUseCode: output.text(),
        measurementSignificanceCode: output.text(),
        usageNumber: output.decimal(),
        equipmentIdCode: output.text(),
        beginReadNumber: output.decimal(),
        endReadNumber: output.decimal(),
        estimatedFlag: output.flag(),
      }),
    ),
  })
  .meta({ id: 'Usage' })

export const PostUsageBody = z.strictObject({
  beginReadDate: input.date(),
  endReadDate: input.date().describe('exclusive: the day of the read that ends the period'),
  usageNumber: input.decimal(12, 3),
  unitMeasureDescription: input.text(25),
  transactionId: input.text(30).optional(),
  productTransferType: input.text(2),
  measurementSignificanceCode: input.text(2).optional(),
  equipmentIdCode: input.text(25).optional(),
  netMeteringUsageNumber: input.decimal(12, 3).optional(),
})

export const PostedUsage = z
  .object({ usageId: output.integer(), statusCode: output.text() })
  .meta({ id: 'PostedUsage' })

export const UsagePath = AccountPath.extend({ usageId: input.id(8) })

export const CancelUsageBody = z.strictObject({ logText })

export const CancelledUsage = z
  .object({
    ...accountKey,
    usageId: output.integer(),
    beginReadDate: output.date(),
    endReadDate: output.date().describe('exclusive'),
    sourceCode: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
  })
  .meta({ id: 'CancelledUsage' })

export const IntervalsQuery = z.strictObject({
  from: input.date(),
  to: input.date().describe('exclusive'),
  grain: input.oneOf(['interval', 'hour', 'day', 'month']).optional().describe('day when left out'),
})

/** Many numbers at once: the one place where numbers travel as numbers. Integers of the unit x 10^-scale. */
export const Intervals = z
  .object({
    timeZone: output.text(),
    from: output.date(),
    to: output.date(),
    grain: z.enum(['interval', 'hour', 'day', 'month']),
    channels: z.array(
      z.object({
        servicePointId: output.integer(),
        unitMeasureDescription: output.text(),
        flow: z.enum(['delivered', 'received', 'net']),
        intervalSeconds: z.int().describe('length of a measured interval'),
        scale: z.int(),
        startSeconds: z.array(z.int()).describe('epoch second at which each value begins'),
        values: z.array(z.int().nullable()).describe('null: nothing is known'),
        quality: z
          .array(z.enum(['measured', 'estimated', 'edited', 'missing']))
          .describe('of each value; of a sum the worst of its intervals'),
        timesOfUse: z
          .array(z.object({ timeOfUseCode: output.text(), values: z.array(z.int()) }))
          .describe('what of each sum fell into each time of use of the plan; empty when it has none'),
      }),
    ),
  })
  .meta({ id: 'Intervals' })
