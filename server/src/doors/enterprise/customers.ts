import { Customer, CustomerSummary } from './customers.wire.ts'
import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { answer, CustomerPath } from './wire.ts'

export const customerEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}',
    name: 'getCustomer',
    source: 'ep-134',
    tag: 'Customer',
    summary: 'A customer with contacts, alerts, sets and billing packages',
    permission: 'customer.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(Customer),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/summaryInfo',
    name: 'getCustomerSummary',
    source: 'ep-137',
    tag: 'Customer',
    summary: 'A customer at a glance: balances, last bill and payment, account packages',
    permission: 'customer.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(CustomerSummary),
    handle: notYet,
  }),
]
