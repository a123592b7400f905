import type { z } from 'zod'
import {
  addAlert,
  addBillingAddress,
  type BillingAddress as BillingAddressRow,
  billingAddresses,
  changeBillingAddress,
  getBillingAccount,
  getBillingAddress,
} from '../../domain/customers/index.ts'
import { listAccountAlerts, listExemptions } from '../../domain/overview/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf, todayOf, writeLog } from './act.ts'
import {
  AddAlertBody,
  BillingAddress,
  BillingAddressPath,
  BillingAlert,
  BillingExemption,
  CreateAddressBody,
  UpdateAddressBody,
} from './billing-packages.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromBillingPackagePath, given } from './from-wire.ts'
import { toBillingAddress, toBillingAlert, toBillingExemption } from './to-billing-package.ts'
import { answer, BillingPackagePath, fromPaging, Paging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/billingPackages/{billingPackageId}'

export const billingPlaceEndpoints = [
  endpoint({
    route: `GET ${PATH}/alerts`,
    name: 'getBillingPackageAlerts',
    source: 'ep-110',
    tag: 'Billing Package',
    summary: 'Alerts of a billing package and of its whole customer, latest first',
    permission: 'alert.read',
    scope: 'client',
    params: BillingPackagePath,
    query: Paging,
    reply: pagedAnswer(BillingAlert),
    async handle({ params, query }, context) {
      const { tx, caller } = context
      const key = fromBillingPackagePath(caller, params)
      await getBillingAccount(tx, key)
      const today = await todayOf(context)
      const page = fromPaging(query)
      const { rows, total } = await listAccountAlerts(tx, key, page)
      const alerts = rows.map((row, index) => toBillingAlert(key.customerId, row, { index, today }))
      return toPaged(alerts, total, page)
    },
  }),
  endpoint({
    route: `POST ${PATH}/alerts`,
    name: 'addBillingPackageAlert',
    source: 'ep-111',
    tag: 'Billing Package',
    summary: 'Put an alert on a billing package that nobody must overlook',
    permission: 'alert.create',
    scope: 'client',
    params: BillingPackagePath,
    body: AddAlertBody,
    reply: answer(BillingAlert),
    async handle({ params, body }, context) {
      const key = fromBillingPackagePath(context.caller, params)
      return { responseData: [await alert(key, body, context)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/exemptions`,
    name: 'getBillingExemptions',
    source: 'ep-112',
    tag: 'Billing Package',
    summary: 'Exemptions of the account packages that a billing package is billed for',
    permission: 'billingPackage.read',
    scope: 'client',
    params: BillingPackagePath,
    query: Paging,
    reply: pagedAnswer(BillingExemption),
    async handle({ params, query }, context) {
      const { tx, caller } = context
      const key = fromBillingPackagePath(caller, params)
      await getBillingAccount(tx, key)
      const today = await todayOf(context)
      const page = fromPaging(query)
      const { rows, total } = await listExemptions(tx, key, page)
      const exemptions = rows.map((row, index) => toBillingExemption(key, row, { index, today }))
      return toPaged(exemptions, total, page)
    },
  }),
  endpoint({
    route: `GET ${PATH}/addresses`,
    name: 'getBillingAddresses',
    source: 'ep-113',
    tag: 'Billing Package',
    summary: 'Where the bills of a billing package may go, and where they go',
    permission: 'billingPackage.read',
    scope: 'client',
    params: BillingPackagePath,
    reply: answer(BillingAddress),
    async handle({ params }, { tx, caller }) {
      const addresses = await billingAddresses(tx, fromBillingPackagePath(caller, params))
      return { responseData: addresses.map(toBillingAddress) }
    },
  }),
  endpoint({
    route: `POST ${PATH}/addresses`,
    name: 'createBillingAddress',
    source: 'ep-115',
    tag: 'Billing Package',
    summary: 'Keep another address of a billing package; bills go there unless told otherwise',
    permission: 'billingPackage.update',
    scope: 'client',
    params: BillingPackagePath,
    body: CreateAddressBody,
    reply: answer(BillingAddress),
    async handle({ params, body }, context) {
      const { tx, caller, now } = context
      const key = fromBillingPackagePath(caller, params)
      const wanted = given({ mailingName: body.mailingName, use: body.currentFlag })
      const mailingAddress = { country: 'US', ...fromAddress(body) } as BillingAddressRow['mailingAddress']
      const acted = { now, actor: actorOf(context, body.logText) }
      const addressNumber = await addBillingAddress(tx, { ...key, mailingAddress, ...wanted, ...acted })
      await writeLog(context, key, body.logText)
      return { responseData: [toBillingAddress(await getBillingAddress(tx, { ...key, addressNumber }))] }
    },
  }),
  endpoint({
    route: `PUT ${PATH}/addresses/{billingAddressId}`,
    name: 'updateBillingAddress',
    source: 'ep-116',
    tag: 'Billing Package',
    summary: 'Correct an address of a billing package, or have bills go there',
    description: 'What is left out stays.',
    permission: 'billingPackage.update',
    scope: 'client',
    params: BillingAddressPath,
    body: UpdateAddressBody,
    reply: answer(BillingAddress),
    async handle({ params, body }, context) {
      const { tx, caller, now } = context
      const account = fromBillingPackagePath(caller, params)
      const key = { ...account, addressNumber: params.billingAddressId }
      const wanted = given({ mailingName: body.mailingName, use: body.currentFlag })
      const acted = { now, actor: actorOf(context, body.logText) }
      await changeBillingAddress(tx, { ...key, mailingAddress: fromAddress(body), ...wanted, ...acted })
      await writeLog(context, account, body.logText)
      return { responseData: [toBillingAddress(await getBillingAddress(tx, key))] }
    },
  }),
]

function fromAddress(body: z.output<typeof UpdateAddressBody>): Partial<BillingAddressRow['mailingAddress']> {
  return given({
    line1: body.addressLine1,
    line2: body.addressLine2,
    city: body.city,
    state: body.stateCode,
    postalCode: body.postalCode,
    country: body.countryCode,
  })
}

async function alert(
  key: { customerId: number; accountNumber: number },
  body: z.output<typeof AddAlertBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillingAlert>> {
  const { tx, now } = context
  await getBillingAccount(tx, key)
  const today = await todayOf(context)
  const { typeCode: kind, text, startDate = today, endDate, logText } = body
  const actor = actorOf(context, logText)
  const alertNumber = await addAlert(tx, { ...key, kind, text, startDate, ...given({ endDate }), now, actor })
  await writeLog(context, key, logText)
  const { rows } = await listAccountAlerts(tx, key, { page: 1, pageSize: 10_000 })
  const made = rows.find((row) => row.alertNumber === alertNumber)
  if (!made) throw new Error(`alert ${alertNumber} was not written`)
  return toBillingAlert(key.customerId, made, { index: 0, today })
}
