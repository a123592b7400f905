import { addDays, daysBetween, type LocalDate, Temporal } from '../platform/time.ts'
import { noise, randomOf } from './random.ts'

/** The weather of a day in Juniper Valley. */
export interface Weather {
  /** Degrees Celsius at each hour of the clock. */
  temperature: readonly number[]
  /** 0 clear to 1 overcast. */
  cloud: number
}

const FIRST_DAY = '2025-01-01'
/** Mean of the middle of each month, degrees Celsius, and how far a day swings around its mean. */
const MEAN = [7.5, 10.5, 13, 16, 19.5, 23, 25.2, 25, 22.8, 18, 11.5, 7.5]
const SWING = [5, 5.5, 6.5, 7.5, 8.5, 9, 9.5, 9.5, 9, 7.5, 6, 5]
/** Share of the swing at each hour of the clock: coldest before dawn, hottest at 16:00. */
const COURSE = [
  -0.55, -0.65, -0.75, -0.85, -0.95, -1, -0.95, -0.75, -0.45, -0.1, 0.2, 0.45, 0.65, 0.82, 0.93, 0.99, 1,
  0.93, 0.75, 0.45, 0.15, -0.1, -0.3, -0.45,
]

/** Days that are hotter or colder than the season, by so many degrees. */
interface Spell {
  start: LocalDate
  end: LocalDate
  degrees: number
}

const KNOWN_SPELLS: readonly Spell[] = [
  { start: '2025-09-01', end: '2025-09-07', degrees: 4.5 },
  { start: '2026-01-11', end: '2026-01-18', degrees: -5 },
  { start: '2026-08-03', end: '2026-08-18', degrees: 7 },
]
const spells = new Map<number, readonly Spell[]>()
const weather: Weather[] = []
let anomaly = 0

/** This will tell the weather of a day. The valley has one weather: every copy of the demo has the same. */
export function weatherOn(day: LocalDate): Weather {
  const index = daysBetween(FIRST_DAY, day)
  if (index < 0) throw new Error(`the demo's weather begins on ${FIRST_DAY}`)
  while (weather.length <= index) weather.push(nextDay(addDays(FIRST_DAY, weather.length)))
  return weather[index] as Weather
}

/** Each day keeps most of yesterday's departure from the season. */
function nextDay(day: LocalDate): Weather {
  const random = noise(daysBetween('2000-01-01', day))
  const throwOf = () => (random() % 2001) / 1000 - 1
  anomaly = anomaly * 0.7 + throwOf() * 2.2
  const spell = spellsOf(Number(day.slice(0, 4))).find(({ start, end }) => start <= day && day < end)
  const mean = seasonal(MEAN, day) + anomaly + (spell?.degrees ?? 0)
  const overcast = (1 - throwOf()) / 2
  const dry = spell !== undefined || seasonal(MEAN, day) > 20
  const cloud = dry ? overcast * overcast * overcast * 0.6 : overcast * overcast
  const swing = seasonal(SWING, day) * (1 - cloud / 2)
  return { cloud, temperature: COURSE.map((share) => mean + share * swing) }
}

function spellsOf(year: number): readonly Spell[] {
  if (year <= 2026) return KNOWN_SPELLS
  const known = spells.get(year)
  if (known) return known
  const random = randomOf(`spells of ${year}`)
  const made = [
    spell(random.between(5, 20), `${year}-01-01`, -4),
    spell(random.between(5, 25), `${year}-07-01`, 5),
    spell(random.between(2, 20), `${year}-08-01`, 6),
  ]
  spells.set(year, made)
  return made

  function spell(offset: number, month: LocalDate, degrees: number): Spell {
    const start = addDays(month, offset)
    return { start, end: addDays(start, random.between(4, 9)), degrees }
  }
}

/** Runs straight from the middle of a month to the middle of the next. */
function seasonal(table: readonly number[], day: LocalDate): number {
  const { month, day: date, daysInMonth } = Temporal.PlainDate.from(day)
  const position = month - 1 + (date - 0.5) / daysInMonth - 0.5
  const before = Math.floor(position)
  const share = position - before
  const at = (index: number) => table[(index + 12) % 12] as number
  return at(before) * (1 - share) + at(before + 1) * share
}
