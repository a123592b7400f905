import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Address, accountKey, Localized } from './wire.ts'

export const Bill = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    billId: output.integer(),
    billNumber: output.text().describe('8-4 digits, as printed'),
    customerName: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    billDate: output.date(),
    dueDate: output.date(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    previousBalanceAmount: output.decimal(),
    creditsAmount: output.decimal().describe('payments and credits since the bill before; negative'),
    chargesAmount: output.decimal(),
    amountDueAmount: output.decimal(),
    unpaidAmount: output.decimal(),
    estimatedFlag: output.flag(),
    consumptionNumber: output.decimal(),
    unitMeasureDescription: output.text(),
    billRunId: output.integer(),
  })
  .meta({ id: 'Bill' })

export const BillLine = z
  .object({
    lineId: output.text().describe('charge and line: 12-3'),
    accountChargeId: output.integer(),
    componentChargeId: output.integer(),
    partNumber: output.integer(),
    componentCode: output.text(),
    kindCode: output.text(),
    sectionCode: z.enum(['supply', 'delivery', 'tax', 'other']),
    text: Localized,
    formula: Localized.describe('in numbers: 412.6 kWh x $0.11840'),
    quantity: output.decimal(),
    unitMeasureDescription: output.text(),
    timeOfUseCode: output.text(),
    price: output.decimal(),
    pricePer: output.text(),
    baseAmount: output.decimal(),
    unroundedAmount: output.decimal(),
    amount: output.decimal(),
    taxCategoryCode: output.text(),
    ledgerCode: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    prorationText: output.text().describe('18/30 days; empty when the line is whole'),
    intervalsFlag: output.flag().describe('whether the trace can show intervals'),
  })
  .meta({ id: 'BillLine' })

export const BillCharge = z
  .object({
    ...accountKey,
    accountChargeId: output.integer(),
    serviceTypeDescription: output.text(),
    serviceAddress: Address,
    meterNumber: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('exclusive'),
    daysNumber: output.integer(),
    statusCode: output.text(),
    amount: output.decimal(),
    estimatedFlag: output.flag(),
    consumptionNumber: output.decimal(),
    unitMeasureDescription: output.text(),
    parts: z.array(
      z.object({
        partNumber: output.integer(),
        planName: Localized,
        planCode: output.text(),
        planVersion: output.integer(),
        startDate: output.date(),
        endDate: output.date().describe('exclusive'),
      }),
    ),
    lines: z.array(BillLine),
    usageDetailList: z.array(
      z.object({
        unitMeasureDescription: output.text(),
        timeOfUseCode: output.text(),
        kindCode: output.text(),
        usageNumber: output.decimal(),
        beginReadNumber: output.decimal(),
        endReadNumber: output.decimal(),
        meterNumber: output.text(),
        estimatedFlag: output.flag(),
      }),
    ),
  })
  .meta({ id: 'BillCharge' })

export const BillDetail = Bill.extend({
  languageCode: output.text(),
  mailingName: output.text(),
  mailingAddress: Address,
  vendorName: output.text(),
  currencyCode: output.text(),
  replacesBillId: output.integer(),
  replacesBillNumber: output.text(),
  completedAt: output.instant(),
  previousBillId: output.integer().describe('the bill before, of the same billing package'),
  nextBillId: output.integer(),
  credits: z.array(
    z.object({
      date: output.date(),
      text: Localized,
      amount: output.decimal(),
      askFlag: output
        .flag()
        .describe('this bill itself asks for it, or leaves it for later: a budget, an instalment'),
    }),
  ),
  charges: z.array(BillCharge),
  history: z
    .array(
      z.object({
        billId: output.integer(),
        billDate: output.date(),
        startDate: output.date(),
        endDate: output.date(),
        daysNumber: output.integer(),
        consumptionNumber: output.decimal(),
        unitMeasureDescription: output.text(),
        chargesAmount: output.decimal(),
        estimatedFlag: output.flag(),
      }),
    )
    .describe('this bill and up to twelve before it, oldest first'),
}).meta({ id: 'BillDetail' })

export const LinePath = z.object({
  customerId: input.id(8),
  billingPackageId: input.id(3),
  billId: input.id(4),
  lineId: z.string().regex(/^\d{1,7}-\d{1,4}$/, 'must be a charge and a line number, 12-3'),
})

export const LineTrace = z
  .object({
    line: BillLine,
    reason: Localized.describe('one sentence with the formula in numbers'),
    planName: Localized,
    planCode: output.text(),
    planVersion: output.integer(),
    planEffectiveDate: output.date(),
    planEndDate: output.date().describe('exclusive; empty while it is in force'),
    prorationDays: output.integer(),
    prorationOfDays: output.decimal(),
    prorationRule: output.text(),
    bandText: output.text(),
    baseLines: z.array(BillLine).describe('the lines a percentage or bound was computed on'),
    usage: z
      .object({
        timeZone: output.text(),
        unitMeasureDescription: output.text(),
        timeOfUseCode: output.text(),
        intervalSeconds: z.int(),
        scale: z.int(),
        startSeconds: z.array(z.int()),
        values: z.array(z.int().nullable()),
        quality: z.array(z.enum(['measured', 'estimated', 'edited', 'missing'])),
        counted: z.array(z.boolean()).describe('whether the interval is in the line: its time of use'),
        countedSum: output.decimal(),
        daySums: z.array(z.object({ day: output.date(), quantity: output.decimal() })),
        agrees: output.flag().describe('Y: the sum is the quantity of the line'),
      })
      .nullable(),
    readings: z.array(
      z.object({
        meterNumber: output.text(),
        beginReadNumber: output.decimal(),
        endReadNumber: output.decimal(),
      }),
    ),
    ledger: z.array(
      z.object({ debitCode: output.text(), creditCode: output.text(), amount: output.decimal() }),
    ),
  })
  .meta({ id: 'LineTrace' })

export const DifferencePath = z.object({
  customerId: input.id(8),
  billingPackageId: input.id(3),
  billId: input.id(4),
  otherBillId: input.id(4).describe('the bill to compare with, usually the one before'),
})

export const BillDifference = z
  .object({
    otherBillId: output.integer(),
    otherBillNumber: output.text(),
    otherStartDate: output.date(),
    otherEndDate: output.date(),
    otherAmount: output.decimal().describe('amount due of the other bill'),
    amount: output.decimal().describe('amount due of this bill'),
    differenceAmount: output.decimal(),
    causes: z
      .array(
        z.object({
          causeCode: z.enum([
            'price',
            'terms',
            'period',
            'usage',
            'pattern',
            'service',
            'charges',
            'previous',
            'asked',
            'credits',
          ]),
          accountNumber: output.text(),
          amount: output.decimal(),
        }),
      )
      .describe('they sum to the difference'),
  })
  .meta({ id: 'BillDifference' })
