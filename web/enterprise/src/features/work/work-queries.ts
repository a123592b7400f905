import { queryOptions } from '@tanstack/react-query'
import type { WorkItem } from '../../api/client.gen.ts'
import { api } from '../../app/api.ts'

export interface Work {
  items: WorkItem[]
  total: number
}

export function workQuery(statusCode: WorkItem['statusCode'], typeCode: string | undefined) {
  return queryOptions({
    queryKey: ['work', statusCode, typeCode ?? ''],
    queryFn: async ({ signal }): Promise<Work> => {
      const answer = await api.call('getWorkItems', {
        query: { statusCode, typeCode, pageSize: '200' },
        signal,
      })
      return { items: answer.responseData, total: Number(answer.pagination.totalRecords) }
    },
    staleTime: 0,
  })
}
