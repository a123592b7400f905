import type { z } from 'zod'
import { getAgreement } from '../../domain/agreements/index.ts'
import { chargeAgreement, getCharge } from '../../domain/billing/index.ts'
import {
  type ChargeLineListed,
  type ChargeListed,
  listChargeLines,
  listCharges,
} from '../../domain/overview/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { centsToDecimal } from '../../platform/money.ts'
import { actorOf, writeLog } from './act.ts'
import {
  Charge,
  ChargeAccountBody,
  ChargeDetail,
  ChargeDetailsQuery,
  ChargedAccount,
} from './charges.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toConsumption } from './to-bill.ts'
import { toBillNumber, toDescription, toLocalized, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, Paging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'

export const chargeEndpoints = [
  endpoint({
    route: `GET ${PATH}/charges`,
    name: 'getAccountCharges',
    source: 'ep-036',
    tag: 'Account Package',
    summary: 'Charges of an account package, latest first',
    permission: 'charge.read',
    scope: 'client',
    params: AccountPath,
    query: Paging,
    reply: pagedAnswer(Charge),
    async handle({ params, query }, { tx, caller }) {
      const key = await getAgreement(tx, fromAccountPath(caller, params))
      const page = fromPaging(query)
      const { rows, total } = await listCharges(tx, key, page)
      return toPaged(
        rows.map((row, index) => toCharge(row, index, key.customerId)),
        total,
        page,
      )
    },
  }),
  endpoint({
    route: `GET ${PATH}/chargeDetails`,
    name: 'getChargeDetails',
    source: 'ep-005',
    tag: 'Account Package',
    summary: 'Component charges of one charge, or of all',
    permission: 'charge.read',
    scope: 'client',
    params: AccountPath,
    query: ChargeDetailsQuery,
    reply: pagedAnswer(ChargeDetail),
    async handle({ params, query }, { tx, caller }) {
      const key = await getAgreement(tx, fromAccountPath(caller, params))
      const page = fromPaging(query)
      const chargeId = query.accountChargeId ?? query.billingChargeId
      const filter = given({ chargeId, alsoChargeId: query.billingChargeId })
      const { rows, total } = await listChargeLines(tx, { ...key, ...filter, language: 'en' }, page)
      return toPaged(rows.map(toChargeDetail), total, page)
    },
  }),
  endpoint({
    route: `PUT ${PATH}/charge`,
    name: 'chargeAccount',
    source: 'ep-017',
    tag: 'Account Package',
    summary: 'Charge an account package for the usage it has',
    permission: 'charge.create',
    scope: 'client',
    params: AccountPath,
    body: ChargeAccountBody,
    reply: answer(ChargedAccount),
    async handle({ params, body }, context) {
      return { responseData: [await chargeAccount(params, body, context)] }
    },
  }),
]

async function chargeAccount(
  params: z.output<typeof AccountPath>,
  body: z.output<typeof ChargeAccountBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof ChargedAccount>> {
  const { tx, caller, now } = context
  const { customerId, agreementId, accountNumber } = await getAgreement(tx, fromAccountPath(caller, params))
  const actor = actorOf(context, body.logText)
  const chargedOn = body.effectiveDate
  const input = { customerId, agreementId, accountNumber, periodEnd: chargedOn, chargedOn, now, actor }
  const keys = await chargeAgreement(tx, input)
  const logId = await writeLog(context, { customerId, agreementId }, body.logText)
  const charges = []
  for (const key of keys) charges.push(await getCharge(tx, key))
  return {
    charges: charges.map((charge) => ({
      accountChargeId: String(charge.chargeId),
      usageId: toText(charge.usageId),
      startDate: charge.startDate,
      endDate: charge.endDate,
      totalChargeAmount: centsToDecimal(charge.amountCents),
    })),
    logId: toText(logId),
  }
}

function toCharge(charge: ChargeListed, index: number, customerId: number): z.input<typeof Charge> {
  return {
    record: String(index + 1),
    accountChargeId: String(charge.chargeId),
    billingChargeId: String(charge.chargeId),
    typeDescription: toDescription(charge.kind),
    statusCode: charge.status,
    statusDescription: toDescription(charge.status),
    chargeDate: charge.date,
    startDate: charge.startDate,
    endDate: charge.endDate,
    planDescription: toText(charge.planName?.en),
    planName: toLocalized(charge.planName),
    ...toConsumption(charge.consumption),
    chargeAmount: toMoney(charge.amountCents - charge.taxCents),
    taxAmount: toMoney(charge.taxCents),
    totalChargeAmount: toMoney(charge.amountCents),
    unpaidAmount: toMoney(charge.unpaidCents),
    dueDate: toText(charge.dueDate),
    usageId: toText(charge.usageId),
    billId: toText(charge.billId),
    billNumber: toBillNumber(customerId, charge.billId),
    rebillsAccountChargeId: toText(charge.rebillsChargeId),
    cancelReason: toText(charge.cancelReason),
  }
}

function toChargeDetail(line: ChargeLineListed, index: number): z.input<typeof ChargeDetail> {
  return {
    chargeDate: line.date,
    typeDescription: toDescription(line.kind),
    planDescription: toText(line.planName?.en),
    sequenceNumber: String(line.lineNumber),
    description: line.text,
    totalChargeAmount: toMoney(line.amountCents),
    chargeAmount: toMoney(line.isTax ? 0 : line.amountCents),
    taxAmount: toMoney(line.isTax ? line.amountCents : 0),
    consumptionNumber: toText(line.quantity),
    record: String(index + 1),
    accountChargeId: String(line.chargeId),
    billingChargeId: String(line.chargeId),
    accountComponentId: toText(line.componentNumber),
    componentChargeId: String(line.lineNumber),
  }
}
