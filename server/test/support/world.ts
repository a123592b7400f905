import type { GatewayWork } from '../../src/domain/payments/index.ts'
import { createGateways } from '../../src/gateways/index.ts'
import { handleEvents, runDays } from '../../src/jobs/index.ts'
import type { Database, Tx } from '../../src/platform/db/index.ts'
import { createOutgoing } from '../../src/platform/outgoing.ts'
import { addDays, type Instant, type LocalDate, manualClock, Temporal } from '../../src/platform/time.ts'
import { ACTOR, buildTown, type Home, type Town, ZONE } from './billed-town.ts'

/** A town whose clock a story moves. */
export interface World {
  town: Town
  homes: Home[]
  /** Noon of the story's day, where the town is. */
  now(): Instant
  today(): LocalDate
  /** What acts need that speak with a gateway. The town has no account with one to begin with. */
  work: GatewayWork & { gateways: ReturnType<typeof createGateways> }
  /** Does one act in a transaction, now. */
  act<Result>(step: (tx: Tx, done: { now: Instant; actor: typeof ACTOR }) => Promise<Result>): Promise<Result>
  /** Lives through every day up to and with this one: the daily work, then what follows from the day's events. */
  through(day: LocalDate): Promise<void>
}

/** This will open a world on its first day, with homes that have meter data for some months from January 2026 on. */
export async function openWorld(
  db: Database,
  { homes = 1, from = '2026-01-01', months = 3 }: { homes?: number; from?: LocalDate; months?: number } = {},
): Promise<World> {
  const clock = manualClock(noonOf(from))
  let day = from
  const town = await db.transaction((tx) => buildTown(tx, homes, { months }))
  const gateways = createGateways({
    database: db,
    clock,
    fieldKey: Buffer.alloc(32, 7),
    outgoing: createOutgoing({ allowHosts: [] }),
    publicUrl: 'http://127.0.0.1:4000',
  })
  const context = { database: db, clock, actor: { actor: 'job:daily', door: 'jobs' as const }, gateways }
  return {
    town,
    homes: town.homes,
    now: clock,
    today: () => day,
    work: { database: db, clock, actor: ACTOR, gateways },
    act: (step) => db.transaction((tx) => step(tx, { now: clock(), actor: ACTOR })),
    async through(last) {
      while (day < last) {
        await handleEvents(context)
        day = addDays(day, 1)
        clock.set(noonOf(day))
        await runDays(context, { clientId: town.clientId, through: day })
        await handleEvents(context)
      }
    },
  }
}

function noonOf(day: LocalDate): string {
  return Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime(ZONE).toInstant().toString()
}
