import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey, amount, logText, paging } from './wire.ts'

const STATUSES = ['incomplete', 'error', 'freezable', 'frozen', 'cancelled'] as const
const SOURCES = [
  'counter',
  'lockbox',
  'remittance',
  'card',
  'transfer',
  'autopay',
  'web',
  'phone',
  'agency',
] as const
const METHODS = ['cash', 'check', 'money_order', 'ach', 'card', 'wire', 'remittance', 'other'] as const

/** Customer number x 10^7 + number on the customer's file. */
export const paymentId = () => input.id(15)
export const PaymentPath = z.object({ paymentId: paymentId() })

/** How the number of a payment is sent: for programs, and as people read it. */
export const paymentKey = {
  paymentId: output.integer(),
  paymentNumber: output.text().describe('8-7 digits, as printed'),
}

export const Payment = z
  .object({
    record: output.integer(),
    ...paymentKey,
    customerId: output.integer().describe('0: nobody yet'),
    customerName: output.text(),
    billingPackageId: output.integer().describe('empty: unapplied'),
    payerCustomerId: output.integer(),
    payerName: output.text(),
    paymentEventId: output.integer().describe('the money that came in at once, on the payer’s file'),
    paymentDate: output.date(),
    receivedAt: output.instant(),
    receivedByUser: output.text(),
    sourceCode: output.text(),
    sourceDescription: output.text(),
    tenderTypeCode: output.text(),
    tenderTypeDescription: output.text(),
    referenceNumber: output.text().describe('check, trace or authorisation number'),
    externalNumber: output.text().describe('the sender’s number of the money'),
    paymentAmount: output.decimal(),
    appliedAmount: output.decimal().describe('what of it pays debts now'),
    unappliedAmount: output.decimal().describe('the rest: a credit of the customer'),
    statusCode: output.text(),
    statusDescription: output.text(),
    cancelDate: output.date(),
    cancelReason: output.text(),
    returnCode: output.text().describe('of the bank'),
    errorText: output.text().describe('why it cannot be posted'),
  })
  .meta({ id: 'Payment' })

export const PaymentsQuery = z.strictObject({
  billingPackageId: input.id(3).optional(),
  statusCode: input.oneOf(STATUSES).optional(),
  ...paging,
})

export const PaymentSearch = z.strictObject({
  customerId: input.id(8).optional(),
  billingPackageId: input.id(3).optional(),
  paymentId: paymentId().optional(),
  statusCode: input.oneOf(STATUSES).optional(),
  sourceCode: input.oneOf(SOURCES).optional(),
  tenderTypeCode: input.oneOf(METHODS).optional(),
  referenceNumber: input.text(50).optional().describe('of the tender, or the sender’s number'),
  paymentDateFrom: input.date().optional(),
  paymentDateTo: input.date().optional().describe('inclusive'),
  amountFrom: amount().optional(),
  amountTo: amount().optional(),
  unappliedFlag: input.flag().optional().describe('Y: money of nobody yet'),
  ...paging,
})

export const PaymentBody = z.strictObject({ paymentId: paymentId() })
export const PaymentPageBody = PaymentBody.extend(paging)

export const PaymentDetail = Payment.extend({
  entryId: output.integer().describe('in the books'),
  targetTypeCode: output.text().describe('what alone it pays; empty: what the account owes'),
  targetId: output.integer(),
  errorCode: output.text(),
  replacesPaymentId: output.integer().describe('the cancelled payment whose money this is'),
  replacedByPaymentIds: z.array(output.integer()),
  tenders: z.array(
    z.object({
      tenderId: output.integer(),
      typeCode: output.text(),
      typeDescription: output.text(),
      referenceNumber: output.text(),
      amount: output.decimal(),
      statusCode: output.text(),
      controlId: output.integer().describe('the till or batch that it is counted in'),
      cancelDate: output.date(),
      cancelReason: output.text(),
      returnCode: output.text(),
    }),
  ),
  accountPackages: z.array(
    z.object({
      ...accountKey,
      debtClassCode: output.text(),
      amount: output.decimal(),
      appliedAmount: output.decimal(),
    }),
  ),
  eventPayments: z
    .array(
      z.object({
        ...paymentKey,
        customerId: output.integer(),
        customerName: output.text(),
        billingPackageId: output.integer(),
        amount: output.decimal(),
        statusCode: output.text(),
      }),
    )
    .describe('every payment that the same money made'),
}).meta({ id: 'PaymentDetail' })

export const PaymentDirection = z
  .object({
    record: output.integer(),
    ...paymentKey,
    ...accountKey,
    debtClassCode: output.text(),
    typeCode: output.text().describe('of the debt: charge, fee, adjustment'),
    typeDescription: output.text(),
    accountChargeId: output.integer().describe('when the debt is a charge'),
    referenceCode: output.text(),
    chargeDate: output.date(),
    dueDate: output.date(),
    billId: output.integer(),
    billNumber: output.text(),
    debtAmount: output.decimal(),
    paidAmount: output.decimal().describe('by this payment'),
    unpaidAmount: output.decimal().describe('of the debt, by nobody'),
    paidAt: output.instant(),
  })
  .meta({ id: 'PaymentDirection' })

