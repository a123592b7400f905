import {
  Charge,
  ChargeAccountBody,
  ChargeDetail,
  ChargeDetailsQuery,
  ChargedAccount,
} from './charges.wire.ts'
import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { AccountPath, answer, Paging, pagedAnswer } from './wire.ts'

export const chargeEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charges',
    name: 'getAccountCharges',
    source: 'ep-036',
    tag: 'Account Package',
    summary: 'Charges of an account package, latest first',
    permission: 'charge.read',
    scope: 'client',
    params: AccountPath,
    query: Paging,
    reply: pagedAnswer(Charge),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/chargeDetails',
    name: 'getChargeDetails',
    source: 'ep-005',
    tag: 'Account Package',
    summary: 'Component charges of one charge, or of all',
    permission: 'charge.read',
    scope: 'client',
    params: AccountPath,
    query: ChargeDetailsQuery,
    reply: pagedAnswer(ChargeDetail),
    handle: notYet,
  }),
  endpoint({
    route: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charge',
    name: 'chargeAccount',
    source: 'ep-017',
    tag: 'Account Package',
    summary: 'Charge an account package for the usage it has',
    permission: 'charge.create',
    scope: 'client',
    params: AccountPath,
    body: ChargeAccountBody,
    reply: answer(ChargedAccount),
    handle: notYet,
  }),
]
