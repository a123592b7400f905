import { queryOptions } from '@tanstack/react-query'
import type { BillRun } from '../../api/client.gen.ts'
import { api, only } from '../../app/api.ts'

const WATCH_MILLISECONDS = 300

/** This will tell whether a run still moves by itself. */
export function isMoving(run: BillRun | undefined): boolean {
  return run?.statusCode === 'planning' || run?.statusCode === 'running'
}

type RunStatus = BillRun['statusCode']

/** Runs, latest first; followed while one of them moves. */
export function runsQuery(statusCode?: RunStatus) {
  return queryOptions({
    queryKey: ['runs', statusCode ?? 'all'],
    queryFn: async ({ signal }) =>
      (await api.call('getBillRuns', { query: { statusCode, pageSize: '50' }, signal })).responseData,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 2 * WATCH_MILLISECONDS : false),
    staleTime: 0,
  })
}

/** One run, followed while it moves. The server holds the progress: a reload or another browser sees the same. */
export function runQuery(billRunId: string) {
  return queryOptions({
    queryKey: ['run', billRunId],
    queryFn: async ({ signal }) => only(await api.call('getBillRun', { params: { billRunId }, signal })),
    refetchInterval: ({ state }) => (isMoving(state.data) ? WATCH_MILLISECONDS : 5000),
    staleTime: 0,
  })
}

export const cyclesQuery = queryOptions({
  queryKey: ['cycles'],
  queryFn: async ({ signal }) => (await api.call('getBillCycles', { signal })).responseData,
  staleTime: 0,
})

/** What a run left for somebody to look at. */
export function heldQuery(billRunId: string) {
  return queryOptions({
    queryKey: ['run', billRunId, 'held'],
    queryFn: async ({ signal }) =>
      (await api.call('getWorkItems', { query: { billRunId, pageSize: '200' }, signal })).responseData,
    staleTime: 0,
  })
}
