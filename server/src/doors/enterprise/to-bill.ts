import type { z } from 'zod'
import type { ExplainedDifference } from '../../domain/billing/index.ts'
import type {
  BillChargeRecord,
  BillListed,
  BillRecord,
  LineRecord,
  QuantityRecord,
  TraceRecord,
} from '../../domain/overview/index.ts'
import { decimal, decimalText } from '../../platform/decimal.ts'
import { daysBetween } from '../../platform/time.ts'
import type { Bill, BillCharge, BillDetail, BillDifference, BillLine, LineTrace } from './bills.wire.ts'
import {
  toAccountKey,
  toAddress,
  toBillNumber,
  toDescription,
  toFlag,
  toInstant,
  toLocalized,
  toMoney,
  toText,
} from './to-wire.ts'

export function toConsumption(consumption: QuantityRecord | null) {
  return {
    consumptionNumber: toText(consumption?.quantity),
    unitMeasureDescription: toText(consumption?.unit),
  }
}

export function toBill(bill: BillListed, index = 0): z.input<typeof Bill> {
  return {
    record: String(index + 1),
    customerId: toAccountKey({ customerId: bill.customerId, agreementId: 0 }).customerId,
    billingPackageId: String(bill.accountNumber),
    billId: String(bill.billId),
    billNumber: toBillNumber(bill.customerId, bill.billId),
    customerName: bill.customerName,
    statusCode: bill.status,
    statusDescription: toDescription(bill.status),
    billDate: bill.billDate,
    dueDate: bill.dueDate,
    startDate: bill.startDate,
    endDate: bill.endDate,
    previousBalanceAmount: toMoney(bill.previousCents),
    creditsAmount: toMoney(bill.creditsCents),
    chargesAmount: toMoney(bill.chargesCents),
    amountDueAmount: toMoney(bill.amountDueCents),
    unpaidAmount: toMoney(bill.unpaidCents),
    estimatedFlag: toFlag(bill.estimated),
    ...toConsumption(bill.consumption),
    billRunId: toText(bill.runId),
  }
}

export function toBillDetail(bill: BillRecord): z.input<typeof BillDetail> {
  const { customerId } = bill
  return {
    ...toBill(bill),
    languageCode: bill.language,
    mailingName: bill.mailingName,
    mailingAddress: toAddress(bill.mailingAddress),
    vendorName: bill.companyName,
    currencyCode: bill.currency,
    replacesBillId: toText(bill.replacesBillId),
    replacesBillNumber: toBillNumber(customerId, bill.replacesBillId),
    completedAt: toInstant(bill.completedAt),
    previousBillId: toText(bill.previousBillId),
    nextBillId: toText(bill.nextBillId),
    credits: bill.credits.map((credit) => ({
      date: credit.date,
      text: credit.text,
      askFlag: toFlag(credit.ask),
      amount: toMoney(credit.amountCents),
    })),
    charges: bill.charges.map((charge) => toBillCharge(charge, customerId)),
    history: bill.history.map((past) => ({
      billId: String(past.billId),
      billDate: past.billDate,
      startDate: past.startDate,
      endDate: past.endDate,
      daysNumber: String(daysBetween(past.startDate, past.endDate)),
      ...toConsumption(past.consumption),
      chargesAmount: toMoney(past.chargesCents),
      estimatedFlag: toFlag(past.estimated),
    })),
  }
}

function toBillCharge(charge: BillChargeRecord, customerId: number): z.input<typeof BillCharge> {
  return {
    ...toAccountKey({ customerId, agreementId: charge.agreementId }),
    accountChargeId: String(charge.chargeId),
    serviceTypeDescription: toDescription(charge.serviceKind),
    serviceAddress: toAddress(charge.serviceAddress),
    meterNumber: toText(charge.badge),
    startDate: charge.startDate,
    endDate: charge.endDate,
    daysNumber: String(daysBetween(charge.startDate, charge.endDate)),
    statusCode: charge.status,
    amount: toMoney(charge.amountCents),
    estimatedFlag: toFlag(charge.estimated),
    ...toConsumption(charge.consumption),
    parts: charge.parts.map((part) => ({
      partNumber: String(part.partNumber),
      planName: toLocalized(part.planName),
      planCode: part.planCode,
      planVersion: String(part.version),
      startDate: part.startDate,
      endDate: part.endDate,
    })),
    lines: charge.lines.map(toBillLine),
    usageDetailList: charge.quantities.map((quantity) => ({
      unitMeasureDescription: quantity.unit,
      timeOfUseCode: quantity.touCode,
      kindCode: quantity.kind,
      usageNumber: quantity.quantity,
      beginReadNumber: toText(quantity.beginReading),
      endReadNumber: toText(quantity.endReading),
      meterNumber: toText(quantity.badge),
      estimatedFlag: toFlag(quantity.estimated),
    })),
  }
}

