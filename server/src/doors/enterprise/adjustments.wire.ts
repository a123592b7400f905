import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { amount, logText } from './wire.ts'

/** The ledger account is named by its three numbers, which win, or by its name. */
export const AdjustmentBody = z
  .strictObject({
    chargeDate: input
      .date()
      .optional()
      .describe('from the start of the account to today; today when left out'),
    subTypeDescription: input.text(50).optional(),
    logText,
    chargeAmount: amount().describe('above zero a debit, below a credit'),
    generalLedgerDescription: input.text(75).optional(),
    governingAgencyId: input.id(4).optional(),
    generalLedgerId: input.id(7).optional(),
    ledgerAccountId: input.id(7).optional(),
  })
  .superRefine((body, context) => {
    const names = ['governingAgencyId', 'generalLedgerId', 'ledgerAccountId'] as const
    const absent = names.filter((name) => body[name] === undefined)
    const ids = names.length - absent.length
    if (ids === names.length || (ids === 0 && body.generalLedgerDescription !== undefined)) return
    const path = ids === 0 ? ['generalLedgerDescription'] : [absent[0] ?? '']
    context.addIssue({
      code: 'custom',
      path,
      message: 'is missing: name the ledger account by its three numbers or by its description',
    })
  })

export const AdjustmentMade = z
  .object({
    accountChargeId: output.integer(),
    billingChargeId: output.integer(),
    chargeDate: output.date(),
    chargeAmount: output.decimal(),
    generalLedgerDescription: output.text(),
    logId: output.integer(),
  })
  .meta({ id: 'AdjustmentMade' })

export const EligibleFee = z
  .object({
    record: output.integer(),
    feeCode: output.text(),
    feeDescription: output.text(),
    feeDescriptionSpanish: output.text(),
    feeAmount: output.decimal().describe('empty: the fee has no amount of its own'),
    generalLedgerCode: output.text(),
    approvalAboveAmount: output.decimal().describe('empty: never needs approval'),
    onBillIndicator: output.flag().describe('Y: has a line of its own on the bill'),
  })
  .meta({ id: 'EligibleFee' })

export const ChargeFeesBody = z.strictObject({
  feeDescription: input.text(75).describe('the name or the code of an eligible fee'),
  feeAmount: amount().optional().describe('that of the fee when left out'),
  logNote: input.text(2000).optional().describe('kept as a note on the account'),
})

export const FeeCharged = z
  .object({
    adjustmentId: output.integer(),
    feeCode: output.text(),
    feeDescription: output.text(),
    feeAmount: output.decimal(),
    chargeDate: output.date(),
    statusCode: output.text().describe('frozen: posted; pending_approval: waits for another person'),
    statusDescription: output.text(),
    logId: output.integer(),
  })
  .meta({ id: 'FeeCharged' })