export const PaymentLog = z
  .object({
    record: output.integer(),
    ...paymentKey,
    logId: output.integer().describe('empty of an act'),
    logDate: output.instant(),
    userName: output.text(),
    typeCode: output.text().describe('note, call, letter or system; act: what was done to the money'),
    operationCode: output.text(),
    description: output.text(),
    doorCode: output.text(),
    logText: output.text(),
  })
  .meta({ id: 'PaymentLog' })

export const SaveLogBody = z.strictObject({
  logText: input.text(2000),
  typeCode: input.oneOf(['note', 'call', 'letter']).optional().describe('note when left out'),
})
export const SavedLog = z.object({ ...paymentKey, logId: output.integer(), logDate: output.instant() })

export const TransferPaymentBody = z.strictObject({
  customerId: input.id(8).describe('whose account gets it'),
  billingPackageId: input.id(3),
  customerAccountId: input.id(2).optional().describe('with accountPackageId: pay this alone'),
  accountPackageId: input.id(4).optional(),
  amount: amount().optional().describe('all of it when left out'),
  transferDate: input.date().optional().describe('today when left out; not in the future'),
  logText: input.text(2000).describe('why; kept with both payments'),
})

export const TransferredPayment = z
  .object({
    fromPaymentId: output.integer().describe('cancelled'),
    ...paymentKey,
    customerId: output.integer(),
    billingPackageId: output.integer(),
    amount: output.decimal(),
    remainderPaymentId: output.integer().describe('what stays where it was; empty when all is transferred'),
    remainderAmount: output.decimal(),
    transferDate: output.date(),
    logId: output.integer(),
  })
  .meta({ id: 'TransferredPayment' })

export const CancelPaymentBody = z.strictObject({
  tenderId: input.id(2).optional().describe('one tender of the money; all of it when left out'),
  cancelDate: input.date().optional().describe('today when left out; not in the future'),
  returnCode: input
    .text(10)
    .optional()
    .describe('the bank sent it back: R01 to R85, or chargeback; the account may be asked for a fee'),
  logText: input.text(2000).describe('why; kept with the payment'),
})

export const CancelledPayment = z
  .object({
    ...paymentKey,
    statusCode: output.text(),
    cancelDate: output.date(),
    cancelReason: output.text(),
    cancelledAmount: output.decimal(),
    returnCode: output.text(),
    feeAdjustmentId: output.integer().describe('of the fee for a returned payment'),
    cancelledPaymentIds: z.array(output.integer()).describe('the same money paid these; all are owed again'),
    replacedByPaymentIds: z.array(output.integer()).describe('paid with what other tenders brought'),
    logId: output.integer(),
  })
  .meta({ id: 'CancelledPayment' })

export const OneTimePaymentBody = z.strictObject({
  billingPackageId: input.id(3),
  amount: amount(),
  paymentMethodId: input.id(2).optional().describe('a kept method that is drawn; or else a tender'),
  tenderTypeCode: input.oneOf(METHODS).optional().describe('money that is here already'),
  referenceNumber: input.text(50).optional().describe('of the tender: check number'),
  sourceCode: input.oneOf(SOURCES).optional().describe('of the tender; counter when left out'),
  paymentDate: input
    .date()
    .optional()
    .describe('today when left out; a method can be drawn later, a tender not be received later'),
  billId: input.id(4).optional().describe('of a tender: pay this bill alone'),
  allowDuplicateFlag: input.flag().optional().describe('Y: the same amount again is meant'),
  logText,
})

export const OneTimePayment = z
  .object({
    paymentId: output.integer().describe('empty until a method is drawn'),
    paymentNumber: output.text(),
    paymentRequestId: output.integer().describe('of a method that is drawn'),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    amount: output.decimal(),
    paymentDate: output.date(),
    statusCode: output.text().describe('frozen: posted; waiting: to be drawn'),
    statusDescription: output.text(),
    balanceAmount: output.decimal().describe('what the billing package is asked for now'),
    logId: output.integer(),
  })
  .meta({ id: 'OneTimePayment' })

export const PaymentRequestPath = z.object({ customerId: input.id(8), paymentRequestId: input.id(7) })

export const PaymentRequest = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    paymentRequestId: output.integer(),
    billingPackageId: output.integer(),
    typeCode: output.text().describe('once, scheduled or autopay'),
    payerCustomerId: output.integer(),
    paymentMethodId: output.integer(),
    drawDate: output.date(),
    amount: output.decimal().describe('the most that is drawn; empty: what is asked for on the day'),
    billId: output.integer(),
    statusCode: output.text(),
    statusDescription: output.text(),
    reasonCode: output.text(),
    paymentEventId: output.integer().describe('once it is paid'),
  })
  .meta({ id: 'PaymentRequest' })
