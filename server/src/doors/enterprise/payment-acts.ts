import type { z } from 'zod'
import { agreementIdOf } from '../../domain/agreements/index.ts'
import { type AccountKey, addLog, customerIdOf, customerNumber } from '../../domain/customers/index.ts'
import { getPaymentRecord } from '../../domain/overview/index.ts'
import {
  cancelPayment,
  getPayment,
  type PaymentKey,
  parsePaymentId,
  paymentIdOf,
  paymentSubject,
  paymentsOfEvent,
  returnPayment,
  transferPayment,
} from '../../domain/payments/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import type { LocalDate } from '../../platform/time.ts'
import { actorOf, requireCome, todayOf, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { takeOneTimePayment } from './one-time-payment.ts'
import {
  CancelledPayment,
  CancelPaymentBody,
  OneTimePayment,
  OneTimePaymentBody,
  PaymentPath,
  SavedLog,
  SaveLogBody,
  TransferPaymentBody,
  TransferredPayment,
} from './payments.wire.ts'
import { toPaymentKey } from './to-payment.ts'
import { toInstant, toMoney, toText } from './to-wire.ts'
import { answer, CustomerPath } from './wire.ts'

export const paymentActEndpoints = [
  endpoint({
    route: 'POST /payments/{paymentId}/transfers',
    name: 'transferPayment',
    source: 'ep-161',
    tag: 'Payment',
    summary: 'Move a payment, or a part of it, to another billing package',
    description:
      'The payment is cancelled where it was and made anew where it belongs, in one act; what is not transferred stays ' +
      'as a payment of its own. Money of nobody yet finds its customer in the same way.',
    permission: 'payment.transfer',
    scope: 'client',
    params: PaymentPath,
    body: TransferPaymentBody,
    reply: answer(TransferredPayment),
    async handle({ params, body }, context) {
      const from = parsePaymentId(context.caller.clientId, params.paymentId)
      return { responseData: [await transfer(from, body, context)] }
    },
  }),
  endpoint({
    route: 'POST /payments/{paymentId}/logs',
    name: 'savePaymentLog',
    source: 'ep-164',
    tag: 'Payment',
    summary: 'Write a note about a payment into the contact log',
    permission: 'payment.update',
    scope: 'client',
    params: PaymentPath,
    body: SaveLogBody,
    reply: answer(SavedLog),
    async handle({ params, body }, context) {
      const { tx, caller, now } = context
      const key = parsePaymentId(caller.clientId, params.paymentId)
      const { logText: text, typeCode: kind = 'note' } = body
      const line = { at: now, actor: actorOf(context, text), kind, text }
      const logId = await addLog(tx, { ...(await aboutPayment(context, key)), ...line })
      return { responseData: [{ ...toPaymentKey(key), logId: String(logId), logDate: toInstant(now) }] }
    },
  }),
  endpoint({
    route: 'POST /payments/{paymentId}/cancel',
    name: 'cancelPayment',
    source: 'ep-165',
    tag: 'Payment',
    summary: 'Cancel the money of a payment: what it paid is owed again',
    description:
      'Money that paid several accounts is taken back from all of them; what other tenders of it brought pays the same ' +
      'accounts, in their order. With `returnCode` the bank sent it back, which counts and may cost the fee.',
    permission: 'payment.cancel',
    scope: 'client',
    params: PaymentPath,
    body: CancelPaymentBody,
    reply: answer(CancelledPayment),
    async handle({ params, body }, context) {
      const key = parsePaymentId(context.caller.clientId, params.paymentId)
      return { responseData: [await cancel(key, body, context)] }
    },
  }),
  endpoint({
    route: 'POST /customers/{customerId}/payments/oneTime',
    name: 'payOneTime',
    source: 'ep-168',
    tag: 'Payment',
    summary: 'Take one payment: money at the counter, or drawn from a payment method',
    permission: 'payment.create',
    scope: 'client',
    params: CustomerPath,
    body: OneTimePaymentBody,
    reply: answer(OneTimePayment),
    async handle({ params, body }, context) {
      const customerId = customerIdOf(context.caller.clientId, params.customerId)
      return { responseData: [await takeOneTimePayment(customerId, body, context)] }
    },
  }),
]

/** Refuses a payment that is not of the caller's client as if it did not exist. */
async function aboutPayment({ tx }: Context<EnterpriseSide>, key: PaymentKey) {
  const { customerId, accountNumber } = await getPayment(tx, key.customerId, key.paymentNumber)
  return { customerId, subject: paymentSubject(key), ...(accountNumber !== null && { accountNumber }) }
}

async function dayOf(context: Context<EnterpriseSide>, name: string, given: LocalDate | undefined) {
  const today = await todayOf(context)
  requireCome(name, given ?? today, today)
  return given ?? today
}

async function transfer(
  from: PaymentKey,
  body: z.output<typeof TransferPaymentBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof TransferredPayment>> {
  const { tx, caller, now } = context
  const about = await aboutPayment(context, from)
  const on = await dayOf(context, 'transferDate', body.transferDate)
  const to: AccountKey = {
    customerId: customerIdOf(caller.clientId, body.customerId),
    accountNumber: body.billingPackageId,
  }
  const acted = { reason: body.logText, on, now, actor: actorOf(context, body.logText) }
  const wanted = given({ amountCents: body.amount, target: targetOf(body) })
  const paymentNumber = await transferPayment(tx, { ...from, ...acted, to, ...wanted })
  const made = { customerId: to.customerId, paymentNumber }
  const logId = await writeLog(context, about, body.logText)
  await writeLog(context, { ...to, subject: paymentSubject(made) }, body.logText)
  const { amountCents } = await getPayment(tx, made.customerId, paymentNumber)
  const { replacedBy } = await getPaymentRecord(tx, from)
  const rest = replacedBy.find((one) => paymentIdOf(one) !== paymentIdOf(made))
  const remainder = rest && (await getPayment(tx, rest.customerId, rest.paymentNumber))
  return {
    fromPaymentId: String(paymentIdOf(from)),
    ...toPaymentKey(made),
    customerId: String(customerNumber(to.customerId)),
    billingPackageId: String(to.accountNumber),
    amount: toMoney(amountCents),
    remainderPaymentId: rest ? String(paymentIdOf(rest)) : '',
    remainderAmount: toMoney(remainder?.amountCents ?? 0),
    transferDate: on,
    logId: toText(logId),
  }
}

function targetOf({ customerAccountId, accountPackageId }: z.output<typeof TransferPaymentBody>) {
  if (accountPackageId === undefined && customerAccountId === undefined) return undefined
  if (accountPackageId !== undefined && customerAccountId !== undefined)
    return { kind: 'agreement' as const, id: agreementIdOf(customerAccountId, accountPackageId) }
  const missing = accountPackageId === undefined ? 'accountPackageId' : 'customerAccountId'
  throw new Refusal('malformed', 'request_malformed', 'Name an account package by both of its numbers.', [
    { pointer: `/${missing}`, in: 'body', message: 'is missing' },
  ])
}

async function cancel(
  key: PaymentKey,
  body: z.output<typeof CancelPaymentBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CancelledPayment>> {
  const { tx, now } = context
  const { tenderId: tenderNumber, returnCode, logText } = body
  const about = await aboutPayment(context, key)
  const before = await getPayment(tx, key.customerId, key.paymentNumber)
  const { payerCustomerId, eventNumber } = before
  const standing = await paymentsOfEvent(tx, payerCustomerId, eventNumber)
  const on = await dayOf(context, 'cancelDate', body.cancelDate)
  const acted = {
    payerCustomerId,
    eventNumber,
    ...given({ tenderNumber }),
    now,
    actor: actorOf(context, logText),
  }
  const feeId =
    returnCode === undefined
      ? await cancelPayment(tx, { ...acted, reason: logText, cancelledOn: on }).then(() => undefined)
      : await returnPayment(tx, { ...acted, returnCode, returnedOn: on })
  const logId = await writeLog(context, about, logText)
  const after = await paymentsOfEvent(tx, payerCustomerId, eventNumber)
  const wasFrozen = new Set(standing.filter(({ status }) => status === 'frozen').map(paymentIdOf))
  const cancelled = after.filter((one) => one.status === 'cancelled' && wasFrozen.has(paymentIdOf(one)))
  const own = await getPayment(tx, key.customerId, key.paymentNumber)
  return {
    ...toPaymentKey(key),
    statusCode: own.status,
    cancelDate: toText(own.cancelledOn),
    cancelReason: toText(own.cancelReason),
    cancelledAmount: toMoney(own.amountCents),
    returnCode: toText(returnCode),
    feeAdjustmentId: toText(feeId),
    cancelledPaymentIds: cancelled.map((one) => String(paymentIdOf(one))),
    replacedByPaymentIds: after
      .filter((one) => one.status === 'frozen' && !wasFrozen.has(paymentIdOf(one)))
      .map((one) => String(paymentIdOf(one))),
    logId: toText(logId),
  }
}
