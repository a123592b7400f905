import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { ContractSchedule } from './contracts.wire.ts'
import { eligibility } from './new-contracts.wire.ts'
import { AccountPath, amount, paging } from './wire.ts'

export const ExtensionPath = AccountPath.extend({ paymentExtensionId: input.id(3) })

export const PayExtensionTerms = z
  .object({
    totalCharges: output.decimal().describe('asked for now, without deposits'),
    pastDueCharges: output.decimal(),
    depoistCharges: output.decimal().describe('deposits for this account that are not paid'),
    depositCharges: output.decimal(),
    maximumSchedules: output.integer(),
    frontLoad: output.flag().describe('Y: what does not divide is on the first schedule; N: on the last'),
    maximumExtensionDays: output.integer(),
    minimumExtensionAmount: output.decimal(),
    eligibleAmount: output.decimal().describe('the most that can be promised'),
    firstSchedulePercent: output.integer().describe('how much of all the first schedule is at least'),
    ...eligibility,
  })
  .meta({ id: 'PayExtensionTerms' })

export const PayExtensionBody = z.strictObject({
  requestedByName: input.text(100),
  extensionAmount: amount(),
  note: input.text(2000),
  schedules: z
    .array(z.strictObject({ sequence: input.id(2), amount: amount(), date: input.date() }))
    .min(1)
    .max(99),
})

export const PayExtensionKey = z
  .object({ paymentExtensionId: output.integer(), logId: output.integer() })
  .meta({ id: 'PayExtensionKey' })

export const ExtensionsQuery = z.strictObject(paging)

export const PaymentExtension = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    customerAccountId: output.integer(),
    accountPackageId: output.integer(),
    accountNumber: output.integer().describe('its digits only'),
    paymentExtensionId: output.integer(),
    extensionAmount: output.decimal(),
    receivedAmount: output.decimal(),
    startDate: output.date(),
    statusDate: output.date(),
    statusCode: output.text(),
    statusDescription: output.text(),
    requestedByName: output.text(),
    logText: output.text(),
    schedules: z.array(ContractSchedule),
  })
  .meta({ id: 'PaymentExtension' })

export const CancelExtensionBody = z.strictObject({ logText: input.text(2000) })

export const CancelledExtension = z
  .object({
    paymentExtensionId: output.integer(),
    statusDate: output.date(),
    statusCode: output.text(),
    statusDescription: output.text(),
    logId: output.integer(),
  })
  .meta({ id: 'CancelledExtension' })
