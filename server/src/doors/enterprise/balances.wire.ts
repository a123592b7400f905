import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { amount, logText } from './wire.ts'

export const TransferTerms = z
  .object({
    accountNumber: output.text(),
    eligibleTransferAmount: output.decimal().describe('debt that can move to another account'),
    customerName: output.text(),
    eligibleCreditAmount: output.decimal().describe('credit that can move to another account'),
    lastDueDate: output.date().describe('when moved debt is due'),
    statusCode: output.text(),
    statusDescription: output.text(),
  })
  .meta({ id: 'TransferTerms' })

export const TransferBody = z.strictObject({
  transferAmount: amount().describe('above zero moves debt, below zero credit'),
  transferCustomerId: input.id(8),
  transferCustomerAccountId: input.id(2),
  transferAccountPackageId: input.id(4),
  logText,
})

export const Transferred = z
  .object({
    record: output.integer(),
    adjustmentId: output.integer(),
    accountNumber: output.text(),
    directionCode: output.text().describe('from, to'),
    transferAmount: output.decimal().describe('above zero: this account owes more'),
    transferDate: output.date(),
    dueDate: output.date(),
    statusCode: output.text(),
    statusDescription: output.text(),
    logId: output.integer(),
  })
  .meta({ id: 'Transferred' })

export const ApplyCreditsBody = z.strictObject({
  effectiveDate: input.date().describe('not after today'),
  logText,
})

export const CreditApplied = z
  .object({
    record: output.integer(),
    fromAccountNumber: output.text().describe('whose credit it was'),
    toAccountNumber: output.text().describe('whose debt it paid'),
    appliedAmount: output.decimal(),
    effectiveDate: output.date(),
  })
  .meta({ id: 'CreditApplied' })
