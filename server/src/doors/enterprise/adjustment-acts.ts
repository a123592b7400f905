import type { z } from 'zod'
import { customerNumber } from '../../domain/customers/index.ts'
import {
  type Adjustment,
  approveAdjustment,
  cancelAdjustment,
  findAdjustments,
  getAdjustment,
  rejectAdjustment,
} from '../../domain/receivables/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { openAccount, writeLog } from './act.ts'
import * as wire from './adjustment-acts.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toAccountKey, toDescription, toFlag, toInstant, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', source: 'own' } as const
const ofOne = { ...shared, params: wire.AdjustmentPath, reply: answer(wire.Adjustment) } as const

export const adjustmentActEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/adjustments`,
    name: 'listAdjustments',
    summary: 'Fees, corrections and transfers of an account, latest first',
    permission: 'adjustment.read',
    params: AccountPath,
    query: wire.AdjustmentsQuery,
    reply: pagedAnswer(wire.Adjustment),
    async handle({ params, query }, context) {
      const { agreement } = await openAccount(params, context)
      const { customerId, agreementId } = agreement
      const page = fromPaging(query)
      const window = { limit: page.pageSize, offset: (page.page - 1) * page.pageSize }
      const filter = { customerId, agreementId, ...given({ status: query.statusCode }), ...window }
      const { adjustments, total } = await findAdjustments(context.tx, filter)
      return toPaged(adjustments.map(toAdjustment), total, page)
    },
  }),
  endpoint({
    ...ofOne,
    route: `PUT ${PATH}/adjustments/{adjustmentId}/approve`,
    name: 'approveAdjustment',
    summary: 'Approve and post an adjustment that somebody else made',
    permission: 'adjustment.approve',
    body: wire.ApproveBody,
    async handle({ params, body }, context) {
      const { key, agreement, done } = await openAdjustment(params, context, body.logText)
      const approved = await approveAdjustment(context.tx, { ...key, ...done })
      await writeLog(context, agreement, body.logText)
      return { responseData: [toAdjustment(approved, 0)] }
    },
  }),
  endpoint({
    ...ofOne,
    route: `PUT ${PATH}/adjustments/{adjustmentId}/reject`,
    name: 'rejectAdjustment',
    summary: 'Send an adjustment that waits for approval back to who made it',
    permission: 'adjustment.approve',
    body: wire.RejectBody,
    async handle({ params, body }, context) {
      const { key, agreement, done } = await openAdjustment(params, context, body.logText)
      const reason = body.reasonDescription
      const rejected = await rejectAdjustment(context.tx, { ...key, reason, ...done })
      await writeLog(context, agreement, body.logText)
      return { responseData: [toAdjustment(rejected, 0)] }
    },
  }),
  endpoint({
    ...ofOne,
    route: `PUT ${PATH}/adjustments/{adjustmentId}/cancel`,
    name: 'cancelAdjustment',
    summary: 'Take back a posted fee, correction or transfer',
    permission: 'adjustment.cancel',
    body: wire.CancelAdjustmentBody,
    async handle({ params, body }, context) {
      const { key, agreement, day, done } = await openAdjustment(params, context, body.logText)
      const how = { reason: body.reasonDescription, cancelledOn: day }
      const cancelled = await cancelAdjustment(context.tx, { ...key, ...how, ...done })
      await writeLog(context, agreement, body.logText)
      return { responseData: [toAdjustment(cancelled, 0)] }
    },
  }),
]

/** The account and an adjustment of it; one of another account looks as if it did not exist. */
async function openAdjustment(
  path: z.output<typeof wire.AdjustmentPath>,
  context: Context<EnterpriseSide>,
  logText: string | undefined,
) {
  const account = await openAccount(path, context, logText)
  const { customerId, agreementId } = account.agreement
  const key = { customerId, adjustmentId: path.adjustmentId }
  const adjustment = await getAdjustment(context.tx, key)
  if (adjustment.agreementId === agreementId) return { ...account, key }
  throw new Refusal('not_found', 'adjustment_unknown', `There is no adjustment ${path.adjustmentId}.`)
}

function toAdjustment(one: Adjustment, index: number): z.input<typeof wire.Adjustment> {
  const { siblingCustomerId } = one
  return {
    record: String(index + 1),
    adjustmentId: String(one.adjustmentId),
    ...toAccountKey(one),
    billingPackageId: String(one.accountNumber),
    typeCode: one.type,
    typeDescription: toDescription(one.type),
    purposeCode: one.purpose,
    statusCode: one.status,
    statusDescription: toDescription(one.status),
    adjustmentAmount: toMoney(one.amountCents),
    effectiveDate: one.effectiveDate,
    accountingDate: one.accountingDate,
    dueDate: toText(one.dueDate),
    onBillIndicator: toFlag(one.onBill),
    comment: toText(one.comment),
    faultDescription: toText(one.fault),
    cancelReason: toText(one.cancelReason),
    transferCustomerId: siblingCustomerId === null ? '' : String(customerNumber(siblingCustomerId)),
    createdTimeStamp: toInstant(one.createdAt),
    createdByUserId: one.createdBy,
    approvedByUserId: toText(one.approvedBy),
  }
}
