import type { LocalDate } from '../platform/time.ts'
import type { DayGrid } from './calendar.ts'
import { hashOf, mixed } from './random.ts'
import type { Weather } from './weather.ts'

export type ShapeKind = 'home' | 'office' | 'shop' | 'restaurant' | 'bakery' | 'school' | 'plant' | 'lamps'

/** What a site uses, in watts. */
export interface LoadProfile {
  shape: ShapeKind
  /** Always on. */
  baseW: number
  /** What comes and goes with people: this at the busiest hour. */
  busyW: number
  /** For each degree above 22. */
  coolW?: number
  /** For each degree below 16. */
  heatW?: number
  /** A car charger and the first night on which it is used. */
  car?: { watts: number; since: LocalDate; fromHour: number }
  /** Panels at full sun. */
  solarW?: number
  /** Nobody is there: `[start, end)`. */
  away?: { start: LocalDate; end: LocalDate }[]
  /** One interval in which everything ran at once. */
  peak?: { day: LocalDate; hour: number; quarter: number; watts: number }
}

/** Percent of the busy load at each hour of the clock, on a working day and on another. */
const SHAPES: Record<ShapeKind, { workday: readonly number[]; dayOff: readonly number[] }> = {
  home: {
    workday: [
      14, 11, 10, 10, 11, 18, 38, 52, 42, 30, 27, 28, 31, 29, 30, 36, 52, 78, 96, 100, 90, 68, 42, 22,
    ],
    dayOff: [18, 14, 12, 11, 11, 13, 22, 38, 55, 60, 58, 57, 60, 56, 52, 54, 64, 80, 95, 98, 88, 70, 48, 28],
  },
  office: {
    workday: [8, 8, 8, 8, 8, 12, 30, 62, 88, 96, 98, 100, 94, 98, 100, 97, 88, 60, 34, 20, 14, 10, 8, 8],
    dayOff: [8, 8, 8, 8, 8, 8, 10, 12, 14, 14, 14, 14, 14, 14, 14, 12, 10, 10, 8, 8, 8, 8, 8, 8],
  },
  shop: {
    workday: [6, 6, 6, 6, 6, 8, 14, 28, 60, 88, 94, 96, 98, 98, 97, 96, 98, 100, 90, 68, 34, 14, 8, 6],
    dayOff: [6, 6, 6, 6, 6, 6, 8, 14, 36, 78, 92, 98, 100, 100, 98, 95, 88, 60, 30, 14, 10, 8, 6, 6],
  },
  restaurant: {
    workday: [12, 8, 8, 8, 8, 12, 22, 32, 38, 46, 66, 92, 98, 80, 58, 52, 66, 92, 100, 100, 94, 76, 48, 24],
    dayOff: [14, 8, 8, 8, 8, 10, 18, 32, 48, 58, 72, 92, 100, 90, 68, 60, 70, 92, 100, 100, 96, 80, 54, 28],
  },
  bakery: {
    workday: [30, 62, 88, 96, 100, 100, 96, 84, 66, 52, 46, 44, 44, 42, 38, 32, 24, 14, 8, 6, 6, 6, 6, 10],
    dayOff: [28, 58, 84, 92, 96, 98, 92, 80, 62, 48, 40, 34, 22, 12, 8, 6, 6, 6, 6, 6, 6, 6, 6, 8],
  },
  school: {
    workday: [6, 6, 6, 6, 6, 14, 42, 82, 98, 100, 100, 98, 96, 96, 88, 60, 36, 24, 18, 12, 8, 6, 6, 6],
    dayOff: [6, 6, 6, 6, 6, 6, 6, 8, 9, 9, 9, 9, 9, 9, 9, 8, 7, 6, 6, 6, 6, 6, 6, 6],
  },
  plant: {
    workday: [
      58, 56, 56, 56, 60, 78, 92, 98, 100, 100, 99, 96, 97, 100, 100, 97, 92, 86, 82, 80, 78, 74, 68, 62,
    ],
    dayOff: [40, 38, 38, 38, 38, 40, 42, 44, 44, 44, 44, 42, 42, 42, 42, 42, 42, 40, 40, 40, 40, 40, 40, 40],
  },
  lamps: {
    workday: [100, 100, 100, 100, 100, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 100, 100, 100, 100, 100],
    dayOff: [100, 100, 100, 100, 100, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 100, 100, 100, 100, 100],
  },
}

