import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { paging } from './wire.ts'

export const BillCycle = z
  .object({
    billCycleCode: output.text(),
    name: output.text(),
    accountsNumber: output.integer().describe('active billing packages of the cycle'),
    windows: z
      .array(
        z.object({
          periodEndDate: output.date().describe('agreements are billed up to this day, exclusive'),
          opensDate: output.date(),
          closesDate: output.date(),
          accountingDate: output.date(),
          billedNumber: output.integer(),
          statusCode: z.enum(['future', 'open', 'late', 'running', 'billed', 'closed']),
        }),
      )
      .describe('latest first'),
  })
  .meta({ id: 'BillCycle' })

export const StartBillRunBody = z.strictObject({
  billCycleCode: input.text(20),
  periodEndDate: input.date(),
  billDate: input.date().optional().describe('today when left out'),
  modeCode: input.oneOf(['live', 'trial']).optional().describe('live when left out'),
  logText: input.text(2000).optional(),
})

export const BillRunsQuery = z.strictObject({
  statusCode: input.oneOf(['planning', 'running', 'paused', 'complete', 'cancelled']).optional(),
  billCycleCode: input.text(20).optional(),
  ...paging,
})

export const BillRun = z
  .object({
    billRunId: output.integer(),
    billCycleCode: output.text(),
    billCycleName: output.text(),
    periodEndDate: output.date(),
    billDate: output.date(),
    modeCode: z.enum(['live', 'trial']),
    statusCode: z.enum(['planning', 'running', 'paused', 'complete', 'cancelled']),
    accountsNumber: output.integer(),
    doneNumber: output.integer(),
    billedNumber: output.integer(),
    heldNumber: output.integer(),
    nothingDueNumber: output.integer(),
    billedAmount: output.decimal(),
    accountsPerSecond: output.decimal(),
    secondsLeft: output.integer().describe('empty while nothing is known'),
    elapsedSeconds: output.integer(),
    requestedBy: output.text(),
    createdAt: output.instant(),
    startedAt: output.instant(),
    finishedAt: output.instant(),
  })
  .meta({ id: 'BillRun' })

export const BillRunPath = z.object({ billRunId: input.id(9) })
export const ReasonBody = z.strictObject({ logText: input.text(2000).optional() })
