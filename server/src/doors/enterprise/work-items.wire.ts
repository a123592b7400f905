import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey, Localized, paging } from './wire.ts'

export const WorkItemsQuery = z.strictObject({
  statusCode: input.oneOf(['open', 'done', 'cancelled']).optional().describe('open when left out'),
  typeCode: input.text(50).optional(),
  customerId: input.id(8).optional(),
  billRunId: input.id(9).optional(),
  ...paging,
})

export const WorkItem = z
  .object({
    ...accountKey,
    workItemId: output.integer(),
    typeCode: output.text(),
    reasonCode: output.text(),
    reason: Localized,
    remedy: Localized,
    statusCode: z.enum(['open', 'done', 'cancelled']),
    priorityNumber: output.integer(),
    customerName: output.text(),
    assignedTo: output.text(),
    dueDate: output.date(),
    billRunId: output.integer(),
    createdAt: output.instant(),
    closedAt: output.instant(),
    closedBy: output.text(),
  })
  .meta({ id: 'WorkItem' })

export const WorkItemPath = z.object({ workItemId: input.id(15) })
export const CloseWorkItemBody = z.strictObject({ logText: input.text(2000).optional() })

export const Home = z
  .object({
    openWorkItems: z.array(
      z.object({ typeCode: output.text(), itemsNumber: output.integer(), oldestAt: output.instant() }),
    ),
    openWorkItemsNumber: output.integer(),
    runningBillRunsNumber: output.integer(),
    windowsDueNumber: output.integer().describe('cycle windows that are open or late, and not billed'),
    pastDueAccountsNumber: output.integer(),
    pastDueAmount: output.decimal(),
    billsLast30DaysNumber: output.integer(),
    billedLast30DaysAmount: output.decimal(),
    estimatedBillsLast30DaysNumber: output.integer(),
    activeAgreementsNumber: output.integer(),
  })
  .meta({ id: 'Home' })
