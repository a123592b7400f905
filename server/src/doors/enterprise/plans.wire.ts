import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Localized, paging } from './wire.ts'

export const AccountPlan = z
  .object({
    startDate: output.date(),
    endDate: output.date().describe('exclusive; empty while it lasts'),
    statusDescription: output.text(),
    planDescription: output.text(),
    typeDescription: output.text(),
    revenueClassDescription: output.text(),
    planBillingsNumber: z.int(),
    accountPricingId: z.int(),
    vendorId: z.int(),
    packageId: z.int(),
    id: z.int().describe('the pricing plan'),
    planCode: output.text(),
    planName: Localized,
    componentDetailList: z.array(
      z.object({
        accountComponentId: z.int(),
        sequenceNumber: z.int(),
        componentCode: output.text(),
        description: output.text(),
        typeDescription: output.text(),
        sectionDescription: output.text(),
        text: Localized,
        kindCode: output.text().describe('how it charges: flat_charge, service_quantity, apply_to ...'),
        classCode: output.text().describe('where its money goes in the books'),
        price: output.decimal().describe('when it is one number'),
        pricePer: output
          .text()
          .describe(
            'what a fixed price is for: bill, day, year, kw; % of a share; factor when it is published apart; empty for a price of a unit',
          ),
        priceText: output
          .text()
          .describe('price in force today, with what it is for; empty when it is not one number'),
      }),
    ),
  })
  .meta({ id: 'AccountPlan' })

export const ValidPlansQuery = z.strictObject({
  planName: input.text(25).optional().describe('any part of the name'),
  ...paging,
})

export const ValidPlan = z
  .object({
    serviceTypeDescription: output.text(),
    planDescription: output.text(),
    statusDescrition: output.text(),
    statusDescription: output.text().describe('the same as statusDescrition'),
    territoryCode: output.text(),
    postIntroPlanName: output.text(),
    rateCode: output.text(),
    introductoryBillingsNumber: output.text(),
    descriptionText: output.text(),
    record: output.integer(),
    vendorId: output.integer(),
    packageId: output.integer(),
    pricingPlanId: output.integer(),
  })
  .meta({ id: 'ValidPlan' })
