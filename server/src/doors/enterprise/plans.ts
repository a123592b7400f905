import type { z } from 'zod'
import {
  type AccountPlanRecord,
  getAccountPlans,
  getAccountRecord,
  getValidPlans,
} from '../../domain/overview/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { AccountPlan, ValidPlan, ValidPlansQuery } from './plans.wire.ts'
import { toDescription, toLocalized, toPackageId, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'

export const planEndpoints = [
  endpoint({
    route: `GET ${PATH}/pricingplans`,
    name: 'getAccountPlans',
    source: 'ep-042',
    tag: 'Account Package',
    summary: 'Pricing plans of an account package, latest first, with their components',
    permission: 'plan.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountPlan),
    async handle({ params }, context) {
      const plans = await getAccountPlans(context.tx, await scopeOf(context, params))
      return { responseData: plans.map(toAccountPlan) }
    },
  }),
  endpoint({
    route: `GET ${PATH}/validPlans`,
    name: 'getValidPlans',
    source: 'ep-004',
    tag: 'Account Package',
    summary: 'Active pricing plans that the account package may take',
    permission: 'plan.read',
    scope: 'client',
    params: AccountPath,
    query: ValidPlansQuery,
    reply: pagedAnswer(ValidPlan),
    async handle({ params, query }, context) {
      const scope = await scopeOf(context, params)
      const plans = await getValidPlans(context.tx, { ...scope, ...given({ name: query.planName }) })
      const page = fromPaging(query)
      const start = (page.page - 1) * page.pageSize
      return toPaged(plans.map(toValidPlan).slice(start, start + page.pageSize), plans.length, page)
    },
  }),
]

/** The account with the day and the customer class that plans are chosen by. */
async function scopeOf(context: Context<EnterpriseSide>, params: z.output<typeof AccountPath>) {
  const { tx, caller, now } = context
  const key = fromAccountPath(caller, params)
  const { today, customerClass } = await getAccountRecord(tx, key, now)
  return { ...key, clientId: caller.clientId, today, customerClass }
}

function toAccountPlan(plan: AccountPlanRecord): z.input<typeof AccountPlan> {
  const { tariff } = plan
  return {
    startDate: plan.startDate,
    endDate: toText(plan.endDate),
    statusDescription: toDescription(plan.status),
    planDescription: tariff.name.en,
    typeDescription: toDescription(tariff.serviceKind),
    revenueClassDescription: toDescription(plan.revenueClass),
    planBillingsNumber: plan.billings,
    accountPricingId: plan.assignmentNumber,
    vendorId: tariff.companyId,
    packageId: toPackageId(tariff.serviceKind),
    id: tariff.tariffId,
    planCode: tariff.code,
    planName: toLocalized(tariff.name),
    componentDetailList: plan.rules.map((rule, index) => ({
      accountComponentId: index + 1,
      sequenceNumber: index + 1,
      componentCode: rule.code,
      description: rule.text.en,
      text: toLocalized(rule.text),
      kindCode: rule.kind,
      classCode: rule.class,
      typeDescription: toDescription(rule.kind),
      sectionDescription: toDescription(rule.class),
      ...priceOf(rule),
    })),
  }
}

/** A component's price when it is one: a fixed charge, a bound, a share, or a quantity with one price all year. */
function priceOf(rule: AccountPlanRecord['rules'][number]) {
  if (rule.kind === 'flat_charge') return onePrice(rule.price, rule.per)
  if (rule.kind === 'minimum' || rule.kind === 'maximum') return onePrice(rule.amount, rule.per)
  if (rule.kind === 'apply_to') return onePrice(rule.percent, '%')
  if (rule.kind !== 'service_quantity') return UNKNOWN_PRICE
  const [row, ...others] = rule.prices
  const [band, ...further] = row?.bands ?? []
  return band && others.length === 0 && further.length === 0 ? onePrice(band.price, '') : UNKNOWN_PRICE
}

const UNKNOWN_PRICE = { price: '', pricePer: '', priceText: '' }

/** A price that stands outside the tariff text, as a factor that is published, is not a number here. */
function onePrice(price: unknown, pricePer: string) {
  if (typeof price !== 'string') return { ...UNKNOWN_PRICE, pricePer: 'factor' }
  if (pricePer === '%') return { price, pricePer, priceText: `${price}%` }
  return { price, pricePer, priceText: pricePer ? `$${price} / ${pricePer}` : `$${price}` }
}

function toValidPlan(
  plan: Awaited<ReturnType<typeof getValidPlans>>[number],
  index: number,
): z.input<typeof ValidPlan> {
  const status = toDescription(plan.status)
  return {
    serviceTypeDescription: toDescription(plan.serviceKind),
    planDescription: plan.name.en,
    statusDescrition: status,
    statusDescription: status,
    territoryCode: '',
    postIntroPlanName: '',
    rateCode: plan.code,
    introductoryBillingsNumber: '',
    descriptionText: plan.description,
    record: String(index + 1),
    vendorId: String(plan.companyId),
    packageId: String(toPackageId(plan.serviceKind)),
    pricingPlanId: String(plan.tariffId),
  }
}
