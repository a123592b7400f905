import type { TariffInput } from '../../domain/tariffs/index.ts'
import type { HourSchedule } from './rate.ts'

type Version = TariffInput['versions'][number]
export type RuleInput = Version['rules'][number]
export type QuantityInput = NonNullable<Version['quantities']>[number]
type SeasonInput = NonNullable<Version['seasons']>[number]
type TouMapInput = NonNullable<Version['touMaps']>[number]
type TouRowInput = TouMapInput['rows'][number]

export interface SeasonPeriods {
  season: string | undefined
  periods: number[]
}

const MONTHS = Array.from({ length: 12 }, (_, month) => month)

/** A tariff version in the making, and what it will not carry. */
export class TariffDraft {
  readonly seasons: SeasonInput[] = []
  readonly touMaps: TouMapInput[] = []
  readonly quantities: QuantityInput[] = []
  readonly rules: RuleInput[] = []
  /** How long power is averaged for a peak; an interval where the record does not say. */
  window: { windowMinutes?: number } = {}
  /** The seasons of the energy map and the periods of each. */
  energySeasons: SeasonPeriods[] = []
  readonly notExpressed: { field: string; reason: string }[] = []

  omit(field: string, reason: string): void {
    this.notExpressed.push({ field, reason })
  }

  addQuantity(quantity: QuantityInput): void {
    if (!this.quantities.some((known) => known.code === quantity.code)) this.quantities.push(quantity)
  }

  /** Groups months that are alike into seasons; a year that is all alike needs none. */
  addSeasons(
    prefix: string,
    keyOf: (month: number) => string,
  ): { season: string | undefined; months: number[] }[] {
    const groups = new Map<string, number[]>()
    for (const month of MONTHS) groups.set(keyOf(month), [...(groups.get(keyOf(month)) ?? []), month])
    if (groups.size === 1) return [{ season: undefined, months: MONTHS }]
    return [...groups.values()].map((months, index) => {
      const season = `${prefix}-${index + 1}`
      this.seasons.push({ code: season, ranges: rangesOf(months) })
      return { season, months }
    })
  }

  /** Makes a map of whole-hour weekday and weekend schedules; gives its seasons and the periods of each. */
  addTouMap(code: string, weekday: HourSchedule, weekend: HourSchedule): SeasonPeriods[] {
    const used = [...new Set([...weekday, ...weekend].flat())].sort((a, b) => a - b)
    const keyOf = (month: number) => JSON.stringify([weekday[month], weekend[month]])
    const seasons = this.addSeasons(code, keyOf)
    const rows: TouRowInput[] = []
    for (const { season, months } of seasons) {
      const month = months[0] ?? 0
      for (const [days, hours] of [
        ['weekday', weekday[month]],
        ['weekend', weekend[month]],
      ] as const)
        for (const { from, until, period } of hourRuns(hours ?? []))
          rows.push({
            ...(season === undefined ? {} : { seasons: [season] }),
            days: [days],
            from: hour(from),
            until: hour(until),
            period: periodCode(period),
          })
    }
    const periods = used.map((period) => ({
      code: periodCode(period),
      text: { en: `Period ${period + 1}`, es: `Período ${period + 1}` },
    }))
    this.touMaps.push({ code, periods, rows })
    return seasons.map(({ season, months }) => {
      const own = months.flatMap((month) => [...(weekday[month] ?? []), ...(weekend[month] ?? [])])
      return { season, periods: [...new Set(own)].sort((a, b) => a - b) }
    })
  }
}

/** The code of a record's period: its index. */
export function periodCode(index: number): string {
  return `p${index}`
}

function hourRuns(hours: readonly number[]) {
  const runs: { from: number; until: number; period: number }[] = []
  for (const [at, period] of hours.entries()) {
    const last = runs.at(-1)
    if (last && last.period === period) last.until = at + 1
    else runs.push({ from: at, until: at + 1, period })
  }
  return runs
}

function hour(at: number): string {
  return `${String(at).padStart(2, '0')}:00`
}

function rangesOf(months: readonly number[]) {
  const ranges: { from: string; until: string }[] = []
  for (const month of months) {
    const from = monthStart(month)
    const last = ranges.at(-1)
    if (last && last.until === from) last.until = monthStart(month + 1)
    else ranges.push({ from, until: monthStart(month + 1) })
  }
  return ranges
}

function monthStart(month: number): string {
  return `${String((month % 12) + 1).padStart(2, '0')}-01`
}
