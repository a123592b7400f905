import type { z } from 'zod'
import {
  type Agreement,
  type AgreementKey,
  changeCoolingOff,
  getAgreement,
} from '../../domain/agreements/index.ts'
import {
  correctStartDate,
  endService,
  type PlanChangeTerms,
  planChangeTerms,
  reassignPlan,
} from '../../domain/sales/index.ts'
import { getTariff } from '../../domain/tariffs/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import * as wire from './account-terms.wire.ts'
import { openAccount, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toAccountKey, toDescription, toFlag, toPackageId, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

export const accountTermEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/reassignPlan`,
    name: 'validateReassignPlan',
    source: 'ep-006',
    summary: 'From when an account package may go to another pricing plan, and what that asks for',
    permission: 'plan.read',
    reply: answer(wire.PlanChangeTerms),
    async handle({ params }, { tx, caller }) {
      const terms = await planChangeTerms(tx, fromAccountPath(caller, params))
      const { previousChargeDate, ...rest } = toTerms(terms)
      const showPlanExperation = rest.showPlanExpiration
      return { responseData: [{ ...rest, showPlanExperation, prevChargeDate: previousChargeDate }] }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/reassignPlan`,
    name: 'reassignPlan',
    source: 'ep-007',
    summary: 'Put an account package on another pricing plan from a day on',
    permission: 'plan.assign',
    body: wire.ReassignPlanBody,
    reply: answer(wire.ReassignedPlan),
    async handle({ params, body }, context) {
      return { responseData: [await reassign(params, body, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/startDates`,
    name: 'updateStartDates',
    source: 'ep-015',
    summary: 'Put right the first day of service, with the plan and all that began on it',
    permission: 'service.start',
    body: wire.StartDatesBody,
    reply: answer(wire.AccountDates),
    async handle({ params, body: { startDate, logText } }, context) {
      const { agreement, done } = await openAccount(params, context, logText)
      await correctStartDate(context.tx, { ...keyOf(agreement), startDate, ...done })
      await writeLog(context, agreement, logText)
      return { responseData: [toDates(await getAgreement(context.tx, agreement))] }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/endservice`,
    name: 'endAccountService',
    source: 'ep-019',
    summary: 'End the service of an account package on a day, with its final bill',
    permission: 'service.end',
    body: wire.EndServiceBody,
    reply: answer(wire.EndedService),
    async handle({ params, body: { endDate, logText } }, context) {
      const { agreement, done } = await openAccount(params, context, logText)
      const wish = { ...keyOf(agreement), endDate, ...given({ reason: logText }), ...done }
      const request = await endService(context.tx, wish)
      await writeLog(context, agreement, logText)
      return { responseData: [toEnded(await getAgreement(context.tx, agreement), request)] }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/cooloffperiod`,
    name: 'updateCoolOffPeriod',
    source: 'ep-021',
    summary: 'Let the cooling-off period of an account package end on another day',
    permission: 'service.start',
    body: wire.CoolOffBody,
    reply: answer(wire.CoolOffPeriod),
    async handle({ params, body: { endDate, logText } }, context) {
      const { agreement, done } = await openAccount(params, context, logText)
      const period = await changeCoolingOff(context.tx, { ...keyOf(agreement), endDate, ...done })
      await writeLog(context, agreement, logText)
      const { startDate, reason: reasonDescription } = period
      return { responseData: [{ ...toAccountKey(agreement), startDate, endDate, reasonDescription }] }
    },
  }),
]

const keyOf = ({ customerId, agreementId }: AgreementKey): AgreementKey => ({ customerId, agreementId })

function toTerms({ agreement, chargedThrough, renewalDate, needsTerm }: PlanChangeTerms) {
  return {
    previousChargeDate: toText(chargedThrough),
    showPlanTerm: toFlag(needsTerm),
    showPlanExpiration: toFlag(needsTerm),
    renewalDate: toText(renewalDate),
    accountPackageStartDate: agreement.startDate,
  }
}

async function reassign(
  params: z.output<typeof AccountPath>,
  body: z.output<typeof wire.ReassignPlanBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.ReassignedPlan>> {
  const { tx, caller } = context
  const { agreement, done } = await openAccount(params, context, body.logText)
  const { startDate, pricingPlanId: tariffId, renewalInd: renewal, planTermNum, expirationCode } = body
  await requireNamedPlan(context, body)
  const term = fromTerm(planTermNum, expirationCode)
  const wish = { ...keyOf(agreement), tariffId, startDate, renewal, ...given({ term }), ...done }
  const assignmentNumber = await reassignPlan(tx, wish)
  await writeLog(context, agreement, body.logText)
  const terms = await planChangeTerms(tx, fromAccountPath(caller, params))
  return {
    ...toTerms(terms),
    renewalIndicator: toFlag(renewal),
    accountPricingId: String(assignmentNumber),
  }
}

/** The wire names a plan by its company and commodity too; all three must be of one plan. */
async function requireNamedPlan(
  { tx, caller }: Context<EnterpriseSide>,
  body: z.output<typeof wire.ReassignPlanBody>,
): Promise<void> {
  const tariff = await getTariff(tx, caller.clientId, body.pricingPlanId)
  const wrong = [
    ...(tariff.companyId === body.vendorId ? [] : ['vendorId']),
    ...(toPackageId(tariff.serviceKind) === body.packageId ? [] : ['packageId']),
  ]
  if (wrong.length === 0) return
  const faults = wrong.map((name) => ({
    pointer: `/${name}`,
    in: 'body' as const,
    message: 'is not of this plan',
  }))
  throw new Refusal('rule', 'plan_differs', `Plan ${tariff.code} has another ${wrong.join(' and ')}.`, faults)
}

function fromTerm(months: number | undefined, code: string | undefined) {
  if (months === undefined && code === undefined) return undefined
  if (months !== undefined && code !== undefined)
    return { months, lastMonth: `${code.slice(0, 4)}-${code.slice(4)}` }
  const name = months === undefined ? 'planTermNum' : 'expirationCode'
  throw new Refusal('malformed', 'request_malformed', `${name} is missing; both or neither are given.`, [
    { pointer: `/${name}`, in: 'body', message: 'is missing' },
  ])
}

function toDates(agreement: Agreement): z.input<typeof wire.AccountDates> {
  const { status, startDate, endDate } = agreement
  const statusDescription = toDescription(status)
  return {
    ...toAccountKey(agreement),
    statusCode: status,
    statusDescription,
    startDate,
    endDate: toText(endDate),
  }
}

function toEnded(
  agreement: Agreement,
  request: Awaited<ReturnType<typeof endService>>,
): z.input<typeof wire.EndedService> {
  return {
    ...toDates(agreement),
    serviceRequestId: String(request.requestId),
    serviceRequestStatusCode: request.status,
    steps: request.steps.map((step) => ({
      sequence: String(step.stepNumber),
      stepCode: step.kind,
      stepDescription: toDescription(step.kind),
      statusCode: step.status,
      dueDate: toText(step.dueDate),
    })),
  }
}
