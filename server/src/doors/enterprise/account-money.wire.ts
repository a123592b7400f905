import { z } from 'zod'
import { output } from '../../platform/http/wire-values.ts'
import { accountKey } from './wire.ts'

const MoneyHolder = z
  .object({
    ...accountKey,
    kindCode: z.enum(['service', 'deposit', 'arrangement', 'overpayment', 'write_off', 'item']),
    debtClassCode: output.text(),
    statusCode: output.text(),
    currentBalanceAmount: output.decimal().describe('asked for now'),
    pastDueAmount: output.decimal(),
    putOffAmount: output.decimal(),
    heldAmount: output.decimal().describe('of a deposit that was paid'),
  })
  .meta({ id: 'MoneyHolder' })

const MoneyContractPart = z
  .object({
    partNumber: output.integer(),
    dueDate: output.date().describe('empty: asked with a bill that is still to come'),
    amount: output.decimal(),
    paidAmount: output.decimal(),
    statusCode: z.enum(['planned', 'asked', 'missed', 'paid', 'cancelled']),
    billId: output.integer(),
    billNumber: output.text(),
  })
  .meta({ id: 'MoneyContractPart' })

const MoneyBudgetMonth = z
  .object({
    askedDate: output.date(),
    billId: output.integer(),
    billNumber: output.text(),
    months: output.integer(),
    chargedAmount: output.decimal(),
    askedAmount: output.decimal(),
    putOffAmount: output.decimal().describe('less than zero: asked for ahead'),
  })
  .meta({ id: 'MoneyBudgetMonth' })

const MoneyBudget = z
  .object({
    monthlyAmount: output.decimal(),
    monthsAsked: output.integer(),
    monthsLeft: output.integer(),
    chargedAmount: output.decimal(),
    askedAmount: output.decimal(),
    paidAmount: output.decimal(),
    varianceAmount: output.decimal().describe('owed and put off; less than zero: asked for ahead'),
    projectedTrueUpAmount: output.decimal(),
    trueUpCode: z.enum(['roll', 'settle']),
    months: z.array(MoneyBudgetMonth),
  })
  .meta({ id: 'MoneyBudget' })

const MoneyDeposit = z
  .object({
    formCode: z.enum(['cash', 'guarantor', 'letter_of_credit', 'surety_bond']),
    reasonCode: z.enum(['new_service', 'credit', 'disconnected', 'bankruptcy', 'other']),
    unpaidAmount: output.decimal(),
    heldAmount: output.decimal(),
    interestAmount: output.decimal().describe('credited, and earned since'),
    evidence: output.text(),
    validUntilDate: output.date(),
  })
  .meta({ id: 'MoneyDeposit' })

const MoneyContract = z
  .object({
    contractNumber: output.integer(),
    kindCode: z.enum(['budget', 'deposit', 'arrangement', 'promise']),
    statusCode: z.enum(['active', 'kept', 'broken', 'ended', 'cancelled']),
    startDate: output.date(),
    endDate: output.date(),
    endReasonCode: output.text(),
    amount: output.decimal().describe('promised, arranged or required; of a budget what it asks each month'),
    requestedBy: output.text(),
    note: output.text(),
    schedule: z.array(MoneyContractPart),
    budget: MoneyBudget.nullable(),
    deposit: MoneyDeposit.nullable(),
  })
  .meta({ id: 'MoneyContract' })

const CollectionStepShown = z
  .object({
    stepNumber: output.integer(),
    kindCode: output.text(),
    statusCode: z.enum(['pending', 'complete', 'cancelled']),
    dueDate: output.date().describe('empty: what it waits for is not done'),
    doneDate: output.date(),
    waitingForCode: output.text().describe('why a due step was not done'),
    askedAmount: output.decimal().describe('past due when it was done'),
    templateCode: output.text(),
  })
  .meta({ id: 'CollectionStepShown' })

const CollectionProcessShown = z
  .object({
    processId: output.integer(),
    statusCode: z.enum(['active', 'inactive']),
    debtClassCode: output.text(),
    stageCode: z.enum(['served', 'stopped']),
    pathCode: output.text(),
    startDate: output.date(),
    endDate: output.date(),
    endReasonCode: output.text(),
    startAmount: output.decimal().describe('past due when it began'),
    pastDueAmount: output.decimal(),
    amountToStop: output.decimal().describe('a payment of so much ends it'),
    nextStepNumber: output.integer(),
    steps: z.array(CollectionStepShown),
  })
  .meta({ id: 'CollectionProcessShown' })

const ProtectionShown = z
  .object({
    protectionNumber: output.integer(),
    kindCode: z.enum(['life_support', 'medical', 'dispute', 'bankruptcy', 'hold']),
    forbidsCode: z.enum(['cut', 'all', 'amount']),
    amount: output.decimal(),
    startDate: output.date(),
    endDate: output.date().describe('the first day without; empty: until it is ended'),
    evidence: output.text(),
    reason: output.text(),
    activeFlag: output.flag(),
    createdBy: output.text(),
  })
  .meta({ id: 'ProtectionShown' })

