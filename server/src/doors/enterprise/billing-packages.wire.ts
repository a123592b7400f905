import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Address, accountKey } from './wire.ts'

export const BillingPackage = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    customerName: output.text(),
    doingBusinessAsName: output.text(),
    vendorId: output.integer(),
    vendorName: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    openedDate: output.date(),
    closedDate: output.date(),
    billCycleCode: output.text(),
    billCycleDescription: output.text(),
    deliveryMethodCode: output.text(),
    deliveryMethodDescription: output.text(),
    copiesNumber: output.integer(),
    dueDaysNumber: output.integer(),
    languageCode: output.text(),
    mailingName: output.text(),
    mailingAddress: Address,
    holdBillsFlag: output.flag(),
    autopayFlag: output.flag(),
    collectionFlag: output.flag(),
    masterAccountNumber: output.text().describe('of the account package that speaks for it; empty: none'),
    accountPackagesNumber: output.integer(),
    payoffAmount: output.decimal().describe('owed, asked for or not'),
    currentBalanceAmount: output.decimal().describe('asked for now'),
    pastDueAmount: output.decimal(),
  })
  .meta({ id: 'BillingPackage' })

export const BillingPackageDetail = BillingPackage.extend({
  creditAmount: output.decimal().describe('credits that nothing has used yet'),
  depositHeldAmount: output.decimal(),
  deferredAmount: output.decimal().describe('owed under budgets and arrangements, not asked for now'),
  nextDueDate: output.date(),
  oldestDueDate: output.date(),
  accountPackages: z
    .array(
      z.object({
        ...accountKey,
        typeCode: output.text(),
        serviceTypeDescription: output.text(),
        statusCode: output.text(),
        startDate: output.date(),
        endDate: output.date(),
        masterFlag: output.flag(),
      }),
    )
    .describe('the master first'),
}).meta({ id: 'BillingPackageDetail' })

export const BillingPackageSummary = z
  .object({
    customerId: output.integer(),
    billingPackageId: output.integer(),
    customerName: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    billCycleCode: output.text(),
    deliveryMethodCode: output.text(),
    masterAccountNumber: output.text(),
    payoffAmount: output.decimal(),
    currentBalanceAmount: output.decimal(),
    pastDueAmount: output.decimal(),
    creditAmount: output.decimal(),
    depositHeldAmount: output.decimal(),
    deferredAmount: output.decimal(),
    nextDueDate: output.date(),
    billsNumber: output.integer(),
    lastBillId: output.integer(),
    lastBillNumber: output.text(),
    lastBillDate: output.date(),
    lastBillAmount: output.decimal(),
    lastBillDueDate: output.date(),
    lastPaymentId: output.integer(),
    lastPaymentDate: output.date(),
    lastPaymentAmount: output.decimal(),
    nextDrawDate: output.date().describe('of a payment method'),
    nextDrawAmount: output.decimal().describe('empty: what is asked for on the day'),
    autopayFlag: output.flag(),
    holdBillsFlag: output.flag(),
    collectionFlag: output.flag(),
    activeAlertsNumber: output.integer(),
    openWorkItemsNumber: output.integer().describe('of the whole customer'),
    accountPackagesNumber: output.integer(),
  })
  .meta({ id: 'BillingPackageSummary' })

export const EditBillingPackageBody = z.strictObject({
  billCycleCode: input.text(20).optional(),
  deliveryMethodCode: input.oneOf(['paper', 'email', 'none']).optional(),
  copiesNumber: input.id(1).optional().describe('0 to 9'),
  dueDaysNumber: input
    .id(3)
    .refine((days) => days <= 120, 'is 0 to 120')
    .optional()
    .describe('0 to 120 days from the bill to its due date'),
  languageCode: input.oneOf(['en', 'es']).optional(),
  holdBillsFlag: input.flag().optional().describe('Y: not billed until it is N again'),
  logText: input.text(2000).optional(),
})

export const MasterAccountBody = z.strictObject({
  customerAccountId: input.id(2),
  accountPackageId: input.id(4),
  logText: input.text(2000).optional(),
})

const ALERTS = ['life_support', 'bankruptcy', 'do_not_cut', 'legal_hold', 'note'] as const

export const BillingAlert = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    billingPackageId: output.integer().describe('empty: of the whole customer'),
    alertAssignmentId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    text: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    activeFlag: output.flag(),
    createdByUser: output.text(),
    createdAt: output.instant(),
  })
  .meta({ id: 'BillingAlert' })

export const AddAlertBody = z.strictObject({
  typeCode: input.oneOf(ALERTS),
  text: input.text(500),
  startDate: input.date().optional().describe('today when left out'),
  endDate: input.date().optional().describe('exclusive; after the start'),
  logText: input.text(2000).optional(),
})

export const BillingExemption = z
  .object({
    record: output.integer(),
    ...accountKey,
    billingPackageId: output.integer(),
    exemptionId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    taxCategoryCode: output.text(),
    exemptPercent: output.decimal(),
    certificateNumber: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    activeFlag: output.flag(),
  })
  .meta({ id: 'BillingExemption' })

export const BillingAddressPath = z.object({
  customerId: input.id(8),
  billingPackageId: input.id(3),
  billingAddressId: input.id(2),
})

export const BillingAddress = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    billingAddressId: output.integer(),
    mailingName: output.text(),
    ...Address.shape,
    currentFlag: output.flag().describe('Y: bills go there'),
    createdAt: output.instant().describe('empty: given when the billing package was opened'),
    createdByUser: output.text(),
    changedAt: output.instant(),
    changedByUser: output.text(),
  })
  .meta({ id: 'BillingAddress' })

const addressFields = {
  addressLine1: input.text(60),
  addressLine2: input.text(60).optional(),
  city: input.text(50),
  stateCode: input.text(3, 2),
  postalCode: input.text(10, 3),
  countryCode: input.text(2, 2).optional().describe('US when left out'),
}

export const CreateAddressBody = z.strictObject({
  mailingName: input.text(100).optional().describe('that of the current address when left out'),
  ...addressFields,
  currentFlag: input.flag().optional().describe('Y when left out: bills go there from now on'),
  logText: input.text(2000).optional(),
})

export const UpdateAddressBody = z.strictObject({
  mailingName: input.text(100).optional(),
  ...z.object(addressFields).partial().shape,
  currentFlag: input.flag().optional().describe('Y: bills go there from now on'),
  logText: input.text(2000).optional(),
})
