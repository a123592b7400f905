import { billRuns } from '../domain/billing/index.ts'
import { customerNumber } from '../domain/customers/index.ts'
import { findClient } from '../domain/identity/index.ts'
import type { Database } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { addDays, type Instant, type LocalDate, localDateAt, systemClock } from '../platform/time.ts'
import { buildTown } from './build-town.ts'
import { CYCLES, TIME_ZONE } from './calendar.ts'
import type { DemoContext } from './context.ts'
import { readDueDials } from './due-dials.ts'
import { isDemoComplete, sizeOf } from './load.ts'
import { pay } from './load-history.ts'
import { CLIENT_CODE, saveWindows } from './load-utility.ts'
import { meteredSites } from './metered-sites.ts'
import { type PlannedPayment, paymentOf } from './payments.ts'
import { recordIntervals } from './read-meters.ts'
import { selectBillsOfRun, selectClock, selectLastDay, updateClock } from './store.ts'

export interface AdvanceContext {
  database: Database
  onProgress: (step: string, done: number, total: number) => void
}

export interface Advanced {
  now: Instant
  intervals: number
}

/** A killed advance may have left a quarter of a month half recorded: so many days are recorded again. */
const REPEATED_DAYS = 11

/**
 * This will move the demo's clock forward and live through the time: meters send, dials are read, people pay the bills
 * they have. The new windows are left to be billed. Refuses a database without a complete demo.
 */
export async function advanceDemo(
  context: AdvanceContext,
  duration: { months?: number; weeks?: number; days?: number },
): Promise<Advanced> {
  const { read } = context.database
  if (!(await isDemoComplete(read)))
    throw new Refusal(
      'conflict',
      'demo_absent',
      'There is no complete demo in this database; load it with billwright demo.',
    )
  const clock = await selectClock(read)
  if (!clock) throw new Error('the demo has no clock')
  const real = systemClock()
  const now = clock.clockStart.add(real.since(clock.clockOrigin))
  const then = now.toZonedDateTimeISO(TIME_ZONE).add(duration).toInstant()
  const intervals = await keepCurrent(context, then)
  await updateClock(read, { clockStart: then, clockOrigin: real })
  return { now: then, intervals }
}

/** This will give a complete demo the readings and payments that it lacks up to an instant. Returns the new intervals. */
export async function keepCurrent(context: AdvanceContext, now: Instant): Promise<number> {
  const { database } = context
  const lastDay = await selectLastDay(database.read)
  const today = localDateAt(now, TIME_ZONE)
  if (lastDay === undefined || addDays(lastDay, 1) >= today) return 0
  const size = await sizeOf(database.read)
  const { clientId } = await findClient(database.read, CLIENT_CODE)
  for (const cycle of CYCLES)
    await database.transaction((tx) => saveWindows(tx, clientId, cycle, { months: size.months, today }))
  const metered = await database.transaction((tx) => meteredSites(tx, clientId, size))
  const period = { start: addDays(lastDay, 1 - REPEATED_DAYS), end: today }
  const intervals = await recordIntervals(context, metered, period)
  await readDueDials({ database, size }, clientId, today)
  await payOpenBills({ database, size }, clientId, { from: addDays(lastDay, 1), until: today })
  return intervals
}

async function payOpenBills(
  { database, size }: Pick<DemoContext, 'database' | 'size'>,
  clientId: number,
  { from, until }: { from: LocalDate; until: LocalDate },
): Promise<void> {
  const customers = new Map(buildTown(size).map((customer) => [customer.number, customer]))
  const planned: PlannedPayment[] = []
  for (const run of await billRuns(database.read, { clientId, limit: 10_000 })) {
    if (run.mode !== 'live') continue
    for (const bill of await selectBillsOfRun(database.read, run)) {
      const customer = customers.get(customerNumber(bill.customerId))
      const payment = customer && paymentOf(customer, bill)
      if (payment && payment.day >= from) planned.push(payment)
    }
  }
  await pay({ database }, clientId, planned, until)
}