const AccountCollection = z
  .object({
    processes: z.array(CollectionProcessShown),
    protections: z.array(ProtectionShown),
    obstacles: z
      .array(
        z.object({
          forbidsCode: z.enum(['cut', 'all']),
          sourceCode: output.text(),
          name: output.text(),
          reason: output.text(),
          evidence: output.text(),
          startDate: output.date(),
          endDate: output.date(),
        }),
      )
      .describe('what else stands in the way of collecting today'),
    severances: z.array(
      z.object({
        severanceId: output.integer(),
        accountNumber: output.text(),
        statusCode: z.enum(['active', 'inactive']),
        noticeDate: output.date(),
        cutFromDate: output.date().describe('the first day on which service may be cut'),
        cutDate: output.date(),
        reconnectedDate: output.date(),
        endDate: output.date(),
        endReasonCode: output.text(),
      }),
    ),
    bankruptcies: z.array(
      z.object({
        caseNumber: output.text(),
        chapterCode: output.text(),
        statusCode: z.enum(['filed', 'dismissed', 'discharged']),
        filedDate: output.date(),
        closedDate: output.date(),
        frozenAmount: output.decimal(),
        evidence: output.text(),
      }),
    ),
    writeOffs: z.array(
      z.object({
        writeOffId: output.integer(),
        kindCode: z.enum(['debt', 'discharge']),
        statusCode: z.enum(['active', 'dismissed']),
        accountNumber: output.text(),
        date: output.date(),
        amount: output.decimal(),
        dismissedDate: output.date(),
        dismissReason: output.text(),
      }),
    ),
    referrals: z.array(
      z.object({
        agencyCode: output.text(),
        amount: output.decimal(),
        referredDate: output.date(),
        recalledDate: output.date(),
      }),
    ),
    rating: z.object({
      score: output.integer(),
      cashOnlyPoints: output.integer(),
      cashOnlyFlag: output.flag(),
      depositDueFlag: output.flag(),
      events: z.array(
        z.object({
          kindCode: output.text(),
          points: output.integer(),
          startDate: output.date(),
          endDate: output.date(),
          note: output.text(),
        }),
      ),
    }),
  })
  .meta({ id: 'AccountCollection' })

const MethodShown = z
  .object({
    methodNumber: output.integer(),
    kindCode: z.enum(['card', 'bank']),
    brand: output.text(),
    lastFour: output.text(),
    holderName: output.text(),
    nickname: output.text(),
    expiryDate: output.date(),
    expiredFlag: output.flag(),
    verificationCode: z.enum(['unverified', 'verified', 'failed']),
    defaultFlag: output.flag(),
  })
  .meta({ id: 'MethodShown' })

const AccountPaying = z
  .object({
    autopay: z
      .object({
        startDate: output.date(),
        endDate: output.date(),
        drawRuleCode: z.enum(['due_date', 'days_before', 'fixed_day']),
        drawDays: output.integer().describe('days before the due date, or the day of the month'),
        limitAmount: output.decimal(),
        suspendedFlag: output.flag(),
        suspendReasonCode: output.text(),
        payerCustomerId: output.integer(),
        method: MethodShown,
      })
      .nullable(),
    methods: z.array(MethodShown),
    pending: z.array(
      z.object({
        requestNumber: output.integer(),
        originCode: z.enum(['autopay', 'scheduled', 'once']),
        statusCode: output.text(),
        drawDate: output.date(),
        amount: output.decimal().describe('empty: what is asked for on the day'),
        billId: output.integer(),
        billNumber: output.text(),
        lastFour: output.text(),
      }),
    ),
  })
  .meta({ id: 'AccountPaying' })

/** What the money screen of an account shows. */
export const AccountMoney = z
  .object({
    ...accountKey,
    billingPackageId: output.integer(),
    currentBalanceAmount: output.decimal().describe('asked for now; less than zero: a credit'),
    putOffAmount: output.decimal().describe('owed, and not asked for now'),
    balanceAmount: output.decimal().describe('owed in all: asked for now and put off'),
    pastDueAmount: output.decimal(),
    nextDueDate: output.date(),
    nextDueAmount: output.decimal(),
    putOff: z.object({
      budgetAmount: output.decimal(),
      arrangementAmount: output.decimal(),
      frozenAmount: output.decimal(),
      otherAmount: output.decimal(),
    }),
    depositHeldAmount: output.decimal().describe('no part of what is owed'),
    holders: z.array(MoneyHolder).describe('the account packages that make up the balances'),
    contracts: z.array(MoneyContract),
    collection: AccountCollection,
    paying: AccountPaying,
    notices: z.array(
      z.object({
        noticeNumber: output.integer(),
        templateCode: output.text(),
        channelCode: z.enum(['letter', 'email', 'text']),
        subject: output.text(),
        statusCode: z.enum(['queued', 'sent', 'failed', 'suppressed']),
        reasonCode: output.text(),
        queuedAt: output.instant(),
        doneAt: output.instant(),
      }),
    ),
  })
  .meta({ id: 'AccountMoney' })
