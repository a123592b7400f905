import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey, logText } from './wire.ts'

export const CATEGORIES = ['Tax', 'Collections', 'Life Support', 'Late Fee'] as const

export const Exemption = z
  .object({
    record: output.integer(),
    ...accountKey,
    exemptionId: output.integer(),
    typeCode: output.text(),
    categoryDescription: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive; empty while it lasts'),
    statusCode: output.text().describe('future, active or ended'),
    statusDescription: output.text(),
    exemptPercent: output.decimal().describe('0 to 1; of a tax'),
    taxTypes: output.text(),
    taxCertificateDescription: output.text(),
    reasonDescription: output.text(),
  })
  .meta({ id: 'Exemption' })

export const AddExemptionBody = z.strictObject({
  categoryDescription: input
    .text(25)
    .refine((text) => CATEGORIES.some((one) => one.toLowerCase() === text.toLowerCase()), {
      error: `must be one of ${CATEGORIES.join(', ')}`,
    })
    .describe(`one of ${CATEGORIES.join(', ')}`),
  startDate: input.date(),
  endDate: input.date().optional().describe('exclusive; after the start'),
  exemptPercent: input
    .decimal(1, 4)
    .refine((share) => Number(share) >= 0 && Number(share) <= 1, 'is 0 to 1')
    .optional()
    .describe('0 to 1, at most 4 decimal places; needed for Tax, else left out'),
  reasonDescription: input.text(25).optional(),
  taxCertificateDescription: input.text(25).optional().describe('for Tax only'),
  taxTypes: input
    .text(50)
    .optional()
    .describe(
      'tax categories that the plans of the account charge, by commas; needed for Tax, else left out',
    ),
  logText,
})

/** `7`, `[7, "8"]` or `7,8`. */
const exemptionIds = z
  .union([z.array(input.id(4)).min(1, 'must name an exemption'), input.text(200)], {
    error: (issue) => (issue.input === undefined ? 'is missing' : 'must be numbers of exemptions'),
  })
  .transform((ids) => (typeof ids === 'string' ? ids.split(',').map((one) => Number(one.trim())) : ids))
  .refine((ids) => ids.every((id) => Number.isInteger(id) && id > 0 && id < 10_000), {
    error: 'must be numbers of exemptions',
  })
  .describe('numbers of exemptions, at least one')

const endOf = {
  endDate: input.date().optional().describe('first day on which they no longer count; in body or query'),
  exemptionIds: exemptionIds.optional(),
}
export const EndExemptionsQuery = z.strictObject(endOf)
export const EndExemptionsBody = z.strictObject({ ...endOf, logText })
