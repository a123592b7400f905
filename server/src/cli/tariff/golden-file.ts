import { z } from 'zod'
import { type JsonSchema, type PlacedText, readPlacedText } from '../../formats/tariff/index.ts'
import { Refusal } from '../../platform/errors.ts'

/** Numbers as they are written; lists and groups of them. */
type Written = string | Written[] | { [name: string]: Written }
const Written: z.ZodType<Written> = z.lazy(() =>
  z.union([z.string(), z.array(Written), z.record(z.string(), Written)]),
)
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'a quantity is a plain decimal number')
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const Flow = z.enum(['delivered', 'received'])

/** A day's values as `value*count` words from midnight on: `"0.3*16 1.2*5 0.4*3"`. */
const Profile = z.string()

/** A load that repeats by the day: the profile of a date, else of its weekday, else of its kind of day, else `every`. */
export const Load = z
  .object({
    unit: z.string().default('kWh'),
    flow: Flow.default('delivered'),
    minutes: z.number().int().min(1).max(1440).default(60),
    every: Profile.optional(),
    weekday: Profile.optional(),
    weekend: Profile.optional(),
    dates: z.record(Day, Profile).default({}),
    /** Local times at which another meter took over. */
    exchanges: z.array(z.string()).optional(),
  })
  .strict()
export type Load = z.infer<typeof Load>

const Register = z
  .object({
    unit: z.string(),
    flow: Flow.optional(),
    tou: z.string().optional(),
    sqi: z.string().optional(),
    loop: z.string().optional(),
    quantity: Decimal,
    estimated: z.boolean().optional(),
  })
  .strict()
export type Register = z.infer<typeof Register>

const Facts = z
  .object({
    values: z.record(z.string(), z.string()).optional(),
    exemptPercent: z.record(z.string(), Decimal).optional(),
    items: z.array(z.object({ item: z.string(), count: z.number() }).strict()).optional(),
    /** Local times of named events. */
    events: z.record(z.string(), z.array(z.string())).optional(),
    /** Windows of named events, in local time. */
    windows: z
      .record(z.string(), z.array(z.object({ from: z.string(), until: z.string() }).strict()))
      .optional(),
    /** A contract's prices by rule, and values of its own for factors. */
    prices: z.record(z.string(), Decimal).optional(),
    factors: z.record(z.string(), Decimal).optional(),
    /** Price curves, as loads of prices. */
    curves: z.record(z.string(), Load).optional(),
    history: Written.optional(),
  })
  .strict()
export type GoldenFacts = z.infer<typeof Facts>

/** What a bill must come to: every number of it is compared. */
const Expected = z
  .object({
    amount: z.string(),
    lines: z.array(z.record(z.string(), z.string())),
    carry: Written.optional(),
    warnings: z.array(z.string()).optional(),
  })
  .strict()
export type Expected = z.infer<typeof Expected>

const GoldenBill = z
  .object({
    start: Day,
    end: Day,
    usage: z.array(Register).optional(),
    facts: Facts.optional(),
    expect: Expected.optional(),
  })
  .strict()
export type GoldenBill = z.infer<typeof GoldenBill>

/** A customer whose bills are known. */
export const GoldenCustomer = z
  .object({
    customer: z.string(),
    timeZone: z.string().optional(),
    facts: Facts.optional(),
    /** What the utility keeps beside the text: values of its factors, days of its holiday calendars. */
    shared: z
      .object({
        factors: z
          .record(
            z.string(),
            z.array(z.object({ from: Day, value: Decimal, characteristic: z.string().default('') }).strict()),
          )
          .default({}),
        holidays: z.record(z.string(), z.array(Day)).default({}),
      })
      .strict()
      .optional(),
    load: z.array(Load).optional(),
    bills: z.array(GoldenBill).min(1),
  })
  .strict()
export type GoldenCustomer = z.infer<typeof GoldenCustomer>

/** This will read a golden customer from its text. Refuses one that cannot be read, with the place. */
export function readGolden(text: string, file: string): { golden: GoldenCustomer; placed: PlacedText } {
  schema ??= z.toJSONSchema(GoldenCustomer, { io: 'input' }) as JsonSchema
  const placed = readPlacedText(text, schema)
  const [broken] = placed.faults
  if (broken) throw refusal(file, broken, broken.message)
  const parsed = GoldenCustomer.safeParse(placed.value)
  if (parsed.success) return { golden: parsed.data, placed }
  const [issue] = parsed.error.issues
  const pointer = (issue?.path ?? []).map((key) => `/${String(key)}`).join('')
  throw refusal(file, placed.placeOf(pointer), `${issue?.message} (${pointer})`)
}
let schema: JsonSchema | undefined

function refusal(file: string, { line, column }: { line: number; column: number }, reason: string): Refusal {
  return new Refusal('malformed', 'golden_unreadable', `${file}:${line}:${column}: ${reason}.`)
}
