import type { z } from 'zod'
import { type Charge, cancelCharges } from '../../domain/billing/index.ts'
import { getUsage } from '../../domain/usage/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, writeLog } from './act.ts'
import { CancelChargeBody, CancelChargesBody, CancelledCharge } from './charge-cancels.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = {
  tag: 'Account Package',
  scope: 'client',
  permission: 'charge.cancel',
  params: AccountPath,
  reply: answer(CancelledCharge),
} as const

export const chargeCancelEndpoints = [
  endpoint({
    ...shared,
    route: `PUT ${PATH}/cancelCharges`,
    name: 'cancelCharges',
    source: 'ep-028',
    summary: 'Cancel charges of an account, all or none',
    body: CancelChargesBody,
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logNote)
      const { charges, logNote: logText } = body
      const { cancelUsageIndicator: cancelUsage, doNotSendInvoiceIndicator: withholdInvoices } = body
      const options = given({ cancelUsage, withholdInvoices })
      return { responseData: await cancel(account, { charges, logText, options }, context) }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/cancel/charge`,
    name: 'cancelCharge',
    source: 'ep-044',
    summary: 'Cancel one charge of an account',
    body: CancelChargeBody,
    async handle({ params, body: { logText, ...charge } }, context) {
      const account = await openAccount(params, context, logText)
      return { responseData: await cancel(account, { charges: [charge], logText, options: {} }, context) }
    },
  }),
]

async function cancel(
  { agreement, day, done }: OpenAccount,
  wish: {
    charges: readonly { accountChargeId: number; billingChargeId: number }[]
    logText: string | undefined
    options: { cancelUsage?: boolean; withholdInvoices?: boolean }
  },
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CancelledCharge>[]> {
  const { tx } = context
  const { customerId, agreementId } = agreement
  const cancelled = await cancelCharges(tx, {
    customerId,
    agreementId,
    chargeIds: wish.charges.map(onlyNumber),
    ...wish.options,
    reason: wish.logText ?? 'requested',
    correctedOn: day,
    ...done,
  })
  const logId = await writeLog(context, agreement, wish.logText)
  const rows = []
  for (const charge of cancelled) rows.push(await toCancelled(charge, rows.length, { day, logId }, context))
  return rows
}

/** Every charge holds one billing charge of the same number. */
function onlyNumber({
  accountChargeId,
  billingChargeId,
}: {
  accountChargeId: number
  billingChargeId: number
}) {
  if (accountChargeId === billingChargeId) return accountChargeId
  throw new Refusal(
    'not_found',
    'charge_unknown',
    `Charge ${accountChargeId} has no billing charge ${billingChargeId}.`,
  )
}

async function toCancelled(
  { customerId, chargeId, usageId, startDate, endDate, amountCents }: Charge,
  index: number,
  { day, logId }: { day: string; logId: number | undefined },
  { tx }: Context<EnterpriseSide>,
): Promise<z.input<typeof CancelledCharge>> {
  const usage = usageId === null ? undefined : await getUsage(tx, { customerId, usageId })
  return {
    record: String(index + 1),
    accountChargeId: String(chargeId),
    billingChargeId: String(chargeId),
    startDate,
    endDate,
    totalChargeAmount: toMoney(amountCents),
    cancelDate: day,
    statusCode: 'cancelled',
    statusDescription: 'Cancelled',
    usageId: toText(usageId),
    usageStatusCode: toText(usage?.status),
    logId: toText(logId),
  }
}
