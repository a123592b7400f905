import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey, logText } from './wire.ts'

export const PlanChangeTerms = z
  .object({
    showPlanExperation: output.flag(),
    showPlanExpiration: output.flag().describe('the same as showPlanExperation'),
    prevChargeDate: output
      .date()
      .describe('service is charged up to this day (exclusive); no plan change before'),
    showPlanTerm: output.flag(),
    renewalDate: output.date().describe('first day on which the present contract no longer binds'),
    accountPackageStartDate: output.date(),
  })
  .meta({ id: 'PlanChangeTerms' })

export const ReassignPlanBody = z.strictObject({
  startDate: input.date().describe('not before service is charged up to'),
  vendorId: input.id(5).describe('the company of the plan'),
  packageId: input.id(2).describe('the commodity of the plan'),
  pricingPlanId: input.id(8),
  renewalInd: input.flag().describe('Y: it begins on the day on which the present contract ends'),
  planTermNum: input
    .id(5)
    .refine((months) => months >= 1, 'is at least 1')
    .optional()
    .describe('months on the plan; where showPlanTerm is Y, else left out'),
  expirationCode: input
    .text(6)
    .refine((code) => /^\d{4}(0[1-9]|1[0-2])$/.test(code), 'must be a month, YYYYMM')
    .optional()
    .describe('YYYYMM, the month in which the plan ends; where showPlanExpiration is Y, else left out'),
  logText,
})

export const ReassignedPlan = z
  .object({
    renewalIndicator: output.flag(),
    previousChargeDate: output.date(),
    showPlanTerm: output.flag(),
    renewalDate: output.date(),
    showPlanExpiration: output.flag(),
    accountPackageStartDate: output.date(),
    accountPricingId: output.integer().describe('the plan as listed under pricingplans'),
  })
  .meta({ id: 'ReassignedPlan' })

export const StartDatesBody = z.strictObject({
  startDate: input.date().describe('first day of service; not in the future'),
  logText,
})

export const AccountDates = z
  .object({
    ...accountKey,
    statusCode: output.text(),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive; empty while it lasts'),
  })
  .meta({ id: 'AccountDates' })

export const EndServiceBody = z.strictObject({
  endDate: input.date().describe('first day without service'),
  logText,
})

export const EndedService = z
  .object({
    ...accountKey,
    statusCode: output.text(),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    serviceRequestId: output.integer(),
    serviceRequestStatusCode: output.text(),
    steps: z.array(
      z.object({
        sequence: output.integer(),
        stepCode: output.text(),
        stepDescription: output.text(),
        statusCode: output.text(),
        dueDate: output.date().describe('not before; empty: as soon as the steps before it are done'),
      }),
    ),
  })
  .meta({ id: 'EndedService' })

export const CoolOffBody = z.strictObject({
  endDate: input.date().describe('first day on which the contract binds'),
  logText,
})

export const CoolOffPeriod = z
  .object({
    ...accountKey,
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    reasonDescription: output.text(),
  })
  .meta({ id: 'CoolOffPeriod' })
