import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Address, accountKey } from './wire.ts'

export const PREMISE_KINDS = ['house', 'apartment', 'business', 'industrial', 'lighting', 'other'] as const

export const PremisePath = z.object({ premiseId: input.id(9) })

export const Premise = z
  .object({
    premiseId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    ...Address.shape,
    latitude: output.decimal(),
    longitude: output.decimal(),
    servicePoints: z.array(
      z.object({
        record: output.integer(),
        servicePointId: output.integer(),
        packageId: output.integer(),
        serviceTypeDescription: output.text(),
        statusCode: output.text(),
        statusDescription: output.text(),
        sdpNumberCode: output.text().describe("the utility's number of the place"),
        timeZone: output.text(),
        meterNumbers: z.array(output.text()).describe('of the meters that hang there now'),
        accounts: z
          .array(
            z.object({
              ...accountKey,
              statusCode: output.text(),
              statusDescription: output.text(),
              startDate: output.date(),
              endDate: output.date().describe('exclusive; empty while it lasts'),
            }),
          )
          .describe('who is and was served, latest first'),
      }),
    ),
  })
  .meta({ id: 'Premise' })

const degrees = (most: number) =>
  input
    .decimal(3, 6)
    .refine((text) => Math.abs(Number(text)) <= most, `is -${most} to ${most}`)
    .optional()

/** What is left out stays. */
export const PremiseBody = z
  .strictObject({
    typeCode: input.oneOf(PREMISE_KINDS).optional(),
    addressLine1: input.text(100).optional(),
    addressLine2: input.text(100, 0).optional().describe('empty: none'),
    city: input.text(50).optional(),
    stateCode: input.text(2, 2).optional(),
    postalCode: input.text(20).optional(),
    countryCode: input.text(2, 2).optional(),
    latitude: degrees(90),
    longitude: degrees(180),
    logText: input.text(2000).optional().describe('why; kept with the audit'),
  })
  .refine((body) => Object.keys(body).some((name) => name !== 'logText'), 'must change something')
