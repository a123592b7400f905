import { addDays, type LocalDate } from '../../platform/time.ts'
import { BillFactor, type TariffVersion } from './tariff.ts'

/** A value of a factor on the days `[from, until)`; null: until further notice. */
export interface SharedValue {
  /** '' when the value is for all. */
  characteristic: string
  from: LocalDate
  until: LocalDate | null
  /** Decimal text. */
  value: string
}

/** What tariff versions take from the client's own tables; plain JSON. */
export interface SharedValues {
  /** By factor code; values by characteristic and date. */
  factors: Record<string, SharedValue[]>
  /** By calendar code; days in order. */
  holidays: Record<string, LocalDate[]>
}

/** This will say whether a version takes anything from the client's own tables. */
export function takesSharedValues({ sharedFactors = [], holidayCalendar }: TariffVersion): boolean {
  return sharedFactors.length > 0 || holidayCalendar !== undefined
}

/** This will write shared values into a version, as if its text held them. */
export function withSharedValues(version: TariffVersion, shared: SharedValues): TariffVersion {
  const factors = (version.sharedFactors ?? []).flatMap(({ code, by }) => {
    const own = valuesOf(shared, code).filter((row) => by !== undefined || row.characteristic === '')
    const values = own.map(({ characteristic, from, value }) => ({
      from,
      value,
      ...(by !== undefined && characteristic !== '' && { where: { [by]: characteristic } }),
    }))
    return values.length === 0 ? [] : [BillFactor.parse({ code, values })]
  })
  const days = daysOf(shared, version.holidayCalendar)
  return {
    ...version,
    factors: [...version.factors, ...factors],
    holidays: [...version.holidays, ...days.map((date) => ({ name: date, date }))],
  }
}

function valuesOf(shared: SharedValues, code: string): readonly SharedValue[] {
  return shared.factors[code] ?? []
}

function daysOf(shared: SharedValues, calendar: string | undefined): readonly LocalDate[] {
  return calendar === undefined ? [] : (shared.holidays[calendar] ?? [])
}

type Facts = Readonly<Record<string, string>>

/** This will find the first day of `[start, end)` on which a shared factor has no value for an agreement. */
export function dayWithoutValue(
  shared: SharedValues,
  { code, by }: { code: string; by?: string | undefined },
  facts: Facts,
  { start, end }: { start: LocalDate; end: LocalDate },
): LocalDate | undefined {
  const own = by === undefined ? undefined : facts[by]
  const rows = valuesOf(shared, code)
  // As rating chooses: the latest own value, else the latest for all.
  const lastOf = (whose: string | undefined, day: LocalDate) =>
    rows.findLast(({ characteristic, from }) => characteristic === whose && from <= day)
  const starts = [...new Set(rows.map(({ from }) => from))].filter((from) => from > start && from < end)
  for (const day of [start, ...starts, ...rows.flatMap(({ until }) => until ?? [])].sort()) {
    if (day < start || day >= end) continue
    const row = lastOf(own, day) ?? lastOf('', day)
    if (!row || (row.until !== null && day >= row.until)) return day
  }
  return undefined
}

/** This will keep of shared values what counts for an agreement on `[start, end)`: its own values, the holidays of those years. */
export function sharedValuesSeen(
  shared: SharedValues,
  version: TariffVersion,
  facts: Facts,
  { start, end }: { start: LocalDate; end: LocalDate },
): SharedValues {
  const factors = (version.sharedFactors ?? []).map(({ code, by }): [string, SharedValue[]] => {
    const own = by === undefined ? undefined : facts[by]
    const rows = valuesOf(shared, code).filter(
      ({ characteristic, from, until }) =>
        (characteristic === '' || characteristic === own) && from < end && (until === null || until > start),
    )
    return [code, rows]
  })
  const code = version.holidayCalendar
  const [first, last] = [`${start.slice(0, 4)}-01-01`, `${addDays(end, -1).slice(0, 4)}-12-31`]
  const days = daysOf(shared, code).filter((day) => day >= first && day <= last)
  return { factors: Object.fromEntries(factors), holidays: code === undefined ? {} : { [code]: days } }
}

/** This will find the first year of `[start, end)` for which a version's holiday calendar holds no day. */
export function yearWithoutHolidays(
  shared: SharedValues,
  version: TariffVersion,
  { start, end }: { start: LocalDate; end: LocalDate },
): string | undefined {
  if (version.holidayCalendar === undefined) return undefined
  const days = daysOf(shared, version.holidayCalendar)
  const years = new Set([start.slice(0, 4), addDays(end, -1).slice(0, 4)])
  return [...years].find((year) => !days.some((day) => day.startsWith(year)))
}