export function toBillLine(line: LineRecord): z.input<typeof BillLine> {
  const { proration } = line.detail
  return {
    lineId: `${line.chargeId}-${line.lineNumber}`,
    accountChargeId: String(line.chargeId),
    componentChargeId: String(line.lineNumber),
    partNumber: String(line.partNumber),
    componentCode: line.ruleCode,
    kindCode: line.kind,
    sectionCode: line.section,
    text: toLocalized(line.detail.text),
    formula: formulaOf(line),
    quantity: toText(line.quantity),
    unitMeasureDescription: toText(line.unit),
    timeOfUseCode: toText(line.touCode),
    price: toText(line.price),
    pricePer: toText(line.detail.per),
    baseAmount: toText(
      line.detail.base?.amount ?? (line.baseCents === null ? null : toMoney(line.baseCents)),
    ),
    unroundedAmount: line.unrounded,
    amount: toMoney(line.amountCents),
    taxCategoryCode: toText(line.taxCategory),
    ledgerCode: line.ledgerCode,
    startDate: line.startDate,
    endDate: line.endDate,
    prorationText: proration ? `${proration.days}/${proration.ofDays}` : '',
    intervalsFlag: toFlag(line.detail.intervals !== undefined),
  }
}

/** At least two decimals, and every digit of the price. */
const dollars = (amount: string): string => `$${grouped(decimalText(decimal(amount), 2))}`

/** `1072.82` as `1,072.82`, in both languages. */
const grouped = (amount: string): string =>
  amount.replace(/^-?\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','))

/** The line as arithmetic, without words: it reads the same in both languages but for one preposition. */
function formulaOf(line: LineRecord): { en: string; es: string } {
  const { price, quantity, unit, detail } = line
  if (price === null) return { en: '', es: '' }
  const share = detail.proration ? ` × ${detail.proration.days}/${detail.proration.ofDays}` : ''
  if (detail.per === '%') {
    const base = detail.base ? dollars(detail.base.amount) : ''
    return { en: `${price}% of ${base}${share}`, es: `${price}% de ${base}${share}` }
  }
  const amount = quantity === null ? '' : `${grouped(quantity)} ${unit ?? ''} × `
  const text = `${amount}${dollars(price)}${share}`
  return { en: text, es: text }
}

export function toLineTrace(trace: TraceRecord): z.input<typeof LineTrace> {
  const { line, plan, usage } = trace
  const { proration, band, reason } = line.detail
  return {
    line: toBillLine(line),
    reason: toLocalized(reason ?? line.detail.text),
    planName: toLocalized(plan.name),
    planCode: plan.code,
    planVersion: String(plan.version),
    planEffectiveDate: plan.effectiveFrom,
    planEndDate: toText(plan.effectiveTo),
    prorationDays: toText(proration?.days),
    prorationOfDays: toText(proration?.ofDays),
    prorationRule: toText(proration?.rule),
    bandText: band ? `${band.number}${band.upTo ? `, up to ${band.upTo} ${line.unit ?? ''}` : ''}` : '',
    baseLines: trace.baseLines.map(toBillLine),
    usage: usage && {
      timeZone: usage.timeZone,
      unitMeasureDescription: usage.unit,
      timeOfUseCode: toText(usage.touCode),
      intervalSeconds: usage.intervalSeconds,
      scale: usage.scale,
      startSeconds: usage.startSeconds,
      values: usage.values,
      quality: usage.quality,
      counted: usage.counted,
      countedSum: decimalText(usage.countedSum),
      daySums: usage.daySums.map(({ day, quantity }) => ({ day, quantity: decimalText(quantity) })),
      agrees: toFlag(usage.agrees),
    },
    readings: trace.readings.map(({ badge, begin, end }) => ({
      meterNumber: badge,
      beginReadNumber: begin,
      endReadNumber: end,
    })),
    ledger: trace.ledger.map(({ debitCode, creditCode, amountCents }) => ({
      debitCode,
      creditCode,
      amount: toMoney(amountCents),
    })),
  }
}

export function toBillDifference(explained: ExplainedDifference): z.input<typeof BillDifference> {
  const { before, after, causes } = explained
  const { customerId } = after
  return {
    otherBillId: String(before.billId),
    otherBillNumber: toBillNumber(customerId, before.billId),
    otherStartDate: before.startDate,
    otherEndDate: before.endDate,
    otherAmount: toMoney(before.amountDueCents),
    amount: toMoney(after.amountDueCents),
    differenceAmount: toMoney(explained.differenceCents),
    causes: causes.map(({ code, agreementId, amountCents }) => ({
      causeCode: code,
      accountNumber: agreementId === undefined ? '' : toAccountKey({ customerId, agreementId }).accountNumber,
      amount: toMoney(amountCents),
    })),
  }
}
