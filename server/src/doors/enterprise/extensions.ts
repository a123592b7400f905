import type { z } from 'zod'
import {
  type Contract,
  cancelPromise,
  contractOfAgreement,
  contractsOfAccount,
  makePromise,
  promiseTermsOfAgreement,
  type ScheduledPayment,
  summariseContracts,
} from '../../domain/receivables/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import * as wire from './extensions.wire.ts'
import { partsOf } from './split.ts'
import { toSchedules } from './to-contract.ts'
import { toPayExtensionTerms } from './to-terms.ts'
import { toAccountKey, toDescription, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, pagedAnswer, toSlice } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client' } as const

type Side = Context<EnterpriseSide>

export const extensionEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/payExtensions`,
    name: 'getPayExtension',
    source: 'ep-008',
    summary: 'What an account may promise to pay later and how, or why not',
    permission: 'extension.read',
    params: AccountPath,
    reply: answer(wire.PayExtensionTerms),
    async handle({ params }, context) {
      const { agreement, day } = await openAccount(params, context)
      const terms = await promiseTermsOfAgreement(context.tx, { ...agreement, day })
      return { responseData: [toPayExtensionTerms(terms)] }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/payExtensions`,
    name: 'createPayExtension',
    source: 'ep-013',
    summary: 'Take the promise of an account to pay by some days',
    permission: 'extension.manage',
    params: AccountPath,
    body: wire.PayExtensionBody,
    reply: answer(wire.PayExtensionKey),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.note)
      const { contractNumber } = await makePromise(context.tx, promiseOf(account, body))
      const logId = await writeLog(context, account.agreement, body.note)
      return { responseData: [{ paymentExtensionId: String(contractNumber), logId: toText(logId) }] }
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/paymentExtensions`,
    name: 'listPaymentExtensions',
    source: 'ep-067',
    summary: 'Payment extensions of an account, newest first',
    permission: 'extension.read',
    params: AccountPath,
    query: wire.ExtensionsQuery,
    reply: pagedAnswer(wire.PaymentExtension),
    async handle({ params, query }, context) {
      const account = await openAccount(params, context)
      const filter = { agreementId: account.agreement.agreementId, kinds: ['promise'] as const }
      const promises = await contractsOfAccount(context.tx, account.agreement, filter)
      return toSlice(await toExtensions(promises, account, context), fromPaging(query))
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/paymentExtension/{paymentExtensionId}/cancel`,
    name: 'cancelPaymentExtension',
    source: 'ep-029',
    summary: 'Drop a payment extension, so that its debt is collected again',
    permission: 'extension.manage',
    params: wire.ExtensionPath,
    body: wire.CancelExtensionBody,
    reply: answer(wire.CancelledExtension),
    async handle({ params, body }, context) {
      const { agreement, day, done } = await openAccount(params, context, body.logText)
      const key = { ...agreement, contractNumber: params.paymentExtensionId }
      const { customerId, contractNumber } = await contractOfAgreement(context.tx, key, ['promise'])
      const act = { customerId, contractNumber, day, reason: body.logText, ...done }
      const over = await cancelPromise(context.tx, act)
      const logId = await writeLog(context, agreement, body.logText)
      return { responseData: [toCancelled(over, logId)] }
    },
  }),
]

/** What is promised: the debt of this account only. */
function promiseOf(
  { agreement, day, done }: OpenAccount,
  {
    extensionAmount: amountCents,
    requestedByName: requestedBy,
    note,
    schedules,
  }: z.output<typeof wire.PayExtensionBody>,
) {
  const { customerId, accountNumber, agreementId: coversAgreementId } = agreement
  const payments = partsOf(schedules) as ScheduledPayment[]
  const key = { customerId, accountNumber, coversAgreementId, day }
  return { ...key, amountCents, payments, requestedBy, note, ...done }
}

async function toExtensions(
  promises: readonly Contract[],
  { agreement, day }: OpenAccount,
  { tx }: Side,
): Promise<z.input<typeof wire.PaymentExtension>[]> {
  const rows = []
  const key = toAccountKey(agreement)
  for (const { contract: promise, paidCents } of await summariseContracts(tx, promises, day)) {
    const schedules = await toSchedules(tx, promise, day)
    rows.push({
      record: String(rows.length + 1),
      ...key,
      // Documented as an integer.
      accountNumber: key.accountNumber.replaceAll('-', ''),
      paymentExtensionId: String(promise.contractNumber),
      extensionAmount: toMoney(promise.amountCents),
      receivedAmount: toMoney(paidCents),
      startDate: promise.startDate,
      statusDate: promise.endDate ?? promise.startDate,
      statusCode: promise.status,
      statusDescription: toDescription(promise.status),
      requestedByName: toText(promise.requestedBy),
      logText: toText(promise.note),
      schedules,
    })
  }
  return rows
}

function toCancelled(
  { contractNumber, endDate, status }: Contract,
  logId: number | undefined,
): z.input<typeof wire.CancelledExtension> {
  return {
    paymentExtensionId: String(contractNumber),
    statusDate: toText(endDate),
    statusCode: status,
    statusDescription: toDescription(status),
    logId: toText(logId),
  }
}
