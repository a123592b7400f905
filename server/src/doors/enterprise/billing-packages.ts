import type { z } from 'zod'
import { agreementIdOf, nameMasterAgreement } from '../../domain/agreements/index.ts'
import { billCycles } from '../../domain/billing/index.ts'
import {
  type AccountKey,
  changeBillingAccount,
  customerIdOf,
  getCustomer,
} from '../../domain/customers/index.ts'
import { getBillingPackage, getBillingPackages } from '../../domain/overview/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf, todayOf, writeLog } from './act.ts'
import {
  BillingPackage,
  BillingPackageDetail,
  BillingPackageSummary,
  EditBillingPackageBody,
  MasterAccountBody,
} from './billing-packages.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromBillingPackagePath, given } from './from-wire.ts'
import { toBillingPackage, toBillingPackageDetail, toBillingPackageSummary } from './to-billing-package.ts'
import { answer, BillingPackagePath, CustomerPath } from './wire.ts'

const PATH = '/customers/{customerId}/billingPackages'

export const billingPackageEndpoints = [
  endpoint({
    route: `GET ${PATH}`,
    name: 'getBillingPackages',
    source: 'ep-109',
    tag: 'Billing Package',
    summary: 'Billing packages of a customer with what they owe',
    permission: 'billingPackage.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(BillingPackage),
    async handle({ params }, context) {
      const { tx, caller } = context
      const { customerId } = await getCustomer(tx, customerIdOf(caller.clientId, params.customerId))
      const packages = await getBillingPackages(tx, { customerId }, await todayOf(context))
      return { responseData: packages.map(toBillingPackage) }
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billingPackageId}`,
    name: 'getBillingPackage',
    source: 'ep-107',
    tag: 'Billing Package',
    summary: 'A billing package: how it is billed, where bills go, what is owed, its account packages',
    permission: 'billingPackage.read',
    scope: 'client',
    params: BillingPackagePath,
    reply: answer(BillingPackageDetail),
    async handle({ params }, context) {
      return { responseData: [await detailOf(fromBillingPackagePath(context.caller, params), context)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billingPackageId}/summaryInfo`,
    name: 'getBillingPackageSummary',
    source: 'ep-108',
    tag: 'Billing Package',
    summary: 'A billing package at a glance: balances, last bill and payment, what comes next',
    permission: 'billingPackage.read',
    scope: 'client',
    params: BillingPackagePath,
    reply: answer(BillingPackageSummary),
    async handle({ params }, context) {
      const key = fromBillingPackagePath(context.caller, params)
      const found = await getBillingPackage(context.tx, key, await todayOf(context))
      return { responseData: [toBillingPackageSummary(found)] }
    },
  }),
  endpoint({
    route: `PUT ${PATH}/{billingPackageId}`,
    name: 'editBillingPackage',
    source: 'ep-114',
    tag: 'Billing Package',
    summary: 'Change how a billing package is billed from its next bill on',
    description: 'What is left out stays. Where bills go is changed by its addresses.',
    permission: 'billingPackage.update',
    scope: 'client',
    params: BillingPackagePath,
    body: EditBillingPackageBody,
    reply: answer(BillingPackageDetail),
    async handle({ params, body }, context) {
      const key = fromBillingPackagePath(context.caller, params)
      return { responseData: [await edit(key, body, context)] }
    },
  }),
  endpoint({
    route: `PUT ${PATH}/{billingPackageId}/masterAccount`,
    name: 'setMasterAccount',
    source: 'ep-117',
    tag: 'Billing Package',
    summary: 'Have an account package speak for its billing package: it comes first on its bills',
    permission: 'billingPackage.update',
    scope: 'client',
    params: BillingPackagePath,
    body: MasterAccountBody,
    reply: answer(BillingPackageDetail),
    async handle({ params, body }, context) {
      const { tx, now, caller } = context
      const key = fromBillingPackagePath(caller, params)
      const agreementId = agreementIdOf(body.customerAccountId, body.accountPackageId)
      const acted = { now, actor: actorOf(context, body.logText) }
      await getBillingPackage(tx, key, await todayOf(context))
      await nameMasterAgreement(tx, { ...key, agreementId, ...acted })
      await writeLog(context, { ...key, agreementId }, body.logText)
      return { responseData: [await detailOf(key, context)] }
    },
  }),
]

async function detailOf(
  key: AccountKey,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillingPackageDetail>> {
  return toBillingPackageDetail(await getBillingPackage(context.tx, key, await todayOf(context)))
}

async function edit(
  key: AccountKey,
  body: z.output<typeof EditBillingPackageBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillingPackageDetail>> {
  const { tx, now, caller } = context
  if (body.billCycleCode !== undefined) await requireCycle(context, caller.clientId, body.billCycleCode)
  const change = given({
    cycleCode: body.billCycleCode,
    deliveryMethod: body.deliveryMethodCode,
    copies: body.copiesNumber,
    dueDays: body.dueDaysNumber,
    documentLanguage: body.languageCode,
    holdBills: body.holdBillsFlag,
  })
  await changeBillingAccount(tx, { ...key, change, now, actor: actorOf(context, body.logText) })
  await writeLog(context, key, body.logText)
  return detailOf(key, context)
}

async function requireCycle({ tx }: Context<EnterpriseSide>, clientId: number, code: string): Promise<void> {
  const codes = (await billCycles(tx, clientId)).map(({ cycleCode }) => cycleCode)
  if (codes.includes(code)) return
  throw new Refusal('rule', 'bill_cycle_unknown', `There is no bill cycle "${code}".`, [
    { pointer: '/billCycleCode', in: 'body', message: `is none of ${codes.join(', ')}` },
  ])
}
