import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Alert, Contact } from './customers.wire.ts'
import { Address, accountKey, Localized } from './wire.ts'

export const Meter = z
  .object({
    meterNumber: output.text(),
    serialNumber: output.text(),
    servicePointId: output.integer(),
    ldcAccountNumber: output.text(),
    timeZone: output.text(),
    installedDate: output.date(),
    removedDate: output.date(),
    intervalMinutes: output.integer(),
    unitMeasureDescription: output.text(),
  })
  .meta({ id: 'Meter' })

export const Balances = z
  .object({
    balanceAmount: output.decimal().describe('what is owed'),
    currentBalanceAmount: output.decimal().describe('what is asked for now'),
    pastDueAmount: output.decimal(),
    nextDueDate: output.date(),
    nextDueAmount: output.decimal(),
  })
  .meta({ id: 'Balances' })

export const AccountDetails = z
  .object({
    ...accountKey,
    billingPackageId: output.integer(),
    customerName: output.text(),
    vendorId: output.integer(),
    vendorName: output.text(),
    packageId: output.integer(),
    serviceTypeDescription: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date(),
    premiseId: output.integer(),
    serviceAddress: Address,
    ldcAccountNumber: output.text(),
    billMethodDescription: output.text(),
    revenueClassDescription: output.text(),
    debtClassDescription: output.text(),
    billCycleCode: output.text(),
    planDescription: output.text(),
    meters: z.array(Meter),
    facts: z.array(
      z.object({
        typeCode: output.text(),
        value: output.text(),
        startDate: output.date(),
        endDate: output.date(),
      }),
    ),
    exemptions: z.array(
      z.object({
        typeCode: output.text(),
        taxCategoryCode: output.text(),
        exemptPercent: output.decimal(),
        certificateNumber: output.text(),
        startDate: output.date(),
        endDate: output.date(),
      }),
    ),
    flags: z.array(
      z.object({
        typeCode: output.text(),
        text: output.text(),
        startDate: output.date(),
        endDate: output.date(),
      }),
    ),
  })
  .meta({ id: 'AccountDetails' })

export const AccountSummary = z
  .object({
    ...accountKey,
    billingPackageId: output.integer(),
    customerName: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    serviceTypeDescription: output.text(),
    planDescription: output.text(),
    serviceAddress: Address,
    balances: Balances,
    lastBillDate: output.date(),
    lastBillAmount: output.decimal(),
    lastChargeDate: output.date(),
    lastChargeAmount: output.decimal(),
    lastPaymentDate: output.date(),
    lastPaymentAmount: output.decimal(),
    lastUsageEndDate: output.date(),
  })
  .meta({ id: 'AccountSummary' })

/** The header of the account screen: all that must never scroll away. */
export const AccountOverview = z
  .object({
    ...accountKey,
    billingPackageId: output.integer(),
    customerName: output.text(),
    doingBusinessAsName: output.text(),
    customerClassCode: output.text(),
    customerSinceDate: output.date(),
    statusCode: output.text(),
    serviceTypeDescription: output.text(),
    startDate: output.date(),
    endDate: output.date(),
    languageCode: output.text(),
    premiseId: output.integer(),
    serviceAddress: Address,
    mailingName: output.text(),
    mailingAddress: Address,
    deliveryMethodCode: output.text(),
    billCycleCode: output.text(),
    contacts: z.array(Contact),
    planDescription: output.text(),
    planName: Localized,
    planCode: output.text(),
    planStartDate: output.date(),
    balances: Balances.describe('of the account package'),
    billingPackageBalances: Balances.describe('of all account packages that are billed together'),
    putOffAmount: output.decimal().describe('owed on the billing package, and not asked for now'),
    alerts: z.array(Alert),
    flags: z.array(z.object({ typeCode: output.text(), text: output.text(), startDate: output.date() })),
    meters: z.array(Meter),
    lastBill: z
      .object({
        billId: output.integer(),
        billNumber: output.text(),
        billDate: output.date(),
        dueDate: output.date(),
        amountDueAmount: output.decimal(),
        chargesAmount: output.decimal(),
      })
      .nullable(),
    siblings: z
      .array(z.object({ ...accountKey, statusCode: output.text(), serviceTypeDescription: output.text() }))
      .describe('every account package of the customer'),
  })
  .meta({ id: 'AccountOverview' })

export const Attention = z
  .object({
    code: z.enum([
      'alert',
      'bill_held',
      'past_due',
      'usage_missing',
      'usage_estimated',
      'no_plan',
      'pending_stop',
      'work_item',
    ]),
    severity: z.enum(['danger', 'warning', 'info']),
    text: Localized,
    action: z.object({
      target: z.enum(['bill', 'bills', 'money', 'usage', 'plan', 'timeline', 'workItem', 'customer']),
      id: output.text(),
    }),
  })
  .meta({ id: 'Attention' })

export const TIMELINE_KINDS = [
  'bill',
  'charge',
  'payment',
  'adjustment',
  'contract',
  'collection',
  'notice',
  'usage',
  'contact',
  'plan',
  'agreement',
  'workItem',
  'meter',
] as const

export const TimelineQuery = z.strictObject({
  before: input.text(300).optional().describe('the `cursor` of the last event of the page before'),
  limit: input.id(3).optional().describe('1 to 200; 50 when left out'),
  kinds: input
    .text(200)
    .optional()
    .describe(`comma-separated: ${TIMELINE_KINDS.join(', ')}`),
})

export const TimelineEvent = z
  .object({
    cursor: output.text(),
    kind: z.enum(TIMELINE_KINDS),
    code: output.text().describe('what happened: billCompleted, chargeCancelled, paymentReceived ...'),
    date: output.date(),
    at: output.instant(),
    text: Localized,
    detail: Localized.describe('free text stands as somebody wrote it in both languages'),
    amount: output.decimal(),
    actor: output.text(),
    statusCode: output.text(),
    billId: output.integer(),
    chargeId: output.integer(),
    usageId: output.integer(),
    paymentId: output.integer(),
    workItemId: output.integer(),
  })
  .meta({ id: 'TimelineEvent', description: 'Identifiers that an event does not have are empty' })
