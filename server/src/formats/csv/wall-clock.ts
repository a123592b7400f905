import { Temporal } from '../../platform/time.ts'

const DAY_SECONDS = 86_400

interface Day {
  startSeconds: number
  /** Whether the day has 24 hours and no change of the clock. */
  plain: boolean
}

/** Turns wall-clock times of one zone into instants. Wall clocks are seconds as if the wall clock were in UTC. */
export class WallClock {
  private readonly days = new Map<number, Day>()
  private readonly timeZone: string

  constructor(timeZone: string) {
    this.timeZone = timeZone
  }

  /** This will give the instants at which the clock shows `wallSeconds`: one, two in the repeated hour, none in a gap. */
  instants(wallSeconds: number): number[] {
    const midnight = Math.floor(wallSeconds / DAY_SECONDS) * DAY_SECONDS
    const day = this.day(midnight)
    if (day.plain) return [day.startSeconds + wallSeconds - midnight]
    const wall = Temporal.Instant.fromEpochMilliseconds(wallSeconds * 1000)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime()
    const instants = (['earlier', 'later'] as const).map((disambiguation) =>
      wall.toZonedDateTime(this.timeZone, { disambiguation }),
    )
    // In a gap both candidates show another time than the one asked for.
    const shown = instants.filter((instant) => instant.toPlainDateTime().equals(wall))
    return [...new Set(shown.map((instant) => instant.epochMilliseconds / 1000))]
  }

  /** This will give the instant at which a local day begins, `midnight` on the wall clock. */
  startOfDay(midnight: number): number {
    return this.day(midnight).startSeconds
  }

  private day(midnight: number): Day {
    const known = this.days.get(midnight)
    if (known) return known
    const startSeconds = this.start(midnight)
    const plain = this.start(midnight + DAY_SECONDS) - startSeconds === DAY_SECONDS
    const day = { startSeconds, plain }
    this.days.set(midnight, day)
    return day
  }

  private start(midnight: number): number {
    const date = Temporal.Instant.fromEpochMilliseconds(midnight * 1000)
      .toZonedDateTimeISO('UTC')
      .toPlainDate()
    return date.toZonedDateTime(this.timeZone).epochMilliseconds / 1000
  }
}
