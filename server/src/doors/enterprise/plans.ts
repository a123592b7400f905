import { endpoint } from './endpoint.ts'
import { notYet } from './not-yet.ts'
import { AccountPlan, ValidPlan, ValidPlansQuery } from './plans.wire.ts'
import { AccountPath, answer, pagedAnswer } from './wire.ts'

export const planEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/pricingplans',
    name: 'getAccountPlans',
    source: 'ep-042',
    tag: 'Account Package',
    summary: 'Pricing plans of an account package, latest first, with their components',
    permission: 'plan.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountPlan),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/validPlans',
    name: 'getValidPlans',
    source: 'ep-004',
    tag: 'Account Package',
    summary: 'Active pricing plans that the account package may take',
    permission: 'plan.read',
    scope: 'client',
    params: AccountPath,
    query: ValidPlansQuery,
    reply: pagedAnswer(ValidPlan),
    handle: notYet,
  }),
]
