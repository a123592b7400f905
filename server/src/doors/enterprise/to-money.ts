import type { z } from 'zod'
import type { AccountMoney as MoneyRecord } from '../../domain/overview/index.ts'
import type { PaymentMethod } from '../../domain/payments/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { AccountMoney } from './account-money.wire.ts'
import { toCollection } from './to-collection.ts'
import { toAccountKey, toBillNumber, toFlag, toInstant, toMoney, toText } from './to-wire.ts'

type Wire = z.input<typeof AccountMoney>

export function toAccountMoney(money: MoneyRecord): Wire {
  const { customerId, putOff } = money
  return {
    ...toAccountKey(money),
    billingPackageId: String(money.accountNumber),
    currentBalanceAmount: toMoney(money.askedCents),
    putOffAmount: toMoney(money.putOffCents),
    balanceAmount: toMoney(money.owedCents),
    pastDueAmount: toMoney(money.pastDueCents),
    nextDueDate: toText(money.nextDueDate),
    nextDueAmount: toMoney(money.nextDueCents),
    putOff: {
      budgetAmount: toMoney(putOff.budget),
      arrangementAmount: toMoney(putOff.arrangement),
      frozenAmount: toMoney(putOff.frozen),
      otherAmount: toMoney(putOff.other),
    },
    depositHeldAmount: toMoney(money.depositHeldCents),
    holders: money.holders.map((holder) => ({
      ...toAccountKey({ customerId, agreementId: holder.agreementId }),
      kindCode: holder.kind,
      debtClassCode: holder.debtClass,
      statusCode: holder.status,
      currentBalanceAmount: toMoney(holder.askedCents),
      pastDueAmount: toMoney(holder.pastDueCents),
      putOffAmount: toMoney(holder.putOffCents),
      heldAmount: toMoney(holder.heldCents),
    })),
    contracts: money.contracts.map(toMoneyContract),
    collection: toCollection(money),
    paying: toPaying(money),
    notices: money.notices.map((notice) => ({
      noticeNumber: String(notice.noticeNumber),
      templateCode: notice.templateCode,
      channelCode: notice.channel,
      subject: notice.subject,
      statusCode: notice.status,
      reasonCode: toText(notice.reason),
      queuedAt: toInstant(notice.queuedAt),
      doneAt: toInstant(notice.doneAt),
    })),
  }
}

type ContractRecord = MoneyRecord['contracts'][number]

function toMoneyContract({ contract, schedule, budget, deposit }: ContractRecord): Wire['contracts'][number] {
  const { customerId } = contract
  return {
    contractNumber: String(contract.contractNumber),
    kindCode: contract.kind,
    statusCode: contract.status,
    startDate: contract.startDate,
    endDate: toText(contract.endDate),
    endReasonCode: toText(contract.endReason),
    amount: toMoney(budget?.monthlyCents ?? contract.amountCents),
    requestedBy: toText(contract.requestedBy),
    note: toText(contract.note),
    schedule: schedule.map((part) => ({
      partNumber: String(part.number),
      dueDate: toText(part.dueDate),
      amount: toMoney(part.amountCents),
      paidAmount: toMoney(part.paidCents),
      statusCode: part.status,
      ...toBillKey(customerId, part.billId),
    })),
    budget: budget && toBudget(customerId, budget),
    deposit: deposit && {
      formCode: deposit.form,
      reasonCode: deposit.reason,
      unpaidAmount: toMoney(deposit.unpaidCents),
      heldAmount: toMoney(deposit.heldCents),
      interestAmount: toMoney(deposit.interestCents),
      evidence: toText(deposit.evidence),
      validUntilDate: toText(deposit.validUntil),
    },
  }
}

function toBudget(customerId: number, budget: NonNullable<ContractRecord['budget']>) {
  return {
    monthlyAmount: toMoney(budget.monthlyCents),
    monthsAsked: String(budget.monthsAsked),
    monthsLeft: String(budget.monthsLeft),
    chargedAmount: toMoney(budget.chargedCents),
    askedAmount: toMoney(budget.askedCents),
    paidAmount: toMoney(budget.paidCents),
    varianceAmount: toMoney(budget.putOffCents),
    projectedTrueUpAmount: toMoney(budget.projectedTrueUpCents),
    trueUpCode: budget.trueUp,
    months: budget.months.map((month) => ({
      askedDate: month.askedOn,
      ...toBillKey(customerId, month.billId),
      months: String(month.months),
      chargedAmount: toMoney(month.chargedCents),
      askedAmount: toMoney(month.askedCents),
      putOffAmount: toMoney(month.putOffCents),
    })),
  }
}

function toBillKey(customerId: number, billId: number | null) {
  return { billId: toText(billId), billNumber: toBillNumber(customerId, billId) }
}

function toPaying({ customerId, today, paying }: MoneyRecord): Wire['paying'] {
  const { autopay, autopayMethod, methods, pending } = paying
  const known = autopayMethod ? [...methods, autopayMethod] : methods
  const lastFourOf = (one: { payerCustomerId: number; methodNumber: number }) =>
    known.find((it) => it.customerId === one.payerCustomerId && it.methodNumber === one.methodNumber)
      ?.lastFour
  return {
    autopay:
      autopay && autopayMethod
        ? {
            startDate: autopay.startDate,
            endDate: toText(autopay.endDate),
            drawRuleCode: autopay.drawRule.rule,
            drawDays: toText(drawDaysOf(autopay.drawRule)),
            limitAmount: toMoney(autopay.limitCents),
            suspendedFlag: toFlag(autopay.suspendedAt !== null),
            suspendReasonCode: toText(autopay.suspendReason),
            payerCustomerId: toAccountKey({ customerId: autopay.payerCustomerId, agreementId: 0 }).customerId,
            method: toMethod(autopayMethod, today),
          }
        : null,
    methods: methods.map((method) => toMethod(method, today)),
    pending: pending.map((request) => ({
      requestNumber: String(request.requestNumber),
      originCode: request.origin,
      statusCode: request.status,
      drawDate: request.drawDate,
      amount: toMoney(request.amountCents),
      ...toBillKey(customerId, request.billId),
      lastFour: toText(lastFourOf(request)),
    })),
  }
}

type DrawRule = NonNullable<MoneyRecord['paying']['autopay']>['drawRule']

function drawDaysOf(rule: DrawRule): number | null {
  if (rule.rule === 'days_before') return rule.days
  return rule.rule === 'fixed_day' ? rule.day : null
}

/** Masked: the token and the bank's number stay where they are. */
function toMethod(method: PaymentMethod, today: LocalDate): Wire['paying']['methods'][number] {
  return {
    methodNumber: String(method.methodNumber),
    kindCode: method.kind,
    brand: toText(method.brand),
    lastFour: method.lastFour,
    holderName: method.holderName,
    nickname: method.nickname,
    expiryDate: toText(method.expiresOn),
    expiredFlag: toFlag(method.expiresOn !== null && method.expiresOn <= today),
    verificationCode: method.verification,
    defaultFlag: toFlag(method.isDefault),
  }
}
