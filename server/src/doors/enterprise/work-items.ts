import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { answer, pagedAnswer } from './wire.ts'
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
    handle: notYet,
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
    handle: notYet,
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
    handle: notYet,
  }),
]
