import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { AccountPath, accountKey, amount, logText, paging } from './wire.ts'

export const ContractPath = AccountPath.extend({ contractId: input.id(5) })

const KINDS = ['budget', 'deposit', 'arrangement', 'promise'] as const

export const ContractsQuery = z.strictObject({
  typeCode: input.oneOf(KINDS).optional(),
  activeIndicator: input.flag().optional().describe('Y: only those that are active'),
  ...paging,
})

/** `arrangement` is a payment contract, `promise` a payment extension. */
export const Contract = z
  .object({
    record: output.integer(),
    contractId: output.integer(),
    ...accountKey,
    billingPackageId: output.integer(),
    typeCode: output.text().describe(KINDS.join(', ')),
    typeDescription: output.text(),
    statusCode: output.text().describe('active, kept, broken, ended, cancelled'),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date(),
    endReason: output.text(),
    contractAmount: output.decimal().describe('of a budget: what it asks each month'),
    paidAmount: output.decimal(),
    unpaidAmount: output.decimal().describe('asked for and not paid'),
    waitingAmount: output.decimal().describe('still to be asked for; of a budget: owed and put off'),
    heldAmount: output.decimal().describe('of a deposit'),
    interestAmount: output.decimal().describe('of a deposit'),
    nextDueDate: output.date().describe('empty: with a bill that is still to come'),
    nextDueAmount: output.decimal(),
    contractAccountNumber: output.text().describe('the account that holds its money'),
    coveredAccountNumber: output.text().describe('empty: the whole billing package'),
    requestedByName: output.text(),
    note: output.text(),
    createdTimeStamp: output.instant(),
    createdByUserId: output.text(),
  })
  .meta({ id: 'Contract' })

export const ContractSchedule = z
  .object({
    record: output.integer(),
    contractId: output.integer(),
    sequenceNumber: output.integer(),
    dueDate: output.date().describe('empty: with a bill that is still to come'),
    scheduleAmount: output.decimal(),
    paidAmount: output.decimal(),
    unpaidAmount: output.decimal(),
    chargedAmount: output.decimal().describe('of a budget: what the bill charged'),
    deferredAmount: output.decimal().describe('of a budget: what it put off'),
    statusCode: output.text().describe('planned, asked, paid, cancelled'),
    statusDescription: output.text(),
    billId: output.integer(),
    billNumber: output.text(),
  })
  .meta({ id: 'ContractSchedule' })

export const ContractActivity = z
  .object({
    record: output.integer(),
    contractId: output.integer(),
    activityDate: output.date(),
    typeCode: output.text().describe('what was done, or what the contract asked for or put off'),
    typeDescription: output.text(),
    amount: output.decimal().describe('above zero: asked for; below: put off'),
    dueDate: output.date(),
    sequenceNumber: output.integer(),
    accountNumber: output.text().describe('the account on which it was asked for'),
    billId: output.integer(),
    billNumber: output.text(),
    chargedAmount: output.decimal(),
    monthsNumber: output.integer(),
    undoneIndicator: output.flag(),
    activityTimeStamp: output.instant(),
    userId: output.text(),
    logText: output.text(),
  })
  .meta({ id: 'ContractActivity' })

export const EndTerms = z
  .object({
    contractId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date().describe('the day for which this tells what would happen'),
    canEndIndicator: output.flag(),
    dueNowAmount: output.decimal().describe('would be asked for at once; below zero: credited'),
    cancelledAmount: output.decimal().describe('would no longer be asked for'),
    refundAmount: output.decimal().describe('would be given back, with interest'),
  })
  .meta({ id: 'ContractEndTerms' })

export const EndContractBody = z.strictObject({
  endDate: input.date().optional().describe('today when left out'),
  dueDate: input.date().optional().describe('when what is asked for at once is due'),
  reasonDescription: input.text(100).optional(),
  logText,
})

export const SchedulePart = z.strictObject({
  sequence: input.id(2),
  amount: amount(),
  date: input.date().optional().describe('empty: with a bill; a payment extension needs it'),
})

/** How an amount is split: exactly one of the three. */
export const split = {
  schedulesNumber: input.id(2).optional().describe('into so many equal parts'),
  scheduleAmount: amount().optional().describe('into parts of so much'),
  schedules: z.array(SchedulePart).min(1).max(99).optional().describe('as listed'),
}

export const ModifyContractBody = z.strictObject({
  contractAmount: amount().optional().describe('of a budget: what it asks each month'),
  ...split,
  note: input.text(2000).optional(),
  logText,
})

export const CancelArrearsBody = z.strictObject({
  reasonDescription: input.text(100).optional(),
  logText,
})

export const CancelledArrears = z
  .object({
    contractId: output.integer(),
    cancelledAmount: output.decimal(),
    heldAmount: output.decimal(),
    statusCode: output.text(),
    statusDescription: output.text(),
    logId: output.integer(),
  })
  .meta({ id: 'CancelledArrears' })
