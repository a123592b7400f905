import { queryOptions } from '@tanstack/react-query'
import { api, only } from '../../app/api.ts'
import { type AccountKey, accountPath } from '../../app/keys.ts'

export type Grain = 'interval' | 'hour' | 'day' | 'month'

/** The header: everything that must never scroll away. */
export function overviewQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'overview'],
    queryFn: async ({ signal }) =>
      only(await api.call('getAccountOverview', { params: accountPath(key), signal })),
  })
}

export function attentionQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'attention'],
    queryFn: async ({ signal }) =>
      (await api.call('getAccountAttention', { params: accountPath(key), signal })).responseData,
  })
}

/** Of the whole billing account. */
export function moneyQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'money'],
    queryFn: async ({ signal }) =>
      only(await api.call('getAccountMoney', { params: accountPath(key), signal })),
  })
}

/** Two years of a statement group's bills, latest first. */
export function billsQuery(customerId: string, billingPackageId: string) {
  return queryOptions({
    queryKey: ['bills', customerId, billingPackageId],
    queryFn: async ({ signal }) =>
      (
        await api.call('getBills', {
          params: { customerId, billingPackageId },
          query: { pageSize: '50' },
          signal,
        })
      ).responseData,
  })
}

export function chargesQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'charges'],
    queryFn: async ({ signal }) =>
      (await api.call('getAccountCharges', { params: accountPath(key), query: { pageSize: '50' }, signal }))
        .responseData,
  })
}

/** Usage by billing period, latest first. */
export function usageQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'usage'],
    queryFn: async ({ signal }) =>
      (await api.call('getAccountUsage', { params: accountPath(key), query: { pageSize: '26' }, signal }))
        .responseData,
  })
}

export function intervalsQuery(key: AccountKey, from: string, to: string, grain: Grain) {
  return queryOptions({
    queryKey: ['account', key, 'intervals', from, to, grain],
    queryFn: async ({ signal }) =>
      only(
        await api.call('getAccountIntervals', {
          params: accountPath(key),
          query: { from, to, grain },
          signal,
        }),
      ),
    staleTime: 300_000,
  })
}

export function plansQuery(key: AccountKey) {
  return queryOptions({
    queryKey: ['account', key, 'plans'],
    queryFn: async ({ signal }) =>
      (await api.call('getAccountPlans', { params: accountPath(key), signal })).responseData,
  })
}
