import type { z } from 'zod'
import { formatAccountId } from '../../domain/agreements/index.ts'
import { type BillingAddress as BillingAddressRow, customerNumber } from '../../domain/customers/index.ts'
import type {
  AccountAlertListed,
  BillingPackageWithTotals,
  ExemptionListed,
} from '../../domain/overview/index.ts'
import { paymentIdOf } from '../../domain/payments/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import type {
  BillingAddress,
  BillingAlert,
  BillingExemption,
  BillingPackage,
  BillingPackageDetail,
  BillingPackageSummary,
} from './billing-packages.wire.ts'
import {
  toAccountKey,
  toAddress,
  toBillNumber,
  toDescription,
  toFlag,
  toInstant,
  toMoney,
  toText,
} from './to-wire.ts'

type Found = BillingPackageWithTotals

const keyOf = ({ customerId, accountNumber }: { customerId: number; accountNumber: number }) => ({
  customerId: String(customerNumber(customerId)),
  billingPackageId: String(accountNumber),
})

/** What each balance is when nothing is owed. */
const moneyOf = ({ totals }: Found) => ({
  payoffAmount: toMoney(totals?.payoffCents ?? 0),
  currentBalanceAmount: toMoney(totals?.currentCents ?? 0),
  pastDueAmount: toMoney(totals?.pastDueCents ?? 0),
})

const reservesOf = ({ totals }: Found) => ({
  creditAmount: toMoney(totals?.creditCents ?? 0),
  depositHeldAmount: toMoney(totals?.depositHeldCents ?? 0),
  deferredAmount: toMoney(totals?.deferredCents ?? 0),
  nextDueDate: toText(totals?.nextDueDate),
})

const masterOf = ({ customerId, masterAgreementId: agreementId }: Found) =>
  agreementId === null ? '' : formatAccountId({ customerId, agreementId })

const servicesOf = ({ agreements }: Found) => agreements.filter(({ kind }) => kind === 'service')

export function toBillingPackage(found: Found, index = 0): z.input<typeof BillingPackage> {
  return {
    record: String(index + 1),
    ...keyOf(found),
    customerName: found.customerName,
    doingBusinessAsName: toText(found.doingBusinessAs),
    vendorId: String(found.companyId),
    vendorName: found.companyName,
    statusCode: found.status,
    statusDescription: toDescription(found.status),
    openedDate: found.openedOn,
    closedDate: toText(found.closedOn),
    billCycleCode: found.cycleCode,
    billCycleDescription: toText(found.cycleName),
    deliveryMethodCode: found.deliveryMethod,
    deliveryMethodDescription: toDescription(found.deliveryMethod),
    copiesNumber: String(found.copies),
    dueDaysNumber: String(found.dueDays),
    languageCode: found.documentLanguage,
    mailingName: found.mailingName,
    mailingAddress: toAddress(found.mailingAddress),
    holdBillsFlag: toFlag(found.holdBills),
    autopayFlag: toFlag(found.autopay),
    collectionFlag: toFlag(found.inCollection),
    masterAccountNumber: masterOf(found),
    accountPackagesNumber: String(servicesOf(found).length),
    ...moneyOf(found),
  }
}

export function toBillingPackageDetail(found: Found): z.input<typeof BillingPackageDetail> {
  return {
    ...toBillingPackage(found),
    ...reservesOf(found),
    oldestDueDate: toText(found.totals?.oldestDueDate),
    accountPackages: found.agreements.map((agreement) => ({
      ...toAccountKey({ customerId: found.customerId, agreementId: agreement.agreementId }),
      typeCode: agreement.kind,
      serviceTypeDescription: toDescription(agreement.serviceKind),
      statusCode: agreement.status,
      startDate: agreement.startDate,
      endDate: toText(agreement.endDate),
      masterFlag: toFlag(agreement.agreementId === found.masterAgreementId),
    })),
  }
}

export function toBillingPackageSummary(found: Found): z.input<typeof BillingPackageSummary> {
  const { customerId, lastBill, lastPayment, nextDraw } = found
  return {
    ...keyOf(found),
    customerName: found.customerName,
    statusCode: found.status,
    statusDescription: toDescription(found.status),
    billCycleCode: found.cycleCode,
    deliveryMethodCode: found.deliveryMethod,
    masterAccountNumber: masterOf(found),
    ...moneyOf(found),
    ...reservesOf(found),
    billsNumber: String(found.bills),
    lastBillId: toText(lastBill?.billId),
    lastBillNumber: toBillNumber(customerId, lastBill?.billId),
    lastBillDate: toText(lastBill?.billDate),
    lastBillAmount: toMoney(lastBill?.amountDueCents),
    lastBillDueDate: toText(lastBill?.dueDate),
    lastPaymentId: lastPayment ? String(paymentIdOf({ customerId, ...lastPayment })) : '',
    lastPaymentDate: toText(lastPayment?.date),
    lastPaymentAmount: toMoney(lastPayment?.amountCents),
    nextDrawDate: toText(nextDraw?.drawDate),
    nextDrawAmount: toMoney(nextDraw?.amountCents),
    autopayFlag: toFlag(found.autopay),
    holdBillsFlag: toFlag(found.holdBills),
    collectionFlag: toFlag(found.inCollection),
    activeAlertsNumber: String(found.activeAlerts),
    openWorkItemsNumber: String(found.openWorkItems),
    accountPackagesNumber: String(servicesOf(found).length),
  }
}

const isActive = (
  { startDate, endDate }: { startDate: LocalDate; endDate: LocalDate | null },
  day: LocalDate,
) => toFlag(startDate <= day && (endDate === null || endDate > day))

export function toBillingAlert(
  customerId: number,
  alert: AccountAlertListed,
  { index, today }: { index: number; today: LocalDate },
): z.input<typeof BillingAlert> {
  return {
    record: String(index + 1),
    customerId: String(customerNumber(customerId)),
    billingPackageId: toText(alert.accountNumber),
    alertAssignmentId: String(alert.alertNumber),
    typeCode: alert.kind,
    typeDescription: toDescription(alert.kind),
    text: alert.text,
    startDate: alert.startDate,
    endDate: toText(alert.endDate),
    activeFlag: isActive(alert, today),
    createdByUser: alert.createdBy,
    createdAt: toInstant(alert.createdAt),
  }
}

export function toBillingExemption(
  { customerId, accountNumber }: { customerId: number; accountNumber: number },
  exemption: ExemptionListed,
  { index, today }: { index: number; today: LocalDate },
): z.input<typeof BillingExemption> {
  return {
    record: String(index + 1),
    ...toAccountKey({ customerId, agreementId: exemption.agreementId }),
    billingPackageId: String(accountNumber),
    exemptionId: String(exemption.exemptionNumber),
    typeCode: exemption.kind,
    typeDescription: toDescription(exemption.kind),
    taxCategoryCode: toText(exemption.taxCategory),
    exemptPercent: exemption.percent,
    certificateNumber: toText(exemption.certificate),
    startDate: exemption.startDate,
    endDate: toText(exemption.endDate),
    activeFlag: isActive(exemption, today),
  }
}

export function toBillingAddress(address: BillingAddressRow, index = 0): z.input<typeof BillingAddress> {
  return {
    record: String(index + 1),
    ...keyOf(address),
    billingAddressId: String(address.addressNumber),
    mailingName: address.mailingName,
    ...toAddress(address.mailingAddress),
    currentFlag: toFlag(address.current),
    createdAt: toInstant(address.createdAt),
    createdByUser: toText(address.createdBy),
    changedAt: toInstant(address.changedAt),
    changedByUser: toText(address.changedBy),
  }
}
