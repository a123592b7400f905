import type { z } from 'zod'
import { customerIdOf } from '../../domain/customers/index.ts'
import {
  type AlertRecord,
  type ContactRecord,
  type CustomerRecord,
  type CustomerSummaryRecord,
  getCustomerRecord,
  getCustomerSummary,
} from '../../domain/overview/index.ts'
import { type Alert, type Contact, Customer, CustomerSummary } from './customers.wire.ts'
import { endpoint } from './endpoint.ts'
import {
  toAccountKey,
  toAccountKeyOrEmpty,
  toAddress,
  toDescription,
  toFlag,
  toLocalized,
  toMoney,
  toText,
} from './to-wire.ts'
import { answer, CustomerPath } from './wire.ts'

export const customerEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}',
    name: 'getCustomer',
    source: 'ep-134',
    tag: 'Customer',
    summary: 'A customer with contacts, alerts, sets and billing packages',
    permission: 'customer.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(Customer),
    async handle({ params }, { tx, caller, now }) {
      const customerId = customerIdOf(caller.clientId, params.customerId)
      return { responseData: [toCustomer(await getCustomerRecord(tx, customerId, now))] }
    },
  }),
  endpoint({
    route: 'GET /customers/{customerId}/summaryInfo',
    name: 'getCustomerSummary',
    source: 'ep-137',
    tag: 'Customer',
    summary: 'A customer at a glance: balances, last bill and payment, account packages',
    permission: 'customer.read',
    scope: 'client',
    params: CustomerPath,
    reply: answer(CustomerSummary),
    async handle({ params }, { tx, caller, now }) {
      const customerId = customerIdOf(caller.clientId, params.customerId)
      return { responseData: [toCustomerSummary(await getCustomerSummary(tx, customerId, now))] }
    },
  }),
]

export function toContact(contact: ContactRecord): z.input<typeof Contact> {
  return { typeCode: contact.kind, value: contact.value, mainFlag: toFlag(contact.main) }
}

export function toAlert(alert: AlertRecord): z.input<typeof Alert> {
  return {
    alertAssignmentId: String(alert.alertNumber),
    typeCode: alert.kind,
    text: alert.text,
    startDate: alert.startDate,
    endDate: toText(alert.endDate),
  }
}

const toCustomerId = (customerId: number) => toAccountKeyOrEmpty({ customerId, agreementId: null }).customerId

function toCustomer(customer: CustomerRecord): z.input<typeof Customer> {
  return {
    customerId: toCustomerId(customer.customerId),
    vendorId: String(customer.companyId),
    vendorName: customer.companyName,
    customerName: customer.customerName,
    firstName: toText(customer.firstName),
    lastName: toText(customer.lastName),
    organizationName: toText(customer.organisationName),
    doingBusinessAsName: toText(customer.doingBusinessAs),
    typeCode: customer.personKind,
    classCode: customer.class,
    statusCode: customer.status,
    statusDescription: toDescription(customer.status),
    languageCode: customer.language,
    customerSinceDate: customer.since,
    contacts: customer.contacts.map(toContact),
    alerts: customer.alerts.map(toAlert),
    customerAccounts: customer.sets.map((set) => ({
      customerAccountId: String(set.setNumber),
      name: set.name,
    })),
    billingPackages: customer.accounts.map((account) => ({
      billingPackageId: String(account.accountNumber),
      statusCode: account.status,
      billCycleCode: account.cycleCode,
      deliveryMethodCode: account.deliveryMethod,
      copiesNumber: String(account.copies),
      dueDaysNumber: String(account.dueDays),
      languageCode: account.documentLanguage,
      mailingName: account.mailingName,
      mailingAddress: toAddress(account.mailingAddress),
    })),
  }
}

function toCustomerSummary(customer: CustomerSummaryRecord): z.input<typeof CustomerSummary> {
  const { customerId, balances, lastBill, lastPayment } = customer
  return {
    customerId: toCustomerId(customerId),
    customerName: customer.customerName,
    statusCode: customer.status,
    currentBalanceAmount: toMoney(balances.currentCents),
    pastDueAmount: toMoney(balances.pastDueCents),
    nextDueDate: toText(balances.nextDueDate),
    lastBillDate: toText(lastBill?.date),
    lastBillAmount: toMoney(lastBill?.amountCents),
    lastPaymentDate: toText(lastPayment?.date),
    lastPaymentAmount: toMoney(lastPayment?.amountCents),
    activeAlertsNumber: String(customer.activeAlerts),
    openWorkItemsNumber: String(customer.openWorkItems),
    accountPackages: customer.agreements.map((agreement) => ({
      ...toAccountKey({ customerId, agreementId: agreement.agreementId }),
      billingPackageId: String(agreement.accountNumber),
      serviceTypeDescription: toDescription(agreement.serviceKind),
      statusCode: agreement.status,
      planDescription: toText(agreement.planName?.en),
      planName: toLocalized(agreement.planName),
      serviceAddress: toAddress(agreement.serviceAddress),
      startDate: agreement.startDate,
      endDate: toText(agreement.endDate),
      balanceAmount: toMoney(agreement.payoffCents),
    })),
  }
}
