import type { z } from 'zod'
import { formatAccountId } from '../../domain/agreements/index.ts'
import { getAccountRecord } from '../../domain/overview/index.ts'
import {
  type Adjustment,
  applyCredits,
  transferable,
  transferBalance,
} from '../../domain/receivables/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, requireCome, writeLog } from './act.ts'
import * as wire from './balances.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath } from './from-wire.ts'
import { toDescription, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

export const balanceEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/transferCharges/validate`,
    name: 'validateTransferCharges',
    source: 'ep-025',
    summary: 'How much debt and credit of an account can move to another',
    permission: 'balance.read',
    reply: answer(wire.TransferTerms),
    async handle({ params }, { tx, caller, now }) {
      const account = await getAccountRecord(tx, fromAccountPath(caller, params), now)
      const { debtCents, creditCents, lastDueDate } = await transferable(tx, account)
      return {
        responseData: [
          {
            accountNumber: formatAccountId(account),
            eligibleTransferAmount: toMoney(Math.max(0, debtCents)),
            customerName: account.customerName,
            eligibleCreditAmount: toMoney(Math.max(0, creditCents)),
            lastDueDate: toText(lastDueDate),
            statusCode: account.status,
            statusDescription: toDescription(account.status),
          },
        ],
      }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/transferBalance`,
    name: 'transferBalance',
    source: 'ep-026',
    summary: 'Move debt or credit of an account to another account',
    permission: 'balance.transfer',
    body: wire.TransferBody,
    reply: answer(wire.Transferred),
    async handle({ params, body }, context) {
      return { responseData: await transfer(await openAccount(params, context, body.logText), body, context) }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/applyCredits`,
    name: 'applyCredits',
    source: 'ep-016',
    summary: 'Let the credits of a billing package pay what its accounts owe',
    permission: 'balance.transfer',
    body: wire.ApplyCreditsBody,
    reply: answer(wire.CreditApplied),
    async handle({ params, body }, context) {
      const { agreement, day, done } = await openAccount(params, context, body.logText)
      const { effectiveDate } = body
      requireCome('effectiveDate', effectiveDate, day)
      const { customerId, accountNumber } = agreement
      const wish = { customerId, accountNumber, effectiveDate, accountingDate: day, ...done }
      const moves = await applyCredits(context.tx, wish)
      await writeLog(context, agreement, body.logText)
      return {
        responseData: moves.map(({ fromAgreementId, toAgreementId, amountCents }, index) => ({
          record: String(index + 1),
          fromAccountNumber: formatAccountId({ customerId, agreementId: fromAgreementId }),
          toAccountNumber: formatAccountId({ customerId, agreementId: toAgreementId }),
          appliedAmount: toMoney(amountCents),
          effectiveDate,
        })),
      }
    },
  }),
]

async function transfer(
  { agreement, day, done }: OpenAccount,
  body: z.output<typeof wire.TransferBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.Transferred>[]> {
  const { tx, caller } = context
  const to = fromAccountPath(caller, {
    customerId: body.transferCustomerId,
    customerAccountId: body.transferCustomerAccountId,
    accountPackageId: body.transferAccountPackageId,
  })
  const { customerId, agreementId } = agreement
  const halves = await transferBalance(tx, {
    from: { customerId, agreementId },
    to,
    scope: { clientId: caller.clientId },
    what: body.transferAmount < 0 ? 'credit' : 'debt',
    amountCents: Math.abs(body.transferAmount),
    effectiveDate: day,
    ...done,
  })
  const logId = await writeLog(context, agreement, body.logText)
  return halves.map((half, index) => toTransferred(half, index, logId))
}

function toTransferred(
  half: Adjustment,
  index: number,
  logId: number | undefined,
): z.input<typeof wire.Transferred> {
  return {
    record: String(index + 1),
    adjustmentId: String(half.adjustmentId),
    accountNumber: formatAccountId(half),
    directionCode: toText(half.side),
    transferAmount: toMoney(half.amountCents),
    transferDate: half.effectiveDate,
    dueDate: toText(half.dueDate),
    statusCode: half.status,
    statusDescription: toDescription(half.status),
    logId: toText(logId),
  }
}
