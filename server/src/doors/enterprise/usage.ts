import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { Intervals, IntervalsQuery, PostedUsage, PostUsageBody, Usage, UsageQuery } from './usage.wire.ts'
import { AccountPath, answer, pagedAnswer } from './wire.ts'

export const usageEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usage',
    name: 'getAccountUsage',
    source: 'ep-037',
    tag: 'Account Package',
    summary: 'Usage periods with their quantities, latest first',
    permission: 'usage.read',
    scope: 'client',
    params: AccountPath,
    query: UsageQuery,
    reply: pagedAnswer(Usage),
    handle: notYet,
  }),
  endpoint({
    route: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usages',
    name: 'postUsage',
    source: 'ep-022',
    tag: 'Account Package',
    summary: 'Post a quantity of usage for a period',
    permission: 'usage.post',
    scope: 'client',
    params: AccountPath,
    body: PostUsageBody,
    reply: answer(PostedUsage),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/intervals',
    name: 'getAccountIntervals',
    source: 'own',
    tag: 'Account Package',
    summary: 'Interval measurements, as measured or summed by hour, day or month',
    permission: 'usage.read',
    scope: 'client',
    params: AccountPath,
    query: IntervalsQuery,
    reply: answer(Intervals),
    handle: notYet,
  }),
]
