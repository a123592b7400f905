import type { z } from 'zod'
import {
  beginBill,
  cancelBill,
  cancelObstacle,
  completeBill,
  deleteBill,
} from '../../domain/billing/index.ts'
import { getBillingAccount } from '../../domain/customers/index.ts'
import { type BillRecord, getBillRecord } from '../../domain/overview/index.ts'
import { autopayAccounts } from '../../domain/payments/index.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf, requireCome, todayOf, writeLog } from './act.ts'
import { CancelBillBody, SaveBillBody, ValidCancelBill, ValidCancelQuery } from './bill-acts.wire.ts'
import { BillDetail } from './bills.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromBillingPackagePath } from './from-wire.ts'
import { toBill, toBillDetail } from './to-bill.ts'
import { toAccountKey, toFlag, toMoney, toText } from './to-wire.ts'
import { answer, BillingPackagePath, BillPath } from './wire.ts'

const PATH = '/customers/{customerId}/billingPackages/{billingPackageId}/bills'

export const billActEndpoints = [
  endpoint({
    route: `GET ${PATH}/{billId}/cancel/validate`,
    name: 'validateCancelBill',
    source: 'ep-104',
    tag: 'Bill',
    summary: 'Whether a bill can be cancelled, why not, and what would go with it',
    permission: 'bill.read',
    scope: 'client',
    params: BillPath,
    query: ValidCancelQuery,
    reply: answer(ValidCancelBill),
    async handle({ params, query }, context) {
      const { tx, caller } = context
      const key = { ...fromBillingPackagePath(caller, params), billId: params.billId }
      const bill = await getBillRecord(tx, key)
      const on = query.cancelDate ?? (await todayOf(context))
      return { responseData: [toValidCancel(bill, await cancelObstacle(tx, { ...key, on }))] }
    },
  }),
  endpoint({
    route: `POST ${PATH}/{billId}/cancel`,
    name: 'cancelBill',
    source: 'ep-105',
    tag: 'Bill',
    summary: 'Cancel the latest bill of a billing package, with its charges',
    description:
      'What had paid the bill pays other debts or is a credit; the next bill shows the cancellations. A bill that was ' +
      'begun and never completed is dropped.',
    permission: 'bill.cancel',
    scope: 'client',
    params: BillPath,
    body: CancelBillBody,
    reply: answer(BillDetail),
    async handle({ params, body }, context) {
      const key = { ...fromBillingPackagePath(context.caller, params), billId: params.billId }
      return { responseData: [await cancel(key, body, context)] }
    },
  }),
  endpoint({
    route: `POST ${PATH}`,
    name: 'saveBill',
    source: 'ep-106',
    tag: 'Bill',
    summary: 'Bill a billing package now, apart from the bill runs, or begin its bill',
    description:
      'A bill that was begun or reopened is completed under its number. Everything that is not on a bill yet goes on it.',
    permission: 'bill.create',
    scope: 'client',
    params: BillingPackagePath,
    body: SaveBillBody,
    reply: answer(BillDetail),
    async handle({ params, body }, context) {
      return { responseData: [await save(fromBillingPackagePath(context.caller, params), body, context)] }
    },
  }),
]

type AccountKey = ReturnType<typeof fromBillingPackagePath>

async function cancel(
  key: AccountKey & { billId: number },
  { cancelDate, logText }: z.output<typeof CancelBillBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillDetail>> {
  const { tx, now } = context
  const bill = await getBillRecord(tx, key)
  const today = await todayOf(context)
  requireCome('cancelDate', cancelDate ?? today, today)
  const act = { ...key, reason: logText, now, actor: actorOf(context, logText) }
  if (bill.status === 'pending') await deleteBill(tx, act)
  else await cancelBill(tx, { ...act, correctedOn: cancelDate ?? today })
  const { customerId, accountNumber } = key
  await writeLog(context, { customerId, accountNumber, subject: subjectOf(key) }, logText)
  return toBillDetail(await getBillRecord(tx, key))
}

async function save(
  account: AccountKey,
  body: z.output<typeof SaveBillBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof BillDetail>> {
  const { tx, now } = context
  await getBillingAccount(tx, account)
  const today = await todayOf(context)
  const { billDate = today, endDate = billDate, logText } = body
  requireCome('billDate', billDate, today)
  requireCome('endDate', endDate, today)
  const acted = { now, actor: actorOf(context, logText) }
  const { billId } =
    body.statusCode === 'pending'
      ? await beginBill(tx, { ...account, billDate, ...acted })
      : await completeBill(tx, {
          ...account,
          billDate,
          periodEnd: endDate,
          kind: 'off_cycle',
          autopayOf: autopayAccounts,
          ...acted,
        })
  const key = { ...account, billId }
  await writeLog(context, { ...account, subject: subjectOf(key) }, logText)
  return toBillDetail(await getBillRecord(tx, key))
}

const subjectOf = ({ customerId, billId }: { customerId: number; billId: number }) =>
  `bill:${customerId}-${billId}`

function toValidCancel(bill: BillRecord, obstacle: Refusal | undefined): z.input<typeof ValidCancelBill> {
  const listed = toBill(bill)
  const standing = bill.charges.filter(({ status }) => status === 'frozen')
  return {
    validFlag: toFlag(obstacle === undefined),
    reasonCode: toText(obstacle?.code),
    reason: toText(obstacle?.message),
    customerId: listed.customerId,
    billingPackageId: listed.billingPackageId,
    billId: listed.billId,
    billNumber: listed.billNumber,
    statusCode: listed.statusCode,
    statusDescription: listed.statusDescription,
    billDate: listed.billDate,
    dueDate: listed.dueDate,
    startDate: listed.startDate,
    endDate: listed.endDate,
    chargesAmount: listed.chargesAmount,
    amountDueAmount: listed.amountDueAmount,
    paidAmount: toMoney(bill.paidCents),
    charges: standing.map((charge) => ({
      ...toAccountKey({ customerId: bill.customerId, agreementId: charge.agreementId }),
      accountChargeId: String(charge.chargeId),
      startDate: charge.startDate,
      endDate: charge.endDate,
      amount: toMoney(charge.amountCents),
    })),
  }
}
