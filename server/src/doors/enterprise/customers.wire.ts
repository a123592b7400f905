import { z } from 'zod'
import { output } from '../../platform/http/wire-values.ts'
import { Address, accountKey, Localized } from './wire.ts'

export const Contact = z
  .object({
    typeCode: z.enum(['phone', 'mobile', 'email']),
    value: output.text(),
    mainFlag: output.flag(),
  })
  .meta({ id: 'Contact' })

export const Alert = z
  .object({
    alertAssignmentId: output.integer(),
    typeCode: output.text(),
    text: output.text(),
    startDate: output.date(),
    endDate: output.date(),
  })
  .meta({ id: 'Alert' })

export const Customer = z
  .object({
    customerId: output.integer(),
    vendorId: output.integer(),
    vendorName: output.text(),
    customerName: output.text(),
    firstName: output.text(),
    lastName: output.text(),
    organizationName: output.text(),
    doingBusinessAsName: output.text(),
    typeCode: z.enum(['human', 'organisation']),
    classCode: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    languageCode: output.text(),
    customerSinceDate: output.date(),
    contacts: z.array(Contact),
    alerts: z.array(Alert),
    customerAccounts: z.array(z.object({ customerAccountId: output.integer(), name: output.text() })),
    billingPackages: z.array(
      z.object({
        billingPackageId: output.integer(),
        statusCode: output.text(),
        billCycleCode: output.text(),
        deliveryMethodCode: output.text(),
        copiesNumber: output.integer(),
        dueDaysNumber: output.integer(),
        languageCode: output.text(),
        mailingName: output.text(),
        mailingAddress: Address,
      }),
    ),
  })
  .meta({ id: 'Customer' })

export const CustomerSummary = z
  .object({
    customerId: output.integer(),
    customerName: output.text(),
    statusCode: output.text(),
    currentBalanceAmount: output.decimal(),
    pastDueAmount: output.decimal(),
    nextDueDate: output.date(),
    lastBillDate: output.date(),
    lastBillAmount: output.decimal(),
    lastPaymentDate: output.date(),
    lastPaymentAmount: output.decimal(),
    activeAlertsNumber: output.integer(),
    openWorkItemsNumber: output.integer(),
    accountPackages: z.array(
      z.object({
        ...accountKey,
        billingPackageId: output.integer(),
        serviceTypeDescription: output.text(),
        statusCode: output.text(),
        planDescription: output.text(),
        planName: Localized,
        serviceAddress: Address,
        startDate: output.date(),
        endDate: output.date(),
        balanceAmount: output.decimal(),
      }),
    ),
  })
  .meta({ id: 'CustomerSummary' })
