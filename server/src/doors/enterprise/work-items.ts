import type { z } from 'zod'
import { customerIdOf } from '../../domain/customers/index.ts'
import {
  getHome,
  getWorkItemRecord,
  type HomeRecord,
  listWorkItems,
  type WorkItemRecord,
  wordWork,
} from '../../domain/overview/index.ts'
import { closeWorkItem } from '../../domain/work/index.ts'
import { writeLog } from './act.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toAccountKeyOrEmpty, toInstant, toMoney, toText } from './to-wire.ts'
import { answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'
import { CloseWorkItemBody, Home, WorkItem, WorkItemPath, WorkItemsQuery } from './work-items.wire.ts'

export const workItemEndpoints = [
  endpoint({
    route: 'GET /workItems',
    name: 'getWorkItems',
    source: 'own',
    tag: 'Work',
    summary: 'Work items, most urgent and oldest first',
    permission: 'workItem.read',
    scope: 'client',
    query: WorkItemsQuery,
    reply: pagedAnswer(WorkItem),
    async handle({ query }, { tx, caller: { clientId } }) {
      const page = fromPaging(query)
      const { statusCode: status = 'open', typeCode: kind, billRunId: runId } = query
      const customerId = query.customerId === undefined ? undefined : customerIdOf(clientId, query.customerId)
      const filter = given({ kind, customerId, runId })
      const { rows, total } = await listWorkItems(tx, { clientId, status, ...page, ...filter })
      return toPaged(rows.map(toWorkItem), total, page)
    },
  }),
  endpoint({
    route: 'PUT /workItems/{workItemId}/close',
    name: 'closeWorkItem',
    source: 'own',
    tag: 'Work',
    summary: 'Close a work item that has been dealt with',
    permission: 'workItem.manage',
    scope: 'client',
    params: WorkItemPath,
    body: CloseWorkItemBody,
    reply: answer(WorkItem),
    async handle({ params, body }, context) {
      const { tx, caller, now } = context
      const key = { clientId: caller.clientId, itemId: params.workItemId }
      await closeWorkItem(tx, { ...key, closedBy: caller.name, now })
      const item = await getWorkItemRecord(tx, key.clientId, key.itemId)
      if (item.customerId !== null) await writeLog(context, { customerId: item.customerId }, body.logText)
      return { responseData: [toWorkItem(item)] }
    },
  }),
  endpoint({
    route: 'GET /home',
    name: 'getHome',
    source: 'own',
    tag: 'Work',
    summary: 'What needs somebody today, in numbers',
    permission: 'workItem.read',
    scope: 'client',
    reply: answer(Home),
    async handle(_, { tx, caller, now }) {
      return { responseData: [toHome(await getHome(tx, caller.clientId, now))] }
    },
  }),
]

function toWorkItem(item: WorkItemRecord): z.input<typeof WorkItem> {
  return {
    ...toAccountKeyOrEmpty(item),
    workItemId: String(item.itemId),
    typeCode: item.kind,
    reasonCode: item.reasonCode,
    ...wordWork(item),
    statusCode: item.status,
    priorityNumber: String(item.priority),
    customerName: toText(item.customerName),
    assignedTo: toText(item.assignedTo),
    dueDate: toText(item.dueDate),
    billRunId: toText(item.runId),
    createdAt: toInstant(item.createdAt),
    closedAt: toInstant(item.closedAt),
    closedBy: toText(item.closedBy),
  }
}

function toHome(home: HomeRecord): z.input<typeof Home> {
  return {
    openWorkItems: home.workItems.map(({ kind, items, oldestAt }) => ({
      typeCode: kind,
      itemsNumber: String(items),
      oldestAt: toInstant(oldestAt),
    })),
    openWorkItemsNumber: String(home.workItems.reduce((sum, { items }) => sum + items, 0)),
    runningBillRunsNumber: String(home.runningRuns),
    windowsDueNumber: String(home.windowsDue),
    pastDueAccountsNumber: String(home.pastDueAccounts),
    pastDueAmount: toMoney(home.pastDueCents),
    billsLast30DaysNumber: String(home.bills),
    billedLast30DaysAmount: toMoney(home.billedCents),
    estimatedBillsLast30DaysNumber: String(home.estimatedBills),
    activeAgreementsNumber: String(home.activeAgreements),
  }
}
