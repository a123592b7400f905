import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'

export const PaymentMethodPath = z.object({ customerId: input.id(8), paymentMethodId: input.id(2) })

export const PaymentMethod = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    paymentMethodId: output.integer(),
    typeCode: z.enum(['card', 'bank']),
    typeDescription: output.text(),
    nickname: output.text(),
    holderName: output.text(),
    brandDescription: output.text(),
    lastFourDigits: output.text(),
    routingNumber: output.text().describe('of a bank account'),
    accountTypeCode: output.text().describe('checking or savings'),
    expirationDate: output.text().describe('last month of a card, YYYYMM'),
    gatewayCode: output.text(),
    verificationCode: output.text(),
    defaultFlag: output.flag(),
    statusCode: output.text(),
    statusDescription: output.text(),
    usableFlag: output.flag().describe('whether it can pay today'),
    unusableReason: output.text(),
  })
  .meta({ id: 'PaymentMethod' })

export const PaymentMethodDetail = PaymentMethod.extend({
  autopays: z.array(
    z.object({
      customerId: output.integer(),
      billingPackageId: output.integer(),
      autopayId: output.integer(),
      startDate: output.date(),
      endDate: output.date(),
      limitAmount: output.decimal(),
      suspendedFlag: output.flag(),
      suspendReason: output.text(),
    }),
  ),
  waitingPayments: z.array(
    z.object({
      customerId: output.integer(),
      paymentRequestId: output.integer(),
      billingPackageId: output.integer(),
      drawDate: output.date(),
      amount: output.decimal(),
      statusCode: output.text(),
    }),
  ),
}).meta({ id: 'PaymentMethodDetail' })

export const CreatePaymentMethodBody = z.strictObject({
  typeCode: input.oneOf(['card', 'bank']),
  token: input.text(512).describe('the gateway’s name for the card or account; never a number'),
  lastFourDigits: input.text(4, 4),
  holderName: input.text(100),
  gatewayCode: input.text(30).optional().describe('the client’s chosen gateway when left out'),
  brandDescription: input.text(30).optional(),
  expirationDate: input
    .text(6, 6)
    .pipe(z.string().regex(/^\d{4}(0[1-9]|1[0-2])$/, 'must be a month, YYYYMM'))
    .optional()
    .describe('last month of a card, YYYYMM'),
  routingNumber: input.text(9, 9).optional().describe('of a bank account'),
  accountTypeCode: input.oneOf(['checking', 'savings']).optional(),
  nickname: input.text(60).optional(),
  defaultFlag: input.flag().optional(),
  logText: input.text(2000).optional(),
})

export const EndPaymentMethodBody = z.strictObject({
  stopUsesFlag: input
    .flag()
    .optional()
    .describe(
      'Y: also stop the autopays and waiting payments that use it; refused with N while there are any',
    ),
  logText: input.text(2000).optional(),
})
