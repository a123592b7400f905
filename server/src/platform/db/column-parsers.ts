import pg from 'pg'
import { Temporal } from '../time.ts'

/** This will read an int8 column; a value beyond the safe integers is a defect, never a rounded number. */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`an int8 value is beyond the safe integers: ${text}`)
  return value
}

/** This will read a timestamptz as the server prints it under `DateStyle=ISO`, `TimeZone=UTC`. */
export function parseInstant(text: string) {
  return Temporal.Instant.from(text)
}

const asText = (text: string) => text
const driverParser = pg.types.getTypeParser as (oid: number, format?: string) => (text: string) => unknown
const textArray = driverParser(1009) as (text: string) => (string | null)[]
const arrayOf = (parse: (text: string) => unknown) => (text: string) =>
  textArray(text).map((element) => (element === null ? null : parse(element)))

/** Every type whose driver default would lose precision, use the host's time zone, or make a JS Date. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, parseInt8], // int8
  [1016, arrayOf(parseInt8)],
  [1082, asText], // date: 'YYYY-MM-DD'
  [1182, arrayOf(asText)],
  [1114, asText], // timestamp without time zone
  [1115, arrayOf(asText)],
  [1184, parseInstant], // timestamptz
  [1185, arrayOf(parseInstant)],
  [1186, asText], // interval
  [1187, arrayOf(asText)],
  [1700, asText], // numeric
  [1231, arrayOf(asText)],
  [3912, asText], // daterange
  [3913, arrayOf(asText)],
])

/** The one set of readers for column values, whatever server is behind the connection. */
export const columnParsers = {
  getTypeParser: (oid: number, format?: string) => parsers.get(oid) ?? driverParser(oid, format),
} as pg.CustomTypesConfig

// The driver asks a parameter for `toPostgres` before it falls back to JSON, also inside arrays.
Object.defineProperty(Temporal.Instant.prototype, 'toPostgres', {
  configurable: true,
  value(this: { toString(): string }) {
    return this.toString()
  },
})
