import { Bill } from './bills.wire.ts'
import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import {
  BillSearch,
  CustomerFound,
  CustomerSearch,
  FindQuery,
  Found,
  PremiseFound,
  PremiseSearch,
} from './search.wire.ts'
import { answer, pagedAnswer } from './wire.ts'

export const searchEndpoints = [
  endpoint({
    route: 'POST /search/customers',
    name: 'searchCustomers',
    source: 'ep-193',
    tag: 'Search',
    summary: 'Customers by name, number, phone, e-mail, address or meter',
    permission: 'customer.read',
    scope: 'client',
    effect: 'read',
    body: CustomerSearch,
    reply: pagedAnswer(CustomerFound),
    handle: notYet,
  }),
  endpoint({
    route: 'POST /search/premises',
    name: 'searchPremises',
    source: 'ep-196',
    tag: 'Search',
    summary: 'Premises by address, meter or utility account number',
    permission: 'premise.read',
    scope: 'client',
    effect: 'read',
    body: PremiseSearch,
    reply: pagedAnswer(PremiseFound),
    handle: notYet,
  }),
  endpoint({
    route: 'POST /search/bills',
    name: 'searchBills',
    source: 'ep-191',
    tag: 'Search',
    summary: 'Bills by number, date, status, amount or run',
    permission: 'bill.read',
    scope: 'client',
    effect: 'read',
    body: BillSearch,
    reply: pagedAnswer(Bill),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /find',
    name: 'find',
    source: 'own',
    tag: 'Search',
    summary: 'Anything by anything, best match first',
    permission: 'customer.read',
    scope: 'client',
    query: FindQuery,
    reply: answer(Found),
    handle: notYet,
  }),
]
