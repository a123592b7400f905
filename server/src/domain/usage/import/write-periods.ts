import type { Database, Tx } from '../../../platform/db/index.ts'
import { type LocalDate, localDateAt, Temporal } from '../../../platform/time.ts'
import { type AgreementKey, agreementsOfServicePoint } from '../../agreements/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import type { ImportedSeries } from '../import-report.ts'
import { actOnUsages, createUsage, postUsage } from '../operations/usage.ts'
import { selectUsages } from '../store/usage.ts'
import type { Usage, UsageQuantity } from '../usage.ts'
import { durationOf } from './file-series.ts'
import type { Planned } from './plan.ts'
import { newReport, type WriteContext } from './write.ts'

interface Period {
  startDate: LocalDate
  endDate: LocalDate
  quantity: UsageQuantity
}

/**
 * This will take amounts of whole weeks or months as posted usage of whoever had service at the point: there is nothing
 * between the days that intervals could hold. An amount that is there already changes nothing; another amount
 * takes the place of usage that is not charged yet. One transaction.
 */
export async function writePeriods(
  db: Database,
  planned: Planned,
  context: WriteContext,
): Promise<ImportedSeries> {
  const report = newReport(planned)
  await db.transaction(async (tx) => {
    const holders = await agreementsOfServicePoint(tx, planned.point.servicePointId)
    await lockCustomers(
      tx,
      holders.map((holder) => holder.customerId),
    )
    for (const period of periodsOf(planned)) {
      const holder = holders.find(
        (one) => one.startDate <= period.startDate && (one.endDate === null || period.endDate <= one.endDate),
      )
      if (holder) report[await writePeriod(tx, holder, period, context)]++
      else report.refused++
    }
  })
  context.onWritten(planned.to - planned.from)
  if (report.refused === 0) return report
  const reason = `${report.refused} amounts are of periods in which nobody had service at service point ${planned.point.servicePointId}, or another usage is there.`
  return { ...report, code: 'period_without_account', reason }
}

async function writePeriod(
  tx: Tx,
  holder: AgreementKey,
  period: Period,
  { now }: WriteContext,
): Promise<'taken' | 'same' | 'corrected' | 'refused'> {
  const key = { customerId: holder.customerId, agreementId: holder.agreementId }
  const live = (await selectUsages(tx, key)).filter(
    (usage) =>
      (usage.status === 'ready' || usage.status === 'charged') &&
      usage.startDate < period.endDate &&
      usage.endDate > period.startDate,
  )
  const [known] = live
  if (!known) {
    const { quantity, ...dates } = period
    await postUsage(tx, { ...key, ...dates, source: 'market', quantities: [quantity], now })
    return 'taken'
  }
  if (live.length > 1 || known.startDate !== period.startDate || known.endDate !== period.endDate)
    return 'refused'
  if (holds(known, period.quantity)) return 'same'
  if (known.status !== 'ready') return 'refused'
  const others = known.quantities.filter((line) => !isOf(line, period.quantity))
  await actOnUsages(tx, [known], 'supersede')
  const usage = { ...known, quantities: [...others, period.quantity], asOf: now }
  await createUsage(tx, { usages: [usage], now })
  return 'corrected'
}

function holds(usage: Usage, quantity: UsageQuantity): boolean {
  return usage.quantities.some((line) => isOf(line, quantity) && line.quantity === quantity.quantity)
}

function isOf(line: UsageQuantity, quantity: UsageQuantity): boolean {
  return (
    line.unit === quantity.unit &&
    line.scale === quantity.scale &&
    (line.kind ?? '') === (quantity.kind ?? '')
  )
}

function* periodsOf({ series, from, to, converter, point, flow }: Planned): Generator<Period> {
  const dayAt = (seconds: number) =>
    localDateAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000), point.timeZone)
  for (let index = from; index < to; index++) {
    const start = series.startSeconds[index] ?? 0
    yield {
      startDate: dayAt(start),
      endDate: dayAt(start + durationOf(series, index)),
      quantity: {
        unit: converter.unit,
        kind: flow === 'delivered' ? '' : flow,
        quantity: converter.convert(series.values[index] ?? 0),
        scale: converter.scale,
        estimated: series.qualities[index] === 'estimated',
      },
    }
  }
}
