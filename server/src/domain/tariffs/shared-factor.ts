import { z } from 'zod'
import { Code } from './tariff-text.ts'

/**
 * A bill factor whose values are the client's own and outside the text: fuel, taxes, riders. With `by`, the fact of
 * the agreement that chooses among its values (`zone`); an agreement without that fact has the value for all.
 */
export const SharedFactor = z.object({ code: Code, by: z.string().min(1).optional() }).strict()
export type SharedFactor = z.infer<typeof SharedFactor>