/** Full sun at each hour of the clock, percent: a summer day; in winter the day is shorter and the sun lower. */
const SUN = [0, 0, 0, 0, 0, 0, 4, 17, 36, 56, 74, 88, 96, 100, 97, 89, 75, 57, 36, 16, 4, 0, 0, 0]
const SUN_OF_MONTH = [0.46, 0.58, 0.74, 0.88, 0.97, 1, 1, 0.94, 0.83, 0.66, 0.5, 0.42]
const SCHOOL_BREAKS = [
  { from: '06-12', until: '08-18' },
  { from: '12-20', until: '12-32' },
  { from: '01-01', until: '01-05' },
]

/** What a meter counts in a day: mWh of each interval, in and (with panels) out. */
export interface LoadDay {
  delivered: Float64Array
  received: Float64Array | undefined
}

/** This will make the intervals of a site's day, in whole watt-hours written as mWh. */
export function loadOf(
  siteCode: string,
  profile: LoadProfile,
  grid: DayGrid,
  weather: Weather,
  intervalSeconds: number,
): LoadDay {
  const perHour = 3600 / intervalSeconds
  const seed = hashOf(`${siteCode} ${grid.day}`) | 0
  const wattsAt = hourlyWatts(profile, grid, weather, mixed(seed) >>> 2)
  const sunW = sunWatts(profile, grid, weather)
  const count = grid.lengthSeconds / intervalSeconds
  const delivered = new Float64Array(count)
  const received = sunW && new Float64Array(count)
  for (let i = 0, hour = 0, left = perHour; i < count; i++) {
    const jitter = mixed((seed + i + 1) | 0)
    const use = (wattsAt[hour] as number) * (0.72 + (jitter & 0xffff) / 117_029)
    const sun = sunW ? (sunW[hour] as number) * (0.85 + (jitter >>> 16) / 218_454) : 0
    if (use >= sun) delivered[i] = Math.floor((use - sun) / perHour) * 1000
    else if (received) received[i] = Math.floor((sun - use) / perHour) * 1000
    if (--left === 0) {
      hour++
      left = perHour
    }
  }
  addPeak(profile, grid, perHour, delivered)
  return { delivered, received }
}

/** The expected watts of each hour that passes. */
function hourlyWatts(profile: LoadProfile, grid: DayGrid, weather: Weather, luck: number): number[] {
  const { workday, dayOff } = SHAPES[profile.shape]
  const isOff = grid.holiday || grid.weekday >= (profile.shape === 'plant' ? 6 : 5)
  const empty = isAway(profile, grid.day)
  const shape = isOff || empty ? dayOff : workday
  const busyW = empty ? profile.busyW * 0.06 : profile.busyW * (0.8 + (luck % 41) / 100)
  const climate = empty && profile.shape === 'home' ? 0.25 : 1
  const charges = profile.car && grid.day >= profile.car.since && luck % 7 < 5 ? profile.car : undefined
  const chargeHours = 2 + (luck % 3)
  return grid.clockHours.map((hour) => {
    const degrees = weather.temperature[hour] as number
    const open = profile.shape === 'home' ? 1 : 0.25 + (shape[hour] as number) / 133
    const cool = degrees > 22 ? (degrees - 22) * (profile.coolW ?? 0) : 0
    const heat = degrees < 16 ? (16 - degrees) * (profile.heatW ?? 0) : 0
    const charging =
      charges !== undefined && hour >= charges.fromHour && hour < charges.fromHour + chargeHours
    return (
      profile.baseW +
      (busyW * (shape[hour] as number)) / 100 +
      (cool + heat) * open * climate +
      (charging ? charges.watts : 0)
    )
  })
}

function sunWatts(profile: LoadProfile, grid: DayGrid, weather: Weather): number[] | undefined {
  const { solarW } = profile
  if (solarW === undefined) return undefined
  const season = SUN_OF_MONTH[Number(grid.day.slice(5, 7)) - 1] as number
  const clear = 1 - 0.75 * weather.cloud
  return grid.clockHours.map((hour) => {
    const sun = (SUN[hour] as number) / 100
    // A low sun rises late and sets early: the edges of the day lose more than its middle.
    return solarW * clear * Math.max(0, sun - (1 - season) * (1 - sun)) * season
  })
}

function isAway(profile: LoadProfile, day: LocalDate): boolean {
  if (profile.away?.some(({ start, end }) => start <= day && day < end)) return true
  const monthDay = day.slice(5)
  return (
    profile.shape === 'school' &&
    SCHOOL_BREAKS.some(({ from, until }) => from <= monthDay && monthDay < until)
  )
}

function addPeak(profile: LoadProfile, grid: DayGrid, perHour: number, delivered: Float64Array): void {
  const { peak } = profile
  if (peak?.day !== grid.day) return
  const hour = grid.clockHours.indexOf(peak.hour)
  const slot = hour * perHour + Math.floor((peak.quarter * perHour) / 4)
  delivered[slot] = Math.floor(peak.watts / perHour) * 1000
}
