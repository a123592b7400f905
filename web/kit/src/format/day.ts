/** A calendar day `YYYY-MM-DD`. It never passes a time zone. */
export type Day = string
export type Language = 'en' | 'es'

const MONTHS: Record<Language, readonly string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
}
const WEEKDAYS: Record<Language, readonly string[]> = {
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  es: ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'],
}
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' }
const SECONDS_A_DAY = 86_400
const MILLISECONDS_A_DAY = 86_400_000

/** This will write a calendar day: `Mar 4, 2026` or `4 mar 2026`. */
export function formatDay(day: Day, language: Language): string {
  const [year, month, date] = dayParts(day)
  const name = MONTHS[language][month - 1]
  return language === 'es' ? `${date} ${name} ${year}` : `${name} ${date}, ${year}`
}

/** This will write a calendar day without its year: `Mar 4`, `4 mar`. */
export function formatShortDay(day: Day, language: Language): string {
  const [, month, date] = dayParts(day)
  const name = MONTHS[language][month - 1]
  return language === 'es' ? `${date} ${name}` : `${name} ${date}`
}

/** This will write the month of a day: `Mar 2026`, `mar 2026`. */
export function formatMonth(day: Day, language: Language): string {
  const [year, month] = dayParts(day)
  return `${MONTHS[language][month - 1]} ${year}`
}

/** This will name the month of a day: `Mar`, `mar`. */
export function monthName(day: Day, language: Language): string {
  return MONTHS[language][dayParts(day)[1] - 1] ?? ''
}

/** This will name the weekday of a day: `Wed`, `mié`. */
export function weekdayName(day: Day, language: Language): string {
  return WEEKDAYS[language][new Date(dayNumber(day) * MILLISECONDS_A_DAY).getUTCDay()] ?? ''
}

/** This will write a half-open period with its inclusive last day: `Feb 3 – Mar 4, 2026`. */
export function formatPeriod(start: Day, end: Day, language: Language): string {
  const last = addDays(end, -1)
  const sameYear = start.slice(0, 4) === last.slice(0, 4)
  return `${sameYear ? formatShortDay(start, language) : formatDay(start, language)} – ${formatDay(last, language)}`
}

/** This will count the days of a half-open period. */
export function daysBetween(start: Day, end: Day): number {
  return dayNumber(end) - dayNumber(start)
}

/** This will move a day by whole days. */
export function addDays(day: Day, days: number): Day {
  return new Date((dayNumber(day) + days) * MILLISECONDS_A_DAY).toISOString().slice(0, 10)
}

/** This will move a day by whole months, keeping to the end of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = dayParts(day)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, length))
  return first.toISOString().slice(0, 10)
}

/** This will write a moment in a zone (the reader's own when none is given): `Mar 4, 2026, 5:15 PM`. */
export function formatInstant(instant: string, language: Language, timeZone?: string): string {
  const moment = new Date(instant)
  return `${formatDay(dayIn(moment, timeZone), language)}, ${clockIn(moment, language, timeZone)}`
}

/** This will write the time of day of an epoch second in a zone: `5:15 PM`, `5:15 p. m.`. */
export function formatClock(epochSeconds: number, language: Language, timeZone: string): string {
  return clockIn(new Date(epochSeconds * 1000), language, timeZone)
}

/** This will give the calendar day of an epoch second in a zone. */
export function localDay(epochSeconds: number, timeZone: string): Day {
  return dayIn(new Date(epochSeconds * 1000), timeZone)
}

/**
 * This will give the calendar days of ascending epoch seconds in a zone, a year of quarter hours in a few milliseconds:
 * the zone is asked once a day, and for each moment only on the days on which its clocks change.
 */
export function localDays(epochSeconds: readonly number[], timeZone: string): Day[] {
  const offsets = new Map<number, number>()
  const offsetAt = (seconds: number) => {
    const known = offsets.get(seconds)
    if (known !== undefined) return known
    const offset = utcOffset(seconds, timeZone)
    offsets.set(seconds, offset)
    return offset
  }
  const names = new Map<number, Day>()
  return epochSeconds.map((seconds) => {
    const dawn = Math.floor(seconds / SECONDS_A_DAY) * SECONDS_A_DAY
    const offset = offsetAt(dawn)
    const steady = offset === offsetAt(dawn + SECONDS_A_DAY)
    const number = Math.floor((seconds + (steady ? offset : offsetAt(seconds))) / SECONDS_A_DAY)
    const name = names.get(number) ?? new Date(number * MILLISECONDS_A_DAY).toISOString().slice(0, 10)
    names.set(number, name)
    return name
  })
}

/** Seconds by which the zone's clocks are ahead of UTC. */
function utcOffset(epochSeconds: number, timeZone: string): number {
  const moment = new Date(epochSeconds * 1000)
  const day = dayNumber(dayIn(moment, timeZone)) * SECONDS_A_DAY
  const [hours = 0, minutes = 0, seconds = 0] = wallClock(timeZone).format(moment).split(':').map(Number)
  return day + hours * 3600 + minutes * 60 + seconds - epochSeconds
}

function wallClock(timeZone: string): Intl.DateTimeFormat {
  return formatter('en-GB', timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, timeZone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${timeZone} ${options.hour}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options)
  formatters.set(key, made)
  return made
}

function dayIn(moment: Date, timeZone: string | undefined): Day {
  return formatter('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment)
}

function clockIn(moment: Date, language: Language, timeZone: string | undefined): string {
  return formatter(LOCALES[language], timeZone, { hour: 'numeric', minute: '2-digit' }).format(moment)
}

function dayParts(day: Day): [year: number, month: number, date: number] {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) throw new Error(`not a calendar day: ${day}`)
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}

function dayNumber(day: Day): number {
  const [year, month, date] = dayParts(day)
  return Math.round(Date.UTC(year, month - 1, date) / MILLISECONDS_A_DAY)
}
