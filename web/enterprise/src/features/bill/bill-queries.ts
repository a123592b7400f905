import { queryOptions } from '@tanstack/react-query'
import { api, only } from '../../app/api.ts'
import { type BillKey, billPath } from '../../app/keys.ts'

/** A completed bill never changes; its unpaid amount and status may. */
export function billQuery(key: BillKey) {
  return queryOptions({
    queryKey: ['bill', key],
    queryFn: async ({ signal }) => only(await api.call('getBill', { params: billPath(key), signal })),
  })
}

export function traceQuery(key: BillKey, lineId: string) {
  return queryOptions({
    queryKey: ['bill', key, 'trace', lineId],
    queryFn: async ({ signal }) =>
      only(await api.call('traceBillLine', { params: { ...billPath(key), lineId }, signal })),
    staleTime: 300_000,
  })
}

/** Why a bill asks for another amount than another one of its account. */
export function differenceQuery(key: BillKey, otherBillId: string) {
  return queryOptions({
    queryKey: ['bill', key, 'difference', otherBillId],
    queryFn: async ({ signal }) =>
      only(await api.call('explainBillDifference', { params: { ...billPath(key), otherBillId }, signal })),
    staleTime: 300_000,
  })
}

/** This will show the bill's PDF in a new tab. The tab is opened at once: browsers block one that opens later. */
export async function openBillPdf(key: BillKey): Promise<void> {
  const tab = window.open('', '_blank')
  try {
    const url = URL.createObjectURL(await api.file('viewBill', { params: billPath(key) }))
    if (tab) tab.location.href = url
    else location.assign(url)
  } catch (error) {
    tab?.close()
    throw error
  }
}
