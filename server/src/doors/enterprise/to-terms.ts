import type { z } from 'zod'
import type { AccountRecord } from '../../domain/overview/index.ts'
import type {
  AgreementBudget,
  AgreementPromiseTerms,
  ArrangementTerms,
  PlannedInstalment,
} from '../../domain/receivables/index.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { PayExtensionTerms } from './extensions.wire.ts'
import type { Budget, PaymentContractTerms } from './new-contracts.wire.ts'
import { toAccountKey, toBillNumber, toDescription, toFlag, toMoney, toText } from './to-wire.ts'

/** Whether a contract can be made now, or why not. */
function toEligibility(refusal: Refusal | undefined) {
  return {
    eligibleIndicator: toFlag(refusal === undefined),
    reasonCode: refusal?.code ?? '',
    reasonDescription: refusal?.message ?? '',
  }
}

export function toPaymentContractTerms(
  account: AccountRecord,
  terms: ArrangementTerms,
  instalments: readonly PlannedInstalment[],
): z.input<typeof PaymentContractTerms> {
  const { limits, eligibleCents } = terms
  return {
    ...toAccountKey(account),
    customerName: account.customerName,
    totalCharges: toMoney(terms.askedCents),
    pastDueCharges: toMoney(terms.pastDueCents),
    depositCharges: toMoney(terms.depositCents),
    eligibleAmount: toMoney(eligibleCents),
    maximumSchedules: String(limits.maxInstalments),
    minimumScheduleAmount: toMoney(limits.minInstalmentCents),
    downPaymentPercent: String(limits.downPaymentPercent),
    minimumDownPaymentAmount: toMoney(Math.ceil((eligibleCents * limits.downPaymentPercent) / 100)),
    graceDays: String(limits.graceDays),
    ...toEligibility(terms.refusal),
    schedules: instalments.map(({ amountCents, dueDate }, index) => ({
      sequence: String(index + 1),
      amount: toMoney(amountCents),
      date: toText(dueDate),
    })),
  }
}

export function toPayExtensionTerms(terms: AgreementPromiseTerms): z.input<typeof PayExtensionTerms> {
  const { limits } = terms
  const depositCharges = toMoney(terms.depositCents + terms.securingDepositCents)
  return {
    totalCharges: toMoney(terms.askedCents - terms.depositCents),
    pastDueCharges: toMoney(terms.pastDueCents),
    depoistCharges: depositCharges,
    depositCharges,
    maximumSchedules: String(limits.maxPayments),
    frontLoad: toFlag(terms.remainderOn === 'first'),
    maximumExtensionDays: String(limits.maxDays),
    minimumExtensionAmount: toMoney(limits.minAmountCents),
    eligibleAmount: toMoney(terms.eligibleCents),
    firstSchedulePercent: String(limits.frontLoadPercent),
    ...toEligibility(terms.refusal),
  }
}

export function toBudget(
  key: { customerId: number; agreementId: number },
  { status, terms }: AgreementBudget,
): z.input<typeof Budget> {
  const { contract, plan, courses = [], months = [] } = status ?? {}
  const isOwn = (one: { agreementId: number }) => one.agreementId === key.agreementId
  const course = courses.find(isOwn)
  const [advice] = terms.advice
  return {
    ...toAccountKey(key),
    budgetIndicator: toFlag(status !== undefined),
    contractId: toText(contract?.contractNumber),
    statusCode: toText(contract?.status),
    statusDescription: toDescription(contract?.status),
    startDate: toText(contract?.startDate),
    endDate: toText(contract?.endDate),
    budgetAmount: toMoney(course?.monthlyCents),
    monthsNumber: toText(plan?.months),
    billedMonthsNumber: toText(course?.monthsAsked),
    remainingMonthsNumber: toText(course?.monthsLeft),
    trueUpCode: plan?.trueUp ?? terms.trueUp,
    deferredAmount: toMoney(course?.putOffCents),
    averageAmount: toMoney(course?.averageCents ?? advice?.averageCents),
    projectedTrueUpAmount: toMoney(course?.projectedTrueUpCents),
    proposedAmount: toMoney(course?.proposedCents),
    ...toEligibility(terms.refusal),
    recommendedAmount: toMoney(advice?.amountCents),
    recommendedMonthsNumber: toText(terms.months || undefined),
    chargedAmount: toMoney(advice?.chargedCents),
    chargedDaysNumber: toText(advice?.days),
    months: months.filter(isOwn).map((month) => ({
      billId: toText(month.billId),
      billNumber: toBillNumber(key.customerId, month.billId),
      billDate: month.askedOn,
      monthsNumber: String(month.months),
      chargedAmount: toMoney(month.chargedCents),
      budgetAmount: toMoney(month.askedCents),
      deferredAmount: toMoney(month.putOffCents),
    })),
  }
}
