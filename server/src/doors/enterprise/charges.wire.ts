import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Localized, paging } from './wire.ts'

export const Charge = z
  .object({
    record: output.integer(),
    accountChargeId: output.integer(),
    billingChargeId: output.integer(),
    typeDescription: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    chargeDate: output.date(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    planDescription: output.text(),
    planName: Localized,
    consumptionNumber: output.decimal(),
    unitMeasureDescription: output.text(),
    chargeAmount: output.decimal(),
    taxAmount: output.decimal(),
    totalChargeAmount: output.decimal(),
    unpaidAmount: output.decimal(),
    dueDate: output.date(),
    usageId: output.integer(),
    billId: output.integer(),
    billNumber: output.text(),
    rebillsAccountChargeId: output.integer(),
    cancelReason: output.text(),
  })
  .meta({ id: 'Charge' })

export const ChargeDetailsQuery = z.strictObject({
  accountChargeId: input.id(5).optional(),
  billingChargeId: input.id(7).optional(),
  ...paging,
})

/** Component charges: total = charge + tax on every one. */
export const ChargeDetail = z
  .object({
    chargeDate: output.date(),
    typeDescription: output.text(),
    planDescription: output.text(),
    sequenceNumber: output.integer(),
    description: output.text(),
    totalChargeAmount: output.decimal(),
    chargeAmount: output.decimal(),
    taxAmount: output.decimal(),
    consumptionNumber: output.decimal(),
    record: output.integer(),
    accountChargeId: output.integer(),
    billingChargeId: output.integer(),
    accountComponentId: output.integer(),
    componentChargeId: output.integer(),
  })
  .meta({ id: 'ChargeDetail' })

export const ChargeAccountBody = z.strictObject({
  effectiveDate: input.date().describe('usage whose period ends on or before this day is charged'),
  logText: input.text(2000).optional(),
})

export const ChargedAccount = z
  .object({
    charges: z.array(
      z.object({
        accountChargeId: output.integer(),
        usageId: output.integer(),
        startDate: output.date(),
        endDate: output.date().describe('exclusive'),
        totalChargeAmount: output.decimal(),
      }),
    ),
    logId: output.integer(),
  })
  .meta({ id: 'ChargedAccount' })
