import type { z } from 'zod'
import { getAgreement } from '../../domain/agreements/index.ts'
import { audit } from '../../domain/identity/index.ts'
import { getIntervals, listUsages, type UsageListed } from '../../domain/overview/index.ts'
import { cancelUsage, getUsage, postUsage, type UsageQuantity } from '../../domain/usage/index.ts'
import { type Decimal, decimal, trim } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf, openAccount, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toConsumption } from './to-bill.ts'
import { toAccountKey, toBillNumber, toDescription, toFlag, toMoney, toText } from './to-wire.ts'
import {
  CancelledUsage,
  CancelUsageBody,
  Intervals,
  IntervalsQuery,
  PostedUsage,
  PostUsageBody,
  Usage,
  UsagePath,
  UsageQuery,
} from './usage.wire.ts'
import { AccountPath, answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'

export const usageEndpoints = [
  endpoint({
    route: `GET ${PATH}/usage`,
    name: 'getAccountUsage',
    source: 'ep-037',
    tag: 'Account Package',
    summary: 'Usage periods with their quantities, latest first',
    permission: 'usage.read',
    scope: 'client',
    params: AccountPath,
    query: UsageQuery,
    reply: pagedAnswer(Usage),
    async handle({ params, query }, { tx, caller }) {
      const key = await getAgreement(tx, fromAccountPath(caller, params))
      const page = fromPaging(query)
      const range = given({ startDate: query.startDate, endDate: query.endDate })
      const { customerId, agreementId } = key
      const { rows, total } = await listUsages(tx, { customerId, agreementId, ...range }, page)
      return toPaged(
        rows.map((row, index) => toUsage(row, index, customerId)),
        total,
        page,
      )
    },
  }),
  endpoint({
    route: `POST ${PATH}/usages`,
    name: 'postUsage',
    source: 'ep-022',
    tag: 'Account Package',
    summary: 'Post a quantity of usage for a period',
    permission: 'usage.post',
    scope: 'client',
    params: AccountPath,
    body: PostUsageBody,
    reply: answer(PostedUsage),
    async handle({ params, body }, context) {
      return { responseData: [await post(params, body, context)] }
    },
  }),
  endpoint({
    route: `POST ${PATH}/usages/{usageId}/cancel`,
    name: 'cancelUsage',
    source: 'ep-205',
    tag: 'Usage',
    summary: 'Cancel usage that no charge holds',
    permission: 'usage.cancel',
    scope: 'client',
    params: UsagePath,
    body: CancelUsageBody,
    reply: answer(CancelledUsage),
    async handle({ params, body }, context) {
      return { responseData: [await cancel(params, body.logText, context)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/intervals`,
    name: 'getAccountIntervals',
    source: 'own',
    tag: 'Account Package',
    summary: 'Interval measurements, as measured or summed by hour, day or month',
    permission: 'usage.read',
    scope: 'client',
    params: AccountPath,
    query: IntervalsQuery,
    reply: answer(Intervals),
    async handle({ params, query }, { tx, caller }) {
      const { from, to, grain = 'day' } = query
      const intervals = await getIntervals(tx, { ...fromAccountPath(caller, params), from, to, grain })
      return { responseData: [toIntervals(intervals)] }
    },
  }),
]

async function post(
  params: z.output<typeof AccountPath>,
  body: z.output<typeof PostUsageBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof PostedUsage>> {
  const { tx, caller, now } = context
  const key = fromAccountPath(caller, params)
  const period = { startDate: body.beginReadDate, endDate: body.endReadDate }
  const usageId = await postUsage(tx, { ...key, ...period, quantities: fromQuantities(body), now })
  await audit(tx, {
    clientId: caller.clientId,
    at: now,
    actor: actorOf(context),
    operation: 'postUsage',
    subject: `agreement:${key.customerId}-${key.agreementId}`,
    detail: { usageId, ...period, ...given({ transactionId: body.transactionId }) },
  })
  return { usageId: String(usageId), statusCode: 'ready' }
}

async function cancel(
  params: z.output<typeof UsagePath>,
  logText: string | undefined,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CancelledUsage>> {
  const { tx, caller } = context
  const { agreement, done } = await openAccount(params, context, logText)
  const { customerId, agreementId } = agreement
  const key = { customerId, usageId: params.usageId }
  const before = await getUsage(tx, key)
  if (before.agreementId !== agreementId)
    throw new Refusal('not_found', 'usage_unknown', 'There is no such usage.')
  await cancelUsage(tx, key)
  const subject = `agreement:${customerId}-${agreementId}`
  const { clientId } = caller
  const detail = { usageId: params.usageId }
  await audit(tx, { clientId, at: done.now, actor: done.actor, operation: 'cancelUsage', subject, detail })
  await writeLog(context, agreement, logText)
  const { startDate, endDate, source, status } = await getUsage(tx, key)
  return {
    ...toAccountKey(agreement),
    usageId: String(params.usageId),
    beginReadDate: startDate,
    endReadDate: endDate,
    sourceCode: source,
    statusCode: status,
    statusDescription: toDescription(status),
  }
}

/** What was delivered, and with net metering what was received, in the same unit. */
function fromQuantities(body: z.output<typeof PostUsageBody>): UsageQuantity[] {
  const shared = {
    unit: fromUnit(body.unitMeasureDescription),
    loop: body.productTransferType,
    ...given({
      touCode: fromSignificance(body.measurementSignificanceCode),
      meterBadge: body.equipmentIdCode,
    }),
  }
  const delivered = { ...shared, ...integer(decimal(body.usageNumber)) }
  if (body.netMeteringUsageNumber === undefined) return [delivered]
  return [delivered, { ...shared, kind: 'received', ...integer(decimal(body.netMeteringUsageNumber)) }]
}

function integer(value: Decimal): { quantity: number; scale: number } {
  const { units, scale } = trim(value)
  return { quantity: Number(units), scale }
}

/** Units as the market writes them. Source: X12 data element 355. */
const UNITS: Readonly<Record<string, string>> = {
  kh: 'kWh',
  kwh: 'kWh',
  k1: 'kW',
  kw: 'kW',
  k3: 'kvarh',
  kvarh: 'kvarh',
  th: 'therm',
  therm: 'therm',
  therms: 'therm',
  hh: 'ccf',
  ccf: 'ccf',
  m3: 'm3',
}

const fromUnit = (text: string): string => UNITS[text.toLowerCase()] ?? text

/** Source: X12 data element 935. 51 is the total. */
const SIGNIFICANCE: Readonly<Record<string, string>> = {
  '41': 'off_peak',
  '42': 'on_peak',
  '43': 'mid_peak',
  '51': '',
}

function fromSignificance(code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  const tou = SIGNIFICANCE[code]
  if (tou !== undefined) return tou || undefined
  throw new Refusal(
    'rule',
    'significance_unknown',
    `Measurement significance ${code} is not known; send 41 off-peak, 42 on-peak, 43 mid-peak or 51 total.`,
    [{ pointer: '/measurementSignificanceCode', in: 'body', message: 'is not known' }],
  )
}

function toUsage(usage: UsageListed, index: number, customerId: number): z.input<typeof Usage> {
  const { consumptionNumber, unitMeasureDescription } = toConsumption(usage.consumption)
  return {
    record: String(index + 1),
    usageId: String(usage.usageId),
    beginReadDate: usage.startDate,
    endReadDate: usage.endDate,
    usageNumber: consumptionNumber,
    unitMeasureDescription,
    statusCode: usage.status,
    statusDescription: toDescription(usage.status),
    sourceCode: usage.source,
    estimatedFlag: toFlag(usage.estimated),
    billId: toText(usage.billId),
    billNumber: toBillNumber(customerId, usage.billId),
    chargeAmount: toMoney(usage.chargeCents),
    usageDetailList: usage.quantities.map((quantity) => ({
      productTransferType: quantity.loop,
      unitMeasureDescription: quantity.unit,
      timeOfUseCode: quantity.touCode,
      measurementSignificanceCode: quantity.kind,
      usageNumber: quantity.quantity,
      equipmentIdCode: toText(quantity.badge),
      beginReadNumber: toText(quantity.beginReading),
      endReadNumber: toText(quantity.endReading),
      estimatedFlag: toFlag(quantity.estimated),
    })),
  }
}

function toIntervals(intervals: Awaited<ReturnType<typeof getIntervals>>): z.input<typeof Intervals> {
  const { channels, ...rest } = intervals
  return {
    ...rest,
    channels: channels.map(({ servicePointId, unit, timesOfUse, ...channel }) => ({
      servicePointId: String(servicePointId),
      unitMeasureDescription: unit,
      ...channel,
      timesOfUse: timesOfUse.map(({ touCode, values }) => ({ timeOfUseCode: touCode, values })),
    })),
  }
}
