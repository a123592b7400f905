import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import { type LocalDate, Temporal } from '../../../platform/time.ts'
import {
  type AgreementKey,
  agreementsOfCustomers,
  type BillableAgreement,
  getAgreement,
} from '../../agreements/index.ts'
import { clientOf, customerIdOf } from '../../customers/index.ts'
import { type CompiledTariff, compileTariff, type RatingHistory, rate } from '../../rating/index.ts'
import { sharedValues, type TariffDocument, withSharedValues } from '../../tariffs/index.ts'
import { usagesByKey } from '../../usage/index.ts'
import type { ChargeBasis } from '../charges/charge.ts'
import { gather, type PricingTask } from '../pricing/gather.ts'
import type { GatheredUsage } from '../pricing/usage-of.ts'
import type { Period } from '../runs/cycle.ts'
import {
  type BilledRow,
  countBilledCustomers,
  selectBilled,
  selectBilledCustomers,
} from '../store/what-if.ts'

/** A period that was billed, with all that its price depends on but the tariff. */
export interface BilledPeriod {
  period: Period
  timeZone: string
  usage: GatheredUsage['usage']
  facts: ChargeBasis['facts']
  billedCents: Cents
}

/** What an agreement was billed for in a year. */
export interface BilledYear {
  agreement: BillableAgreement
  periods: BilledPeriod[]
  /** What the charge before the first handed on. */
  history?: RatingHistory
  /** Why its usage cannot be priced again. */
  fault?: Refusal
}

/** A year under a tariff. */
export interface PricedYear {
  amountCents: Cents
  periods: { period: Period; amountCents: Cents }[]
}

/**
 * This will price a billed year under other tariff versions: each bill with its own days, usage and facts, handing its
 * history to the next. Days before the first version are priced by it. Refuses whatever rating refuses.
 */
export function priceYear(year: BilledYear, versions: readonly CompiledTariff[]): PricedYear {
  if (year.fault) throw year.fault
  let { history } = year
  const periods = year.periods.map(({ period, timeZone, usage, facts }) => {
    const charge = rate({
      versions: inForceFrom(versions, period.start),
      period,
      timeZone,
      usage,
      facts: { ...facts, ...(history && { history }) },
      trace: false,
    })
    history = charge.carry
    return { period, amountCents: charge.amountCents }
  })
  return { amountCents: sumCents(periods.map(({ amountCents }) => amountCents)), periods }
}

/** This will make tariff texts ready to price agreements of a client, with what they take from the client's own tables. */
export async function compiledFor(
  tx: Tx,
  clientId: number,
  documents: readonly TariffDocument[],
): Promise<CompiledTariff[]> {
  const shared = await sharedValues(
    tx,
    clientId,
    documents.map((document) => ({ document })),
  )
  return documents.flatMap((document) =>
    document.versions.map((version) =>
      compileTariff(document, shared ? withSharedValues(version, shared) : version),
    ),
  )
}

/** This will let the first version price days before it: what-if knows no earlier price. */
export function inForceFrom(versions: readonly CompiledTariff[], day: LocalDate): CompiledTariff[] {
  const [first, ...later] = versions
  return first && first.effectiveFrom > day ? [{ ...first, effectiveFrom: day }, ...later] : [...versions]
}

/** This will read the year of one agreement that ends with its last bill. Refuses an unknown one, and one that was not billed in it. */
export async function billedYear(tx: Tx, key: AgreementKey, until: LocalDate): Promise<BilledYear> {
  await getAgreement(tx, key)
  const years = await yearsOfCustomers(tx, [key.customerId], until)
  const year = years.find(({ agreement }) => agreement.agreementId === key.agreementId)
  if (year) return year
  throw new Refusal(
    'rule',
    'never_billed',
    `The agreement has no bill in the year before ${until}; bill it before its plans are compared.`,
  )
}

export interface BookScope {
  clientId: number
  /** The year ends here, exclusive. */
  until: LocalDate
  chunkSize?: number
}

/**
 * This will go through the billed years of all active agreements of a client, a chunk of customers at a time. It only
 * reads. `done` and `total` count customers.
 */
export async function* billedBook(
  tx: Tx,
  { clientId, until, chunkSize = 100 }: BookScope,
): AsyncGenerator<{ years: BilledYear[]; done: number; total: number }> {
  const scope = { lastCustomerId: customerIdOf(clientId + 1, 0) - 1, from: yearBefore(until), until }
  let firstCustomerId = customerIdOf(clientId, 0)
  const total = await countBilledCustomers(tx, { ...scope, firstCustomerId })
  for (let done = 0; ; ) {
    const customerIds = await selectBilledCustomers(tx, { ...scope, firstCustomerId }, chunkSize)
    const last = customerIds.at(-1)
    if (last === undefined) return
    done += customerIds.length
    firstCustomerId = last + 1
    yield { years: await yearsOfCustomers(tx, customerIds, until), done, total }
  }
}

function yearBefore(day: LocalDate): LocalDate {
  return Temporal.PlainDate.from(day).subtract({ years: 1 }).toString()
}

async function yearsOfCustomers(
  tx: Tx,
  customerIds: readonly number[],
  until: LocalDate,
): Promise<BilledYear[]> {
  const rows = await selectBilled(tx, customerIds, { from: yearBefore(until), until })
  const own = Map.groupBy(rows, keyText)
  const agreements = (await agreementsOfCustomers(tx, customerIds)).filter(
    (agreement) => agreement.status === 'active' && own.has(keyText(agreement)),
  )
  const usages = await usagesByKey(
    tx,
    rows.flatMap(({ customerId, usageId }) => (usageId === null ? [] : [{ customerId, usageId }])),
  )
  const posted = new Map(
    usages
      .filter(({ source }) => source !== 'measured')
      .map((usage) => [`${usage.customerId}-${usage.usageId}`, usage]),
  )
  const tasksOf = (agreement: BillableAgreement) =>
    (own.get(keyText(agreement)) ?? []).map((row) => {
      const usage = posted.get(`${row.customerId}-${row.usageId}`)
      const period = { start: row.startDate, end: row.endDate }
      return { row, task: { agreement, period, ...(usage && { posted: usage }) } }
    })
  const work = agreements.map((agreement) => ({ agreement, tasks: tasksOf(agreement) }))
  const tasks = work.flatMap((one) => one.tasks.map(({ task }) => task))
  const gathered = await gather(tx, clientOf(Math.min(...customerIds)), tasks)
  return work.map((one) => yearOf(one, gathered.usageOf))
}

function keyText({ customerId, agreementId }: AgreementKey): string {
  return `${customerId}-${agreementId}`
}

function yearOf(
  { agreement, tasks }: { agreement: BillableAgreement; tasks: { row: BilledRow; task: PricingTask }[] },
  usageOf: (task: PricingTask) => GatheredUsage,
): BilledYear {
  const history = tasks[0]?.row.basis.history
  const year = { agreement, ...(history && { history }) }
  try {
    const periods = tasks.map(({ row, task }) => ({
      period: task.period,
      timeZone: row.basis.timeZone,
      usage: usageOf(task).usage,
      facts: row.basis.facts,
      billedCents: row.amountCents,
    }))
    return { ...year, periods }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...year, periods: [], fault: error }
  }
}
