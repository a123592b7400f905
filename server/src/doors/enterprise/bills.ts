import { file } from '../../platform/http/endpoint.ts'
import { Bill, BillDetail, LinePath, LineTrace } from './bills.wire.ts'
import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { answer, BillingPackagePath, BillPath, Paging, pagedAnswer } from './wire.ts'

export const billEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills',
    name: 'getBills',
    source: 'ep-101',
    tag: 'Bill',
    summary: 'Bills of a billing package, latest first',
    permission: 'bill.read',
    scope: 'client',
    params: BillingPackagePath,
    query: Paging,
    reply: pagedAnswer(Bill),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}',
    name: 'getBill',
    source: 'own',
    tag: 'Bill',
    summary: 'A bill with every line and its facts',
    permission: 'bill.read',
    scope: 'client',
    params: BillPath,
    reply: answer(BillDetail),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/view',
    name: 'viewBill',
    source: 'ep-103',
    tag: 'Bill',
    summary: 'The bill as PDF',
    permission: 'bill.read',
    scope: 'client',
    params: BillPath,
    reply: file('application/pdf'),
    handle: notYet,
  }),
  endpoint({
    route:
      'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/lines/{lineId}/trace',
    name: 'traceBillLine',
    source: 'own',
    tag: 'Bill',
    summary: 'Where a line comes from: formula, plan version, proration, intervals',
    permission: 'bill.read',
    scope: 'client',
    params: LinePath,
    reply: answer(LineTrace),
    handle: notYet,
  }),
]
