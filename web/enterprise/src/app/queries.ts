import { queryOptions } from '@tanstack/react-query'
import { api, only } from './api.ts'

/** Who is signed in and what they may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => only(await api.call('me', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What needs somebody now, in counts. */
export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: async ({ signal }) => only(await api.call('getHome', { signal })),
})

/** The first few items of the queue. */
export const nextWorkQuery = queryOptions({
  queryKey: ['work', 'next'],
  queryFn: async ({ signal }) =>
    (await api.call('getWorkItems', { query: { pageSize: '5' }, signal })).responseData,
})

/** This will look for anything by anything. */
export function findQuery(words: string, limit: number) {
  return queryOptions({
    queryKey: ['find', words, limit],
    queryFn: async ({ signal }) =>
      (await api.call('find', { body: { q: words, limit: String(limit) }, signal })).responseData,
    enabled: words.length > 1,
  })
}
