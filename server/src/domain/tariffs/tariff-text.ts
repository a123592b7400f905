import { z } from 'zod'
import { parseDecimal } from '../../platform/decimal.ts'

/** Decimal text, exact: `"0.07531"`. */
export const DecimalText = z
  .string()
  .refine((text) => parseDecimal(text) !== undefined, 'is no decimal number')

/** Text in the languages of a bill; Spanish falls back to English. */
export const LocalText = z.object({ en: z.string().min(1), es: z.string().optional() }).strict()
export type LocalText = z.infer<typeof LocalText>

export const Code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'a code is lower case letters, digits, - and _ (at most 64)')

export const ClockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is HH:MM, at most 24:00')
