import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { TIMELINE_KINDS } from './accounts.wire.ts'
import { accountKey } from './wire.ts'

export const ActivityQuery = z.strictObject({
  typeCode: input.oneOf(TIMELINE_KINDS).optional().describe('one kind of activity; all when left out'),
  before: input.text(300).optional().describe('the `cursor` of the last activity of the page before'),
  pageSize: input
    .id(3)
    .refine((size) => size >= 1 && size <= 200, 'is 1 to 200')
    .optional()
    .describe('1 to 200; 25 when left out'),
})

export const Activity = z
  .object({
    record: output.integer(),
    cursor: output.text(),
    ...accountKey,
    typeCode: z.enum(TIMELINE_KINDS),
    activityCode: output
      .text()
      .describe('what happened: billCompleted, chargeCancelled, paymentReceived ...'),
    activityDescription: output.text(),
    detailDescription: output.text().describe('of a note: its text'),
    activityDate: output.date(),
    createdTimeStamp: output.instant(),
    amount: output.decimal(),
    userId: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    id: output.text().describe('of the bill, charge, usage, payment or work item that it is about'),
  })
  .meta({ id: 'AccountActivity' })

export const AccountLogBody = z.strictObject({
  logText: input.text(2000),
  typeCode: input.oneOf(['note', 'call', 'letter']).optional().describe('note when left out'),
})

export const AccountLog = z
  .object({
    ...accountKey,
    logId: output.integer(),
    typeCode: output.text(),
    logText: output.text(),
    userId: output.text(),
    createdTimeStamp: output.instant(),
  })
  .meta({ id: 'AccountLog' })
