export { closeWorkItem, closeWorkItemsAbout, openWorkItems } from './operations.ts'
export { findWorkItems, getWorkItem } from './queries.ts'
export type { WorkItemFilter } from './store.ts'
export type { NewWorkItem, WorkItem } from './work-item.ts'
