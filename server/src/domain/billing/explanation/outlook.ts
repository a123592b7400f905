import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { addDays, type LocalDate, Temporal } from '../../../platform/time.ts'
import { type AgreementKey, type BillableAgreement, getAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount } from '../../customers/index.ts'
import type { UsageChannel } from '../../rating/index.ts'
import { type Gathered, gather } from '../pricing/gather.ts'
import { planVersions } from '../pricing/plan.ts'
import { priceTask } from '../pricing/price-accounts.ts'
import { type PricedCharge, priceAgreement } from '../pricing/pricing.ts'
import type { GatheredUsage } from '../pricing/usage-of.ts'
import type { Period } from '../runs/cycle.ts'
import { selectLastCharges } from '../store/charge.ts'
import { selectWindows } from '../store/run.ts'
import { continuedLoad, type KnownDays } from './continued-load.ts'

/** What the next bill is so far, and what it may become. */
export interface Outlook {
  /** Up to the last day that was measured; absent when none of the period was. */
  toDate?: PricedCharge
  /** The whole period, with the days that are to come like the same weekdays of the last four weeks. */
  forecast: PricedCharge
}

const LOOK_BACK_DAYS = 28

/**
 * This will price what an agreement used since its last charge, and what the period may come to, with the engine that
 * bills. Refuses an agreement without intervals in the last four weeks, and whatever stops its pricing.
 */
export async function agreementOutlook(tx: Tx, key: AgreementKey, today: LocalDate): Promise<Outlook> {
  const agreement = await getAgreement(tx, key)
  const { period, history } = await openPeriod(tx, agreement)
  const look = {
    start: latest(agreement.startDate, addDays(period.start, -LOOK_BACK_DAYS)),
    end: earliest(today, period.end),
  }
  if (look.start >= look.end) throw nothingMeasured(look)
  const clientId = clientOf(key.customerId)
  const gathered = await gather(tx, clientId, [
    { agreement, period: look },
    { agreement, period },
  ])
  const usage = gathered.usageOf({ agreement, period: look })
  const known = knownDays(usage, look)
  const forecast = forecastOf(agreement, period, gathered, { ...usage, known }, history)
  const measuredUntil = lastDay(known)
  if (measuredUntil === undefined || measuredUntil < period.start) return { forecast }
  const task = { agreement, period: { start: period.start, end: addDays(measuredUntil, 1) } }
  return { toDate: priceTask(task, await gather(tx, clientId, [task]), 1, history), forecast }
}

/** From the last charge to the end of the cycle's window. */
async function openPeriod(tx: Tx, agreement: BillableAgreement) {
  const { customerId, agreementId } = agreement
  const last = (await selectLastCharges(tx, [customerId])).find((row) => row.agreementId === agreementId)
  const start = last?.endDate ?? agreement.startDate
  const { cycleCode } = await getBillingAccount(tx, agreement)
  const windows = await selectWindows(tx, clientOf(customerId), cycleCode)
  const ends = windows.map(({ periodEnd }) => periodEnd).filter((day) => day > start)
  const next = ends.sort()[0] ?? Temporal.PlainDate.from(start).add({ months: 1 }).toString()
  const end = earliest(next, agreement.endDate ?? next)
  return { period: { start, end }, ...(last?.carry && { history: last.carry }) }
}

function forecastOf(
  agreement: BillableAgreement,
  period: Period,
  gathered: Gathered,
  { timeZone, known }: { timeZone: string; known: KnownDays[] },
  history: PricedCharge['history'],
): PricedCharge {
  const channels = known.map((one): UsageChannel => continuedLoad(one, period, timeZone))
  return priceAgreement({
    agreement,
    period,
    versions: planVersions(agreement, period, gathered.versionsOf),
    usage: { timeZone, usage: { kind: 'interval', channels }, sources: [] },
    missingTolerance: 1,
    ...(history && { history }),
  })
}

function knownDays({ usage, sources }: GatheredUsage, look: Period): KnownDays[] {
  if (usage.kind !== 'interval') throw nothingMeasured(look)
  return usage.channels.map((channel, index) => {
    const { startDay = look.start, blockVersions = [] } = sources[index]?.series ?? {}
    const days = [...blockVersions].flatMap((version, day) => (version > 0 ? [addDays(startDay, day)] : []))
    return { channel, days: new Set(days) }
  })
}

/** The last day that every channel has, of those that have any. */
function lastDay(known: readonly KnownDays[]): LocalDate | undefined {
  return known
    .flatMap(({ days }) => [...days].sort().at(-1) ?? [])
    .sort()
    .at(0)
}

function nothingMeasured({ start, end }: Period): Refusal {
  return new Refusal(
    'rule',
    'outlook_without_intervals',
    `There are no intervals from ${start} to ${end} to look ahead from; import them, or bill the next reading.`,
  )
}

function earliest(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b
}
function latest(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b
}
