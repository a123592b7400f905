import { type BillRun, billRuns, startBillRun, workBillRun } from '../domain/billing/index.ts'
import { customerNumber } from '../domain/customers/index.ts'
import { findClient } from '../domain/identity/index.ts'
import { addDays, type LocalDate, localDateAt, Temporal } from '../platform/time.ts'
import { buildTown } from './build-town.ts'
import { CLOCK_START, CYCLES, TIME_ZONE } from './calendar.ts'
import { atHour, DEMO_ACTOR, type DemoContext } from './context.ts'
import { doDeeds } from './deeds.ts'
import { readDials } from './dials.ts'
import { dialAgreements, readDueDials } from './due-dials.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { type PlannedPayment, paymentOf, takePayments } from './payments.ts'
import { selectBillsOfRun } from './store.ts'

/** Chunks of a run that are billed at once: while one waits for the database, the other computes. */
const LANES = [1, 2]
const CHUNK_ACCOUNTS = 125

/** One billing of a cycle, the day after its period ended. */
interface Billing {
  cycleCode: string
  periodEnd: LocalDate
  billDate: LocalDate
}

/**
 * This will live through the billed months: dials are read, each cycle is billed when its period has ended, people pay,
 * and clerks do what the named people ask for. What a run or a deposit has done before is not done again.
 */
export async function loadHistory(context: DemoContext) {
  const { database, size, onProgress } = context
  const { clientId } = await findClient(database.read, CLIENT_CODE)
  const customers = new Map(buildTown(size).map((customer) => [customer.number, customer]))
  const today = localDateAt(CLOCK_START, TIME_ZONE)
  const dials = await dialAgreements(context, clientId)
  const known = await billRuns(database.read, { clientId, limit: 10_000 })
  const planned: PlannedPayment[] = []
  let bills = 0
  const billings = billingsOf(size.months)
  const from = billings[0]?.billDate ?? today
  for (const [index, billing] of billings.entries()) {
    await pay(context, clientId, planned, billing.billDate)
    await doDeeds(database, { from, before: billing.billDate })
    const ofCycle = dials.filter(({ owner }) => owner.cycleCode === billing.cycleCode)
    await database.transaction((tx) => readDials(tx, clientId, ofCycle, billing.periodEnd))
    const run = await billCycle(context, clientId, billing, known)
    for (const bill of await selectBillsOfRun(database.read, run)) {
      bills++
      const customer = customers.get(customerNumber(bill.customerId))
      const payment = customer && paymentOf(customer, bill)
      if (payment) planned.push(payment)
    }
    onProgress('bills', index + 1, billings.length)
  }
  await pay(context, clientId, planned, today)
  await doDeeds(database, { from, before: today })
  await readDueDials(context, clientId, today)
  return { count: bills, unit: 'bills' }
}

/** This will list the billings of the loaded months, in the order in which they happen. */
function billingsOf(months: number): Billing[] {
  const all = CYCLES.flatMap(({ code, lastBilled }) =>
    Array.from({ length: months }, (_, back) => {
      const periodEnd = Temporal.PlainDate.from(lastBilled).subtract({ months: back }).toString()
      return { cycleCode: code, periodEnd, billDate: addDays(periodEnd, 1) }
    }),
  )
  return all.sort((a, b) => (a.periodEnd < b.periodEnd ? -1 : 1))
}

async function billCycle(
  { database }: DemoContext,
  clientId: number,
  { cycleCode, periodEnd, billDate }: Billing,
  known: readonly BillRun[],
): Promise<BillRun> {
  const now = atHour(billDate, 5)
  const started = known.find((run) => run.cycleCode === cycleCode && run.periodEnd === periodEnd)
  const run =
    started ??
    (await database.transaction((tx) =>
      startBillRun(tx, {
        clientId,
        cycleCode,
        billDate,
        periodEnd,
        mode: 'live',
        chunkSize: CHUNK_ACCOUNTS,
        now,
        actor: DEMO_ACTOR,
      }),
    ))
  if (run.status === 'complete') return run
  const worker = { database, clock: () => now, actor: DEMO_ACTOR }
  await Promise.all(LANES.map((lane) => workBillRun({ ...worker, worker: `demo ${lane}` }, run)))
  return run
}

/** This will take the planned payments that come before a day, each day's in one transaction. */
export async function pay(
  { database }: Pick<DemoContext, 'database'>,
  clientId: number,
  planned: PlannedPayment[],
  before: LocalDate,
): Promise<void> {
  const due = planned.filter((payment) => payment.day < before)
  const later = planned.filter((payment) => payment.day >= before)
  planned.splice(0, planned.length, ...later)
  const byDay = Map.groupBy(due, (payment) => payment.day)
  for (const day of [...byDay.keys()].sort())
    await database.transaction((tx) => takePayments(tx, clientId, day, byDay.get(day) ?? []))
}
