import { balances } from '../../src/domain/receivables/index.ts'
import { dayGrid, recordBlocks } from '../../src/domain/usage/index.ts'
import type { Database, Tx } from '../../src/platform/db/index.ts'
import {
  addDays,
  daysBetween,
  type Instant,
  type LocalDate,
  manualClock,
  Temporal,
} from '../../src/platform/time.ts'
import { ACTOR, addHome, buildTown, type Home, hourly, type Town, ZONE } from '../support/billed-town.ts'
import { broken } from '../support/verified.ts'

/** What the model believes of one month of a home. */
export interface ModelCharge {
  month: LocalDate
  amountCents: number
  live: boolean
  /** Where it is shown; absent until the next bill. */
  billId?: number
}

/** What the model believes of a home, kept by arithmetic of its own. */
export interface ModelHome extends Home {
  wattHours: number
  /** Exclusive. */
  readThrough: LocalDate
  charges: ModelCharge[]
  /** All that the customer owes, less what the company owes the customer. */
  owedCents: number
  movedOutOn?: LocalDate
  /** Live payment events on its own file. */
  payments: { eventNumber: number; amountCents: number }[]
  adjustments: { adjustmentId: number; amountCents: number }[]
}

/** One client of a database, as random commands change it, beside what must be true of it. */
export interface ModelWorld {
  db: Database
  town: Town
  homes: ModelHome[]
  day(): LocalDate
  now(): Instant
  pass(days: number): void
  act<Result>(step: (tx: Tx, done: { now: Instant; actor: typeof ACTOR }) => Promise<Result>): Promise<Result>
}

export const FIRST_DAY = '2026-01-01'
const MONTHS = 36
let clients = 0

export async function openModelWorld(db: Database): Promise<ModelWorld> {
  clients += 1
  const code = `model-${clients}`
  const town = await db.transaction((tx) => buildTown(tx, 0, { code, months: MONTHS }))
  let day: LocalDate = '2026-02-01'
  const clock = manualClock(noonOf(day))
  return {
    db,
    town,
    homes: [],
    day: () => day,
    now: clock,
    pass(days) {
      day = addDays(day, days)
      clock.set(noonOf(day))
    },
    act: (step) => db.transaction((tx) => step(tx, { now: clock(), actor: ACTOR })),
  }
}

function noonOf(day: LocalDate): string {
  return Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime(ZONE).toInstant().toString()
}

/** This will enrol a home that has no meter data yet. */
export async function enrol(world: ModelWorld, wattHours: number): Promise<void> {
  const number = world.homes.length + 1
  const home = await world.act((tx) => addHome(tx, world.town, { number, measured: false }))
  const nothing = { charges: [], owedCents: 0, payments: [], adjustments: [] }
  world.homes.push({ ...home, ...nothing, wattHours, readThrough: FIRST_DAY })
}

/** This will record the next month of a home, one value an hour; the month is over when it is read. */
export async function readNextMonth(world: ModelWorld, home: ModelHome): Promise<void> {
  const end = nextMonth(home.readThrough)
  if (world.day() < end) world.pass(daysBetween(world.day(), end))
  const blocks = hourly(home, home.wattHours, home.readThrough, end)
  await world.act((tx, { now }) => recordBlocks(tx, { blocks, source: 'model', now }))
  home.readThrough = end
}

export function nextMonth(month: LocalDate): LocalDate {
  return Temporal.PlainDate.from(month).add({ months: 1 }).toString()
}

/**
 * This will price a month by the plan's words, apart from the rating engine: 9.00; 0.10 a kWh up to 500 kWh, 0.12 above;
 * 5 % on both; each line rounded half up to the cent.
 */
export function monthCents(home: Pick<ModelHome, 'wattHours'>, month: LocalDate): number {
  const { starts } = dayGrid(ZONE, month, nextMonth(month))
  const hours = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 3600
  const wattHours = BigInt(home.wattHours) * BigInt(hours)
  const low = wattHours < 500_000n ? wattHours : 500_000n
  const energy = halfUp(low * 10n, 1000n) + halfUp((wattHours - low) * 12n, 1000n)
  const untaxed = 900n + energy
  return Number(untaxed + halfUp(untaxed * 5n, 100n))
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}

/** This will compare the books with the model and with their own rules; empty when all is well. */
export async function faultsOf(world: ModelWorld): Promise<string[]> {
  const ids = world.homes.map((home) => home.customerId)
  const found = new Map<number, number>()
  for (const { customerId, payoffCents } of await balances(world.db.read, ids, world.day()))
    found.set(customerId, (found.get(customerId) ?? 0) + payoffCents)
  const wrong = world.homes
    .filter((home) => (found.get(home.customerId) ?? 0) !== home.owedCents)
    .map(
      (home) =>
        `customer ${home.customerId} owes ${found.get(home.customerId) ?? 0}, the model says ${home.owedCents}`,
    )
  return [...wrong, ...(await broken(world.db))]
}
