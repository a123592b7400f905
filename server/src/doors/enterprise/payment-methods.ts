import type { z } from 'zod'
import { customerIdOf, customerNumber, getCustomer } from '../../domain/customers/index.ts'
import {
  addPaymentMethod,
  chosenGatewayOf,
  getPaymentMethod,
  type MethodKey,
  type PaymentMethod as PaymentMethodRow,
  paymentMethods,
  retirePaymentMethod,
  type TokenisedMethod,
  unusable,
  usesOfPaymentMethod,
} from '../../domain/payments/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { addDays, type LocalDate, Temporal } from '../../platform/time.ts'
import { actorOf, todayOf, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import {
  CreatePaymentMethodBody,
  EndPaymentMethodBody,
  PaymentMethod,
  PaymentMethodDetail,
  PaymentMethodPath,
} from './payment-methods.wire.ts'
import { toDescription, toFlag, toMoney, toText } from './to-wire.ts'
import { answer, CustomerPath } from './wire.ts'

export const paymentMethodEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/paymentMethods',
    name: 'getPaymentMethods',
    source: 'own',
    tag: 'Customer',
    summary: 'Cards and bank accounts of a customer, the default first',
    permission: 'paymentMethod.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(PaymentMethod),
    async handle({ params }, context) {
      const { tx, caller } = context
      const { customerId } = await getCustomer(tx, customerIdOf(caller.clientId, params.customerId))
      const today = await todayOf(context)
      const methods = await paymentMethods(tx, customerId)
      return { responseData: methods.map((method, index) => toPaymentMethod(method, today, index)) }
    },
  }),
  endpoint({
    route: 'GET /customers/{customerId}/paymentMethods/{paymentMethodId}',
    name: 'getPaymentMethod',
    source: 'ep-141',
    tag: 'Customer',
    summary: 'A card or bank account with the autopays and waiting payments that use it',
    permission: 'paymentMethod.read',
    scope: 'client',
    params: PaymentMethodPath,
    reply: answer(PaymentMethodDetail),
    async handle({ params }, context) {
      return { responseData: [await detailOf(fromMethodPath(context, params), context)] }
    },
  }),
  endpoint({
    route: 'POST /customers/{customerId}/paymentMethods',
    name: 'createPaymentMethod',
    source: 'ep-166',
    tag: 'Payment',
    summary: 'Keep a card or bank account that a gateway has tokenised',
    permission: 'paymentMethod.create',
    scope: 'client',
    params: CustomerPath,
    body: CreatePaymentMethodBody,
    reply: answer(PaymentMethodDetail),
    async handle({ params, body }, context) {
      const { tx, caller, now, services } = context
      const { customerId } = await getCustomer(tx, customerIdOf(caller.clientId, params.customerId))
      const gateway = await chosenGatewayOf(tx, caller.clientId, body.gatewayCode)
      const wanted = given({ nickname: body.nickname, makeDefault: body.defaultFlag })
      const method = { customerId, gateway, method: fromMethod(body), ...wanted }
      const acted = { fieldKey: services.fieldKey, now, actor: actorOf(context, body.logText) }
      const methodNumber = await addPaymentMethod(tx, { ...method, ...acted })
      await writeLog(context, { customerId }, body.logText)
      return { responseData: [await detailOf({ customerId, methodNumber }, context)] }
    },
  }),
  endpoint({
    route: 'PUT /customers/{customerId}/paymentMethods/{paymentMethodId}/end',
    name: 'endPaymentMethod',
    source: 'ep-140',
    tag: 'Customer',
    summary: 'End the use of a card or bank account',
    permission: 'paymentMethod.update',
    scope: 'client',
    params: PaymentMethodPath,
    body: EndPaymentMethodBody,
    reply: answer(PaymentMethodDetail),
    async handle({ params, body }, context) {
      const key = fromMethodPath(context, params)
      const acted = { now: context.now, actor: actorOf(context, body.logText) }
      await retirePaymentMethod(context.tx, { ...key, ...given({ stopUses: body.stopUsesFlag }), ...acted })
      await writeLog(context, { customerId: key.customerId }, body.logText)
      return { responseData: [await detailOf(key, context)] }
    },
  }),
]

function fromMethodPath(
  { caller }: Context<EnterpriseSide>,
  { customerId, paymentMethodId }: z.output<typeof PaymentMethodPath>,
): MethodKey {
  return { customerId: customerIdOf(caller.clientId, customerId), methodNumber: paymentMethodId }
}

function fromMethod(body: z.output<typeof CreatePaymentMethodBody>): TokenisedMethod {
  const { typeCode: kind, token, lastFourDigits: lastFour, holderName, expirationDate } = body
  return {
    kind,
    token,
    lastFour,
    holderName,
    ...given({
      brand: body.brandDescription,
      routingNumber: body.routingNumber,
      accountType: body.accountTypeCode,
      expiresOn: expirationDate === undefined ? undefined : dayAfterMonth(expirationDate),
    }),
  }
}

/** The first day after a month, YYYYMM. */
function dayAfterMonth(month: string): LocalDate {
  const first = Temporal.PlainDate.from(`${month.slice(0, 4)}-${month.slice(4)}-01`)
  return first.add({ months: 1 }).toString()
}

async function detailOf(
  key: MethodKey,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof PaymentMethodDetail>> {
  const { tx } = context
  const method = await getPaymentMethod(tx, key)
  const { autopays, waiting } = await usesOfPaymentMethod(tx, key)
  return {
    ...toPaymentMethod(method, await todayOf(context)),
    autopays: autopays.map((autopay) => ({
      customerId: String(customerNumber(autopay.customerId)),
      billingPackageId: String(autopay.accountNumber),
      autopayId: String(autopay.autopayNumber),
      startDate: autopay.startDate,
      endDate: toText(autopay.endDate),
      limitAmount: toMoney(autopay.limitCents),
      suspendedFlag: toFlag(autopay.suspendedAt !== null),
      suspendReason: toText(autopay.suspendReason),
    })),
    waitingPayments: waiting.map((request) => ({
      customerId: String(customerNumber(request.customerId)),
      paymentRequestId: String(request.requestNumber),
      billingPackageId: String(request.accountNumber),
      drawDate: request.drawDate,
      amount: toMoney(request.amountCents),
      statusCode: request.status,
    })),
  }
}

function toPaymentMethod(
  method: PaymentMethodRow,
  today: LocalDate,
  index = 0,
): z.input<typeof PaymentMethod> {
  const why = unusable(method, today)
  return {
    record: String(index + 1),
    customerId: String(customerNumber(method.customerId)),
    paymentMethodId: String(method.methodNumber),
    typeCode: method.kind,
    typeDescription: toDescription(method.kind),
    nickname: method.nickname,
    holderName: method.holderName,
    brandDescription: toText(method.brand),
    lastFourDigits: method.lastFour,
    routingNumber: toText(method.routingNumber),
    accountTypeCode: toText(method.accountType),
    expirationDate: method.expiresOn ? addDays(method.expiresOn, -1).slice(0, 7).replace('-', '') : '',
    gatewayCode: method.gateway,
    verificationCode: method.verification,
    defaultFlag: toFlag(method.isDefault),
    statusCode: method.status,
    statusDescription: toDescription(method.status),
    usableFlag: toFlag(why === undefined),
    unusableReason: toText(why?.sentence),
  }
}
