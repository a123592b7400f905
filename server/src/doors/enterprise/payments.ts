import type { z } from 'zod'
import { customerIdOf, getCustomer } from '../../domain/customers/index.ts'
import {
  getPaymentRecord,
  listPaymentDirections,
  listPaymentLog,
  listPayments,
  type PaymentQuery,
} from '../../domain/overview/index.ts'
import { getPayment, getPaymentRequest, parsePaymentId } from '../../domain/payments/index.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import {
  Payment,
  PaymentBody,
  PaymentDetail,
  PaymentDirection,
  PaymentLog,
  PaymentPageBody,
  PaymentRequest,
  PaymentRequestPath,
  PaymentSearch,
  PaymentsQuery,
} from './payments.wire.ts'
import {
  toPayment,
  toPaymentDetail,
  toPaymentDirection,
  toPaymentLog,
  toPaymentRequest,
} from './to-payment.ts'
import { answer, CustomerPath, fromPaging, pagedAnswer, toPaged } from './wire.ts'

export const paymentEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/payments',
    name: 'getPayments',
    source: 'ep-157',
    tag: 'Payment',
    summary: 'Payments of a customer, latest first',
    permission: 'payment.read',
    scope: 'client',
    params: CustomerPath,
    query: PaymentsQuery,
    reply: pagedAnswer(Payment),
    async handle({ params, query }, { tx, caller: { clientId } }) {
      const { customerId } = await getCustomer(tx, customerIdOf(clientId, params.customerId))
      const page = fromPaging(query)
      const filter = given({ accountNumber: query.billingPackageId, status: query.statusCode })
      const { rows, total } = await listPayments(tx, { clientId, customerId, ...filter, ...page })
      return toPaged(rows.map(toPayment), total, page)
    },
  }),
  endpoint({
    route: 'POST /payments/details',
    name: 'getPaymentDetails',
    source: 'ep-160',
    tag: 'Payment',
    summary: 'A payment with its tenders, what each account package got, and what else the money paid',
    permission: 'payment.read',
    scope: 'client',
    effect: 'read',
    body: PaymentBody,
    reply: answer(PaymentDetail),
    async handle({ body }, { tx, caller }) {
      const payment = await getPaymentRecord(tx, parsePaymentId(caller.clientId, body.paymentId))
      return { responseData: [toPaymentDetail(payment)] }
    },
  }),
  endpoint({
    route: 'POST /payments/directionDetails',
    name: 'getPaymentDirectionDetails',
    source: 'ep-162',
    tag: 'Payment',
    summary: 'The debts that a payment pays, and how much of each',
    permission: 'payment.read',
    scope: 'client',
    effect: 'read',
    body: PaymentPageBody,
    reply: pagedAnswer(PaymentDirection),
    async handle({ body }, { tx, caller }) {
      const key = parsePaymentId(caller.clientId, body.paymentId)
      await getPayment(tx, key.customerId, key.paymentNumber)
      const page = fromPaging(body)
      const { rows, total } = await listPaymentDirections(tx, key, page)
      const directions = rows.map((row, index) => toPaymentDirection(key, row, index))
      return toPaged(directions, total, page)
    },
  }),
  endpoint({
    route: 'POST /payments/logDetails',
    name: 'getPaymentLogDetails',
    source: 'ep-163',
    tag: 'Payment',
    summary: 'Notes about a payment and what was done to it, latest first',
    permission: 'payment.read',
    scope: 'client',
    effect: 'read',
    body: PaymentPageBody,
    reply: pagedAnswer(PaymentLog),
    async handle({ body }, { tx, caller: { clientId } }) {
      const key = parsePaymentId(clientId, body.paymentId)
      const { payerCustomerId, eventNumber } = await getPayment(tx, key.customerId, key.paymentNumber)
      const page = fromPaging(body)
      const about = { ...key, clientId, payerCustomerId, eventNumber }
      const { rows, total } = await listPaymentLog(tx, about, page)
      const lines = rows.map((row, index) => toPaymentLog(key, row, index))
      return toPaged(lines, total, page)
    },
  }),
  endpoint({
    route: 'POST /search/payments',
    name: 'searchPayments',
    source: 'ep-195',
    tag: 'Search',
    summary: 'Payments by number, date, amount, status, source, tender or reference',
    permission: 'payment.read',
    scope: 'client',
    effect: 'read',
    body: PaymentSearch,
    reply: pagedAnswer(Payment),
    async handle({ body }, { tx, caller }) {
      const query = fromPaymentSearch(caller.clientId, body)
      const { rows, total } = await listPayments(tx, query)
      return toPaged(rows.map(toPayment), total, query)
    },
  }),
  endpoint({
    route: 'GET /customers/{customerId}/paymentRequests/{paymentRequestId}',
    name: 'getPaymentRequest',
    source: 'own',
    tag: 'Payment',
    summary: 'A payment that is to be drawn from a payment method, and what became of it',
    permission: 'payment.read',
    scope: 'client',
    params: PaymentRequestPath,
    reply: answer(PaymentRequest),
    async handle({ params }, { tx, caller }) {
      const customerId = customerIdOf(caller.clientId, params.customerId)
      const request = await getPaymentRequest(tx, { customerId, requestNumber: params.paymentRequestId })
      return { responseData: [toPaymentRequest(request)] }
    },
  }),
]

function fromPaymentSearch(clientId: number, body: z.output<typeof PaymentSearch>): PaymentQuery {
  const { customerId, paymentId } = body
  return {
    clientId,
    ...fromPaging(body),
    ...given({
      customerId: customerId === undefined ? undefined : customerIdOf(clientId, customerId),
      accountNumber: body.billingPackageId,
      status: body.statusCode,
      source: body.sourceCode,
      method: body.tenderTypeCode,
      reference: body.referenceNumber,
      from: body.paymentDateFrom,
      to: body.paymentDateTo,
      amountFromCents: body.amountFrom,
      amountToCents: body.amountTo,
      unapplied: body.unappliedFlag,
    }),
    ...(paymentId === undefined ? {} : parsePaymentId(clientId, paymentId)),
  }
}
