import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { AccountPath, accountKey, logText } from './wire.ts'

export const MarketDetailPath = AccountPath.extend({ marketDetailId: input.id(4) })

export const MarketDetailListed = z
  .object({
    record: output.integer(),
    ...accountKey,
    marketDetailId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    value: output.text(),
    marketStatusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive; empty while it lasts'),
  })
  .meta({ id: 'MarketDetailListed' })

export const MarketDetail = z
  .object({
    ...accountKey,
    marketDetailId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    value: output.text(),
    canShowEndDate: z.enum(['true', 'false']),
    startDate: output.date(),
    endDate: output.date().describe('exclusive; empty while it lasts'),
    effectiveDate: output.date(),
    transactionId: output.text().describe('empty: it came from no transaction'),
    originalTransactionId: output.text(),
    ldcAccountNumber: output.text(),
    processedIndicator: output.flag(),
    sdpNumberCode: output.text().describe("the utility's number of the place"),
    marketStatusDescription: output.text(),
    detailAmount: output.text(),
    billMethodDescription: output.text(),
    billMethodDescriptionChoices: output.text().describe('by commas'),
    flowDirectionDescription: output.text(),
    scriptName: output.text(),
    interruptibleIndicator: output.flag(),
    reasonCode: output.text(),
    reasonDescription: output.text(),
  })
  .meta({ id: 'MarketDetail' })

const days = {
  startDate: input.date().describe('not in the future'),
  endDate: input
    .date()
    .optional()
    .describe('exclusive, not in the future; where canShowEndDate is true; left out: it lasts'),
}

export const MarketDetailBody = z.strictObject({
  ...days,
  value: input.text(30).describe('of a bill method: one of billMethodDescriptionChoices'),
  logText,
})

export const MarketDatesBody = z.strictObject({ ...days, logText })
