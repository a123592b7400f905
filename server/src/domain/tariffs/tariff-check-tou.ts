import { addDays } from '../../platform/time.ts'
import { type ClockWindow, inSeason, windowsOf } from './calendar.ts'
import type { TariffVersion, TouMap } from './tariff.ts'

type Report = (path: string, message: string) => void

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const LEAP_YEAR = '2024-01-01'
const DAY_MINUTES = 1440

/** This will find the minutes of any kind of day that a time-of-use map covers not at all or twice, and unknown names. */
export function touFaults(version: TariffVersion, report: Report): void {
  for (const [index, map] of version.touMaps.entries()) {
    const place = `/touMaps/${index}`
    if (nameFaults(version, map, place, report)) continue
    for (const seasons of seasonSets(version, map))
      for (const kind of [...WEEKDAYS, ...(namesHoliday(map) ? (['holiday'] as const) : [])]) {
        const holiday = kind === 'holiday'
        const windows = windowsOf(map, holiday ? 'mon' : kind, holiday, (code) => seasons.has(code))
        const fault = coverFault(map, windows)
        if (!fault) continue
        const when = [kind, ...[...seasons].map((code) => `season ${code}`)].join(', ')
        report(`${place}/rows`, `map "${map.code}" ${fault} on ${when}`)
        break
      }
  }
}

function nameFaults(version: TariffVersion, map: TouMap, place: string, report: Report): boolean {
  let found = false
  const fault: Report = (path, message) => {
    found = true
    report(place + path, message)
  }
  const periods = new Set(map.periods.map((period) => period.code))
  if (map.otherwise !== undefined && !periods.has(map.otherwise))
    fault('/otherwise', `map "${map.code}" has no period "${map.otherwise}"`)
  for (const [index, row] of map.rows.entries()) {
    if (!periods.has(row.period))
      fault(`/rows/${index}/period`, `map "${map.code}" has no period "${row.period}"`)
    if (row.from >= row.until)
      fault(
        `/rows/${index}`,
        `a window must end after it begins; write ${row.from} to ${row.until} as two rows`,
      )
    for (const season of row.seasons ?? [])
      if (!version.seasons.some((known) => known.code === season))
        fault(`/rows/${index}/seasons`, `there is no season "${season}"`)
  }
  return found
}

function namesHoliday(map: TouMap): boolean {
  return map.rows.some((row) => row.days.includes('holiday'))
}

/** The combinations of the map's seasons that some day of the year is in. */
function seasonSets(version: TariffVersion, map: TouMap): Set<string>[] {
  const named = new Set(map.rows.flatMap((row) => row.seasons ?? []))
  const seasons = version.seasons.filter((season) => named.has(season.code))
  const sets = new Map<string, Set<string>>()
  for (let day = 0; day < 366; day++) {
    const date = addDays(LEAP_YEAR, day)
    const own = seasons.filter((season) => inSeason(season, date)).map((season) => season.code)
    sets.set(own.join(' '), new Set(own))
  }
  return [...sets.values()]
}

function coverFault(map: TouMap, windows: readonly ClockWindow[]): string | undefined {
  let at = 0
  for (const { fromMinute, untilMinute } of windows) {
    if (fromMinute < at) return `covers ${clock(fromMinute)} to ${clock(Math.min(at, untilMinute))} twice`
    if (fromMinute > at) return `leaves ${clock(at)} to ${clock(fromMinute)} without a period`
    at = untilMinute
  }
  return at < DAY_MINUTES && map.otherwise === undefined
    ? `leaves ${clock(at)} to 24:00 without a period`
    : undefined
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
