import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { split } from './contracts.wire.ts'
import { accountKey, amount, logText } from './wire.ts'

const requestedBy = {
  requestedByName: input.text(100).optional(),
  note: input.text(2000).optional(),
  logText,
}

/** Whether a contract can be made now, or the reason why not. */
export const eligibility = {
  eligibleIndicator: output.flag(),
  reasonCode: output.text().describe('why it cannot be made now; empty when it can'),
  reasonDescription: output.text(),
}

const payment = {
  contractAmount: amount().optional().describe('all that is eligible when left out'),
  downPaymentAmount: amount().optional(),
  downPaymentDate: input.date().optional().describe('today when left out'),
}

export const PlanQuery = z.strictObject({
  ...payment,
  schedulesNumber: split.schedulesNumber,
  scheduleAmount: split.scheduleAmount,
})

export const PaymentContractTerms = z
  .object({
    ...accountKey,
    customerName: output.text(),
    totalCharges: output.decimal().describe('asked for now'),
    pastDueCharges: output.decimal(),
    depositCharges: output.decimal(),
    eligibleAmount: output.decimal(),
    maximumSchedules: output.integer(),
    minimumScheduleAmount: output.decimal(),
    downPaymentPercent: output.integer(),
    minimumDownPaymentAmount: output.decimal(),
    graceDays: output.integer(),
    ...eligibility,
    schedules: z
      .array(z.object({ sequence: output.integer(), amount: output.decimal(), date: output.date() }))
      .describe('how it would be split, when the query says how'),
  })
  .meta({ id: 'PaymentContractTerms' })

export const PaymentContractBody = z.strictObject({ ...payment, ...split, ...requestedBy })

const FORMS = ['cash', 'guarantor', 'letter_of_credit', 'surety_bond'] as const
const REASONS = ['new_service', 'credit', 'disconnected', 'bankruptcy', 'other'] as const

export const DepositContractBody = z.strictObject({
  contractAmount: amount().optional().describe('the recommended one when left out; needed without cash'),
  typeCode: input.oneOf(FORMS).optional().describe('cash when left out'),
  reasonCode: input.oneOf(REASONS),
  schedulesNumber: input.id(2).optional().describe('so many equal parts, one a bill; 1 when left out'),
  dueDate: input.date().optional().describe('ask for the first part now; with the next bill when left out'),
  guarantorCustomerId: input.id(8).optional(),
  evidenceDescription: input.text(200).optional().describe('the document that secures it without cash'),
  validUntilDate: input.date().optional(),
  ...requestedBy,
})

export const BudgetMonth = z
  .object({
    billId: output.integer(),
    billNumber: output.text(),
    billDate: output.date(),
    monthsNumber: output.integer(),
    chargedAmount: output.decimal(),
    budgetAmount: output.decimal().describe('what the bill asked for'),
    deferredAmount: output.decimal().describe('owed later; below zero: asked for ahead'),
  })
  .meta({ id: 'BudgetMonth' })

export const Budget = z
  .object({
    ...accountKey,
    budgetIndicator: output.flag().describe('Y when the account is on a budget now'),
    contractId: output.integer(),
    statusCode: output.text(),
    statusDescription: output.text(),
    startDate: output.date(),
    endDate: output.date(),
    budgetAmount: output.decimal().describe('asked for each month'),
    monthsNumber: output.integer().describe('of the budget'),
    billedMonthsNumber: output.integer(),
    remainingMonthsNumber: output.integer(),
    trueUpCode: output.text().describe('roll, settle'),
    deferredAmount: output.decimal().describe('owed and not asked for now'),
    averageAmount: output.decimal().describe('of a month of the last year'),
    projectedTrueUpAmount: output.decimal().describe('what would be left after the last month'),
    proposedAmount: output.decimal().describe('the monthly amount that would leave nothing'),
    ...eligibility,
    recommendedAmount: output.decimal().describe('of a new budget'),
    recommendedMonthsNumber: output.integer(),
    chargedAmount: output.decimal().describe('what the recommendation rests on'),
    chargedDaysNumber: output.integer(),
    months: z.array(BudgetMonth),
  })
  .meta({ id: 'Budget' })

export const BudgetContractBody = z.strictObject({
  contractAmount: amount().optional().describe('a month; the recommended one when left out'),
  trueUpCode: input.oneOf(['roll', 'settle']).optional().describe("the client's own when left out"),
  billingPackageIndicator: input
    .flag()
    .optional()
    .describe('Y: every account of the billing package; then without an amount'),
  ...requestedBy,
})
