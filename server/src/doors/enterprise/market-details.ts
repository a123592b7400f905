import type { z } from 'zod'
import {
  BILL_METHODS,
  type BillableAgreement,
  changeMarketDetail,
  getAgreement,
  getMarketDetail,
  MAY_END,
  type MarketDetail,
  marketDetails,
} from '../../domain/agreements/index.ts'
import { getServicePoints } from '../../domain/metering/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { openAccount, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import * as wire from './market-details.wire.ts'
import { toAccountKey, toDescription, toFlag, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/marketDetails'
const shared = { tag: 'Account Package', scope: 'client' } as const

export const marketDetailEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}`,
    name: 'getMarketDetails',
    source: 'ep-038',
    summary: 'What is agreed with the market about an account package',
    permission: 'account.read',
    params: AccountPath,
    reply: answer(wire.MarketDetailListed),
    async handle({ params }, { tx, caller }) {
      const details = await marketDetails(tx, fromAccountPath(caller, params))
      return { responseData: details.map(toListed) }
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/{marketDetailId}`,
    name: 'getMarketDetail',
    source: 'ep-063',
    summary: 'A market detail, with what it may be changed to',
    permission: 'account.read',
    params: wire.MarketDetailPath,
    reply: answer(wire.MarketDetail),
    async handle({ params }, context) {
      return { responseData: [await read(params, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/{marketDetailId}`,
    name: 'changeMarketDetail',
    source: 'ep-068',
    summary: 'Put right the value and days of a market detail',
    permission: 'market.change',
    params: wire.MarketDetailPath,
    body: wire.MarketDetailBody,
    reply: answer(wire.MarketDetail),
    async handle({ params, body }, context) {
      return { responseData: [await change(params, body, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/{marketDetailId}/dates`,
    name: 'updateMarketDates',
    source: 'ep-156',
    tag: 'Market Details',
    summary: 'Put right the days of a market detail',
    permission: 'market.change',
    params: wire.MarketDetailPath,
    body: wire.MarketDatesBody,
    reply: answer(wire.MarketDetail),
    async handle({ params, body }, context) {
      return { responseData: [await change(params, body, context)] }
    },
  }),
]

type Path = z.output<typeof wire.MarketDetailPath>

async function change(
  params: Path,
  body: z.output<typeof wire.MarketDatesBody> & { value?: string },
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.MarketDetail>> {
  const { logText, startDate, endDate, value } = body
  const { agreement, done } = await openAccount(params, context, logText)
  const { customerId, agreementId } = agreement
  const key = { customerId, agreementId, detailNumber: params.marketDetailId }
  await changeMarketDetail(context.tx, { ...key, startDate, ...given({ endDate, value }), ...done })
  await writeLog(context, agreement, logText)
  return await read(params, context)
}

async function read(
  params: Path,
  { tx, caller }: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.MarketDetail>> {
  const key = fromAccountPath(caller, params)
  const agreement = await getAgreement(tx, key)
  const detail = await getMarketDetail(tx, { ...key, detailNumber: params.marketDetailId })
  const ids = agreement.points.map((one) => one.servicePointId)
  const [point] = await getServicePoints(tx, ids)
  return toDetail(agreement, detail, point?.externalNumber ?? null)
}

function toListed(detail: MarketDetail, index: number): z.input<typeof wire.MarketDetailListed> {
  return { record: String(index + 1), ...toShared(detail) }
}

const KIND_NAMES: Readonly<Record<MarketDetail['kind'], string>> = {
  bill_method: 'Bill Method',
  ldc_account_number: 'LDC Account Number',
}

function toShared(detail: MarketDetail) {
  return {
    ...toAccountKey(detail),
    marketDetailId: String(detail.detailNumber),
    typeCode: detail.kind,
    typeDescription: KIND_NAMES[detail.kind],
    value: detail.value,
    marketStatusDescription: toDescription(detail.status),
    startDate: detail.startDate,
    endDate: toText(detail.endDate),
  }
}

function toDetail(
  agreement: BillableAgreement,
  detail: MarketDetail,
  externalNumber: string | null,
): z.input<typeof wire.MarketDetail> {
  const interruptible = agreement.facts.some(
    (one) => one.factCode === 'interruptible' && one.endDate === null,
  )
  return {
    ...toShared(detail),
    canShowEndDate: MAY_END[detail.kind] ? 'true' : 'false',
    effectiveDate: detail.startDate,
    transactionId: '',
    originalTransactionId: '',
    ldcAccountNumber: toText(agreement.externalAccount),
    processedIndicator: toFlag(detail.status === 'confirmed'),
    sdpNumberCode: toText(externalNumber),
    detailAmount: '',
    billMethodDescription: agreement.billMethod,
    billMethodDescriptionChoices: BILL_METHODS.join(','),
    flowDirectionDescription: '',
    scriptName: '',
    interruptibleIndicator: toFlag(interruptible),
    reasonCode: '',
    reasonDescription: '',
  }
}
