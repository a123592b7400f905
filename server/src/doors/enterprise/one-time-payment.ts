import type { z } from 'zod'
import { type AccountKey, customerNumber, getBillingAccount } from '../../domain/customers/index.ts'
import {
  getPaymentEvent,
  paymentSubject,
  recordPayment,
  requestPayment,
  type TenderMethod,
} from '../../domain/payments/index.ts'
import { accountTotals } from '../../domain/receivables/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import type { LocalDate } from '../../platform/time.ts'
import { actorOf, requireCome, todayOf, writeLog } from './act.ts'
import type { EnterpriseSide } from './endpoint.ts'
import { given } from './from-wire.ts'
import type { OneTimePayment, OneTimePaymentBody } from './payments.wire.ts'
import { toPaymentKey } from './to-payment.ts'
import { toDescription, toMoney, toText } from './to-wire.ts'

type Body = z.output<typeof OneTimePaymentBody>

/** This will take money that is here, or have a payment method drawn. Refuses a body that says both or neither. */
export async function takeOneTimePayment(
  customerId: number,
  body: Body,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof OneTimePayment>> {
  const { tx } = context
  const account = { customerId, accountNumber: body.billingPackageId }
  await getBillingAccount(tx, account)
  const today = await todayOf(context)
  const paymentDate = body.paymentDate ?? today
  const taken = await take(account, { body, paymentDate, today }, context)
  const about = taken.subject === undefined ? account : { ...account, subject: taken.subject }
  const logId = await writeLog(context, about, body.logText)
  const totals = await accountTotals(tx, [customerId], today)
  const owed = totals.find(({ accountNumber }) => accountNumber === account.accountNumber)
  return {
    ...taken.wire,
    customerId: String(customerNumber(customerId)),
    billingPackageId: String(account.accountNumber),
    amount: toMoney(body.amount),
    paymentDate,
    statusDescription: toDescription(taken.wire.statusCode),
    balanceAmount: toMoney(owed?.currentCents ?? 0),
    logId: toText(logId),
  }
}

function take(
  account: AccountKey,
  { body, paymentDate, today }: { body: Body; paymentDate: LocalDate; today: LocalDate },
  context: Context<EnterpriseSide>,
) {
  const { paymentMethodId: methodNumber, tenderTypeCode: method } = body
  if (methodNumber !== undefined && method === undefined)
    return draw(account, { body, methodNumber, paymentDate, today }, context)
  if (method === undefined || methodNumber !== undefined)
    throw new Refusal(
      'malformed',
      'request_malformed',
      'Name either a payment method to draw or the kind of tender that was received.',
      [{ pointer: '/paymentMethodId', in: 'body', message: 'or tenderTypeCode must be given, not both' }],
    )
  requireCome('paymentDate', paymentDate, today)
  return receive(account, { body, method, paymentDate }, context)
}

async function receive(
  account: AccountKey,
  { body, method, paymentDate }: { body: Body; method: TenderMethod; paymentDate: LocalDate },
  context: Context<EnterpriseSide>,
) {
  const { tx, now } = context
  const { customerId } = account
  const target = body.billId === undefined ? undefined : { kind: 'bill' as const, id: body.billId }
  const eventNumber = await recordPayment(tx, {
    payerCustomerId: customerId,
    accounts: [{ ...account, amountCents: body.amount, ...given({ target }) }],
    paymentDate,
    source: body.sourceCode ?? 'counter',
    tender: { method, ...given({ reference: body.referenceNumber }) },
    now,
    actor: actorOf(context, body.logText),
  })
  const { payments } = await getPaymentEvent(tx, customerId, eventNumber ?? 0)
  const [payment] = payments
  if (!payment) throw new Error(`payment event ${eventNumber} paid nothing`)
  const wire = { ...toPaymentKey(payment), paymentRequestId: '', statusCode: payment.status }
  return { wire, subject: paymentSubject(payment) }
}

async function draw(
  account: AccountKey,
  wish: { body: Body; methodNumber: number; paymentDate: LocalDate; today: LocalDate },
  context: Context<EnterpriseSide>,
) {
  const { tx, now, services } = context
  const { body, methodNumber, paymentDate, today } = wish
  if (body.billId !== undefined || body.referenceNumber !== undefined || body.sourceCode !== undefined)
    throw new Refusal('rule', 'drawn_payment_detail', 'A drawn payment names no bill, reference or source.')
  const isToday = paymentDate === today
  const requestNumber = await requestPayment(tx, {
    ...account,
    methodNumber,
    amountCents: body.amount,
    drawDate: paymentDate,
    origin: isToday ? 'once' : 'scheduled',
    ...given({ allowDuplicate: body.allowDuplicateFlag }),
    now,
    actor: actorOf(context, body.logText),
  })
  if (isToday) await services.wakeDraw(tx, { customerId: account.customerId, requestNumber })
  const wire = {
    paymentId: '',
    paymentNumber: '',
    paymentRequestId: String(requestNumber),
    statusCode: 'waiting' as string,
  }
  return { wire, subject: undefined }
}
