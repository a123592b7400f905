import type { z } from 'zod'
import { customerNumber } from '../../domain/customers/index.ts'
import type {
  DirectionListed,
  PaymentListed,
  PaymentLogListed,
  PaymentRecord,
} from '../../domain/overview/index.ts'
import {
  formatPaymentId,
  type PaymentKey,
  type PaymentRequest as PaymentRequestRow,
  paymentIdOf,
} from '../../domain/payments/index.ts'
import type { Payment, PaymentDetail, PaymentDirection, PaymentLog, PaymentRequest } from './payments.wire.ts'
import { toAccountKey, toBillNumber, toDescription, toInstant, toMoney, toText } from './to-wire.ts'

export function toPaymentKey(key: PaymentKey) {
  return { paymentId: String(paymentIdOf(key)), paymentNumber: formatPaymentId(key) }
}

export function toPayment(payment: PaymentListed, index = 0): z.input<typeof Payment> {
  const unapplied = payment.status === 'frozen' ? payment.amountCents - payment.appliedCents : 0
  return {
    record: String(index + 1),
    ...toPaymentKey(payment),
    customerId: String(customerNumber(payment.customerId)),
    customerName: toText(payment.customerName),
    billingPackageId: toText(payment.accountNumber),
    payerCustomerId: String(customerNumber(payment.payerCustomerId)),
    payerName: toText(payment.payerName),
    paymentEventId: String(payment.eventNumber),
    paymentDate: payment.paymentDate,
    receivedAt: toInstant(payment.receivedAt),
    receivedByUser: payment.receivedBy,
    sourceCode: payment.source,
    sourceDescription: toDescription(payment.source),
    tenderTypeCode: payment.method,
    tenderTypeDescription: toDescription(payment.method),
    referenceNumber: toText(payment.reference),
    externalNumber: toText(payment.externalId),
    paymentAmount: toMoney(payment.amountCents),
    appliedAmount: toMoney(payment.appliedCents),
    unappliedAmount: toMoney(unapplied),
    statusCode: payment.status,
    statusDescription: toDescription(payment.status),
    cancelDate: toText(payment.cancelledOn),
    cancelReason: toText(payment.cancelReason),
    returnCode: toText(payment.returnCode),
    errorText: toText(payment.errorText),
  }
}

export function toPaymentDetail(payment: PaymentRecord): z.input<typeof PaymentDetail> {
  return {
    ...toPayment(payment),
    entryId: toText(payment.entryId),
    targetTypeCode: toText(payment.targetKind),
    targetId: toText(payment.targetId),
    errorCode: toText(payment.errorCode),
    replacesPaymentId: payment.replaces ? String(paymentIdOf(payment.replaces)) : '',
    replacedByPaymentIds: payment.replacedBy.map((one) => String(paymentIdOf(one))),
    tenders: payment.tenders.map((tender) => ({
      tenderId: String(tender.tenderNumber),
      typeCode: tender.method,
      typeDescription: toDescription(tender.method),
      referenceNumber: toText(tender.reference),
      amount: toMoney(tender.amountCents),
      statusCode: tender.status,
      controlId: toText(tender.controlId),
      cancelDate: toText(tender.cancelledOn),
      cancelReason: toText(tender.cancelReason),
      returnCode: toText(tender.returnCode),
    })),
    accountPackages: payment.shares.map((share) => ({
      ...toAccountKey({ customerId: payment.customerId, agreementId: share.agreementId }),
      debtClassCode: share.debtClass,
      amount: toMoney(share.amountCents),
      appliedAmount: toMoney(share.appliedCents),
    })),
    eventPayments: payment.eventPayments.map((one) => ({
      ...toPaymentKey(one),
      customerId: String(customerNumber(one.customerId)),
      customerName: toText(one.customerName),
      billingPackageId: toText(one.accountNumber),
      amount: toMoney(one.amountCents),
      statusCode: one.status,
    })),
  }
}

export function toPaymentDirection(
  key: PaymentKey,
  row: DirectionListed,
  index: number,
): z.input<typeof PaymentDirection> {
  return {
    record: String(index + 1),
    ...toPaymentKey(key),
    ...toAccountKey({ customerId: key.customerId, agreementId: row.agreementId }),
    debtClassCode: row.debtClass,
    typeCode: row.kind,
    typeDescription: toDescription(row.kind),
    accountChargeId: toText(/^charge:(\d+)$/.exec(row.reference)?.[1]),
    referenceCode: row.reference,
    chargeDate: row.aroseOn,
    dueDate: toText(row.dueDate),
    billId: toText(row.billId),
    billNumber: toBillNumber(key.customerId, row.billId),
    debtAmount: toMoney(row.amountCents),
    paidAmount: toMoney(row.paidCents),
    unpaidAmount: toMoney(row.unpaidCents),
    paidAt: toInstant(row.paidAt),
  }
}

export function toPaymentLog(
  key: PaymentKey,
  row: PaymentLogListed,
  index: number,
): z.input<typeof PaymentLog> {
  return {
    record: String(index + 1),
    ...toPaymentKey(key),
    logId: toText(row.logNumber),
    logDate: toInstant(row.at),
    userName: row.actor,
    typeCode: row.kind,
    operationCode: toText(row.operation),
    description: toWords(row.operation ?? row.kind),
    doorCode: toText(row.door),
    logText: row.text,
  }
}

/** `cancelPayment` -> `Cancel payment`. */
const toWords = (operation: string) =>
  toDescription(operation.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))

export function toPaymentRequest(request: PaymentRequestRow, index = 0): z.input<typeof PaymentRequest> {
  return {
    record: String(index + 1),
    customerId: String(customerNumber(request.customerId)),
    paymentRequestId: String(request.requestNumber),
    billingPackageId: String(request.accountNumber),
    typeCode: request.origin,
    payerCustomerId: String(customerNumber(request.payerCustomerId)),
    paymentMethodId: String(request.methodNumber),
    drawDate: request.drawDate,
    amount: toMoney(request.amountCents),
    billId: toText(request.billId),
    statusCode: request.status,
    statusDescription: toDescription(request.status),
    reasonCode: toText(request.reason),
    paymentEventId: toText(request.eventNumber),
  }
}
