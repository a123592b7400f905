import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { logText } from './wire.ts'

/** What is done with what a deposit leaves when everything owed is paid. */
export const REFUNDS = { account: 'Credit to account', check: 'Refund by check' } as const
export type RefundCode = keyof typeof REFUNDS

const codeOf = (text: string): RefundCode | undefined =>
  (Object.keys(REFUNDS) as RefundCode[]).find((code) =>
    [code, REFUNDS[code]].some((word) => word.toLowerCase() === text.toLowerCase()),
  )

export const ApplyDepositsBody = z.strictObject({
  logText,
  refundDescription: input
    .text(50)
    .refine((text) => codeOf(text) !== undefined, `must be ${Object.values(REFUNDS).join(' or ')}`)
    .transform((text) => codeOf(text) ?? 'account')
    .meta({
      description: `what is left: ${Object.values(REFUNDS).join(', ')}`,
      enum: Object.values(REFUNDS),
    }),
})

export const DepositApplied = z
  .object({
    record: output.integer(),
    contractId: output.integer(),
    heldAmount: output.decimal(),
    interestAmount: output.decimal(),
    appliedAmount: output.decimal().describe('paid what the billing package owed'),
    remainingAmount: output.decimal(),
    remainingAccountNumber: output.text().describe('where the rest is a credit'),
    refundCode: output.text(),
    refundDescription: output.text(),
    effectiveDate: output.date(),
    logId: output.integer(),
  })
  .meta({ id: 'DepositApplied' })
