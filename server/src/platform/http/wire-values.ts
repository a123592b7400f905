import { z } from 'zod'

/**
 * Values of doors whose every field is a string. What goes out is exactly the string; what comes in may also be a
 * JSON number or boolean (`Y`/`N`), as clients send them.
 */
const Scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: (issue) => (issue.input === undefined ? 'is missing' : 'is no text, number or boolean'),
})

function incoming(pattern: RegExp, error: string, description: string) {
  return Scalar.transform((value) => (value === true ? 'Y' : value === false ? 'N' : String(value).trim()))
    .pipe(z.string().regex(pattern, error))
    .meta({ description, pattern: pattern.source })
}

const PRINTABLE = (min: number, max: number) =>
  new RegExp(`^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]{${min},${max}}$`)

/** What a caller may send. */
export const input = {
  text: (max: number, min = 1) =>
    incoming(PRINTABLE(min, max), `must have ${min} to ${max} characters`, `${min} to ${max} characters`),
  /** The identifier of a record, 1 to `digits` digits, as the number it is. */
  id: (digits: number) =>
    incoming(
      new RegExp(`^\\d{1,${digits}}$`),
      `must be a number of 1 to ${digits} digits`,
      `1 to ${digits} digits`,
    )
      .transform(Number)
      .pipe(z.number().int()),
  decimal: (whole: number, places: number) =>
    incoming(
      new RegExp(`^-?\\d{1,${whole}}(\\.\\d{1,${places}})?$`),
      `must be a decimal number of at most ${whole} digits and ${places} decimal places`,
      `a decimal number, at most ${whole} digits and ${places} decimal places`,
    ),
  date: () =>
    incoming(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD', 'YYYY-MM-DD').pipe(
      z.iso.date('is no day of the calendar'),
    ),
  flag: () =>
    incoming(/^[YNyn]$/, 'must be Y or N', 'Y or N').transform((value) => value.toUpperCase() === 'Y'),
  oneOf: <const T extends readonly string[]>(values: T) =>
    Scalar.transform(String)
      .pipe(z.enum(values))
      .meta({ description: `one of ${values.join(', ')}`, enum: values }),
}

/** What is sent. A value that is not known is an empty string, never absent. */
export const output = {
  text: () => z.string(),
  integer: () => z.string().regex(/^(-?\d+)?$/),
  decimal: () => z.string().regex(/^(-?\d+(\.\d+)?)?$/),
  date: () => z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/),
  /** RFC 3339, UTC. */
  instant: () => z.string().regex(/^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)?$/),
  flag: () => z.enum(['Y', 'N']),
}
