import type { z } from 'zod'
import type {
  AccountRecord,
  BalanceRecord,
  MeterRecord,
  TimelineRecord,
} from '../../domain/overview/index.ts'
import type {
  AccountDetails,
  AccountOverview,
  AccountSummary,
  Balances,
  Meter,
  TimelineEvent,
} from './accounts.wire.ts'
import { toAlert, toContact } from './customers.ts'
import {
  toAccountKey,
  toAddress,
  toBillNumber,
  toDescription,
  toInstant,
  toLocalized,
  toMoney,
  toPackageId,
  toText,
} from './to-wire.ts'

export function toAccountDetails(account: AccountRecord): z.input<typeof AccountDetails> {
  return {
    ...toAccountKey(account),
    billingPackageId: String(account.accountNumber),
    customerName: account.customerName,
    vendorId: String(account.companyId),
    vendorName: account.companyName,
    packageId: String(toPackageId(account.serviceKind)),
    serviceTypeDescription: toDescription(account.serviceKind),
    statusCode: account.status,
    statusDescription: toDescription(account.status),
    startDate: account.startDate,
    endDate: toText(account.endDate),
    premiseId: toText(account.premiseId),
    serviceAddress: toAddress(account.serviceAddress),
    ldcAccountNumber: account.externalAccount ?? account.meters[0]?.externalNumber ?? '',
    billMethodDescription: toDescription(account.billMethod),
    revenueClassDescription: toDescription(account.revenueClass),
    debtClassDescription: toDescription(account.debtClass),
    billCycleCode: account.cycleCode,
    planDescription: toText(account.plan?.name.en),
    meters: account.meters.map(toMeter),
    facts: account.facts.map((fact) => ({
      typeCode: fact.code,
      value: typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value),
      startDate: fact.startDate,
      endDate: toText(fact.endDate),
    })),
    exemptions: account.exemptions.map((exemption) => ({
      typeCode: exemption.kind,
      taxCategoryCode: toText(exemption.taxCategory),
      exemptPercent: exemption.percent,
      certificateNumber: toText(exemption.certificate),
      startDate: exemption.startDate,
      endDate: toText(exemption.endDate),
    })),
    flags: account.flags.map(toFlagged),
  }
}

function toFlagged(flag: AccountRecord['flags'][number]) {
  return { typeCode: flag.flag, text: flag.reason, startDate: flag.startDate, endDate: toText(flag.endDate) }
}

function toMeter(meter: MeterRecord): z.input<typeof Meter> {
  return {
    meterNumber: meter.badge,
    serialNumber: toText(meter.serialNumber),
    servicePointId: String(meter.servicePointId),
    ldcAccountNumber: toText(meter.externalNumber),
    timeZone: meter.timeZone,
    installedDate: meter.installedOn,
    removedDate: toText(meter.removedOn),
    intervalMinutes: meter.intervalSeconds === null ? '' : String(Math.floor(meter.intervalSeconds / 60)),
    unitMeasureDescription: toText(meter.unit),
  }
}

function toBalances(balances: BalanceRecord): z.input<typeof Balances> {
  return {
    balanceAmount: toMoney(balances.payoffCents),
    currentBalanceAmount: toMoney(balances.currentCents),
    pastDueAmount: toMoney(balances.pastDueCents),
    nextDueDate: toText(balances.nextDueDate),
    nextDueAmount: toMoney(balances.nextDueCents),
  }
}

export function toAccountSummary(account: AccountRecord): z.input<typeof AccountSummary> {
  return {
    ...toAccountKey(account),
    billingPackageId: String(account.accountNumber),
    customerName: account.customerName,
    statusCode: account.status,
    statusDescription: toDescription(account.status),
    serviceTypeDescription: toDescription(account.serviceKind),
    planDescription: toText(account.plan?.name.en),
    serviceAddress: toAddress(account.serviceAddress),
    balances: toBalances(account.balances),
    lastBillDate: toText(account.lastBill?.billDate),
    lastBillAmount: toMoney(account.lastBill?.amountDueCents),
    lastChargeDate: toText(account.lastCharge?.date),
    lastChargeAmount: toMoney(account.lastCharge?.amountCents),
    lastPaymentDate: toText(account.lastPayment?.date),
    lastPaymentAmount: toMoney(account.lastPayment?.amountCents),
    lastUsageEndDate: toText(account.lastUsageEnd),
  }
}

export function toAccountOverview(account: AccountRecord): z.input<typeof AccountOverview> {
  const { customerId } = account
  return {
    ...toAccountKey(account),
    billingPackageId: String(account.accountNumber),
    customerName: account.customerName,
    doingBusinessAsName: toText(account.doingBusinessAs),
    customerClassCode: account.customerClass,
    customerSinceDate: account.customerSince,
    statusCode: account.status,
    serviceTypeDescription: toDescription(account.serviceKind),
    startDate: account.startDate,
    endDate: toText(account.endDate),
    languageCode: account.language,
    premiseId: toText(account.premiseId),
    serviceAddress: toAddress(account.serviceAddress),
    mailingName: account.mailingName,
    mailingAddress: toAddress(account.mailingAddress),
    deliveryMethodCode: account.deliveryMethod,
    billCycleCode: account.cycleCode,
    contacts: account.contacts.map(toContact),
    planDescription: toText(account.plan?.name.en),
    planName: toLocalized(account.plan?.name),
    planCode: toText(account.plan?.code),
    planStartDate: toText(account.plan?.startDate),
    balances: toBalances(account.balances),
    billingPackageBalances: toBalances(account.accountBalances),
    putOffAmount: toMoney(account.putOffCents),
    alerts: account.alerts.map(toAlert),
    flags: account.flags.map(({ flag, reason, startDate }) => ({ typeCode: flag, text: reason, startDate })),
    meters: account.meters.map(toMeter),
    lastBill: account.lastBill && {
      billId: String(account.lastBill.billId),
      billNumber: toBillNumber(customerId, account.lastBill.billId),
      billDate: account.lastBill.billDate,
      dueDate: account.lastBill.dueDate,
      amountDueAmount: toMoney(account.lastBill.amountDueCents),
      chargesAmount: toMoney(account.lastBill.chargesCents),
    },
    siblings: account.siblings.map((sibling) => ({
      ...toAccountKey({ customerId, agreementId: sibling.agreementId }),
      statusCode: sibling.status,
      serviceTypeDescription: toDescription(sibling.serviceKind),
    })),
  }
}

export function toTimelineEvent(event: TimelineRecord): z.input<typeof TimelineEvent> {
  const idOf = (kind: TimelineRecord['kind']) => (event.kind === kind ? toText(event.id) : '')
  return {
    cursor: event.cursor,
    kind: event.kind,
    code: event.code,
    date: event.date,
    at: toInstant(event.at),
    text: event.text,
    detail: event.detail,
    amount: toMoney(event.amountCents),
    actor: event.actor,
    statusCode: event.status,
    billId: idOf('bill'),
    chargeId: idOf('charge'),
    usageId: idOf('usage'),
    paymentId: idOf('payment'),
    workItemId: idOf('workItem'),
  }
}
