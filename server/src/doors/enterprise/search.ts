import type { z } from 'zod'
import { parseAccountId } from '../../domain/agreements/index.ts'
import { parseBillId } from '../../domain/billing/index.ts'
import { customerIdOf } from '../../domain/customers/index.ts'
import {
  type BillQuery,
  type CustomerListed,
  type CustomerQuery,
  type Found as FoundRecord,
  find,
  listBills,
  type PremiseListed,
  searchCustomers,
  searchPremises,
} from '../../domain/overview/index.ts'
import { searchText } from '../../platform/search-text.ts'
import { Bill } from './bills.wire.ts'
import { endpoint } from './endpoint.ts'
import { fromAmount, given } from './from-wire.ts'
import {
  BillSearch,
  CustomerFound,
  CustomerSearch,
  FindBody,
  Found,
  PremiseFound,
  PremiseSearch,
} from './search.wire.ts'
import { toBill } from './to-bill.ts'
import {
  toAccountKey,
  toAccountKeyOrEmpty,
  toAddress,
  toBillNumber,
  toDescription,
  toMoney,
  toText,
} from './to-wire.ts'
import { answer, fromPaging, pagedAnswer, toPaged } from './wire.ts'

export const searchEndpoints = [
  endpoint({
    route: 'POST /search/customers',
    name: 'searchCustomers',
    source: 'ep-193',
    tag: 'Search',
    summary: 'Customers by name, number, phone, e-mail, address or meter',
    permission: 'customer.read',
    scope: 'client',
    effect: 'read',
    body: CustomerSearch,
    reply: pagedAnswer(CustomerFound),
    async handle({ body }, { tx, caller }) {
      const query = fromCustomerSearch(caller.clientId, body)
      const { rows, total } = await searchCustomers(tx, query)
      return toPaged(rows.map(toCustomerFound), total, query)
    },
  }),
  endpoint({
    route: 'POST /search/premises',
    name: 'searchPremises',
    source: 'ep-196',
    tag: 'Search',
    summary: 'Premises by address, meter or utility account number',
    permission: 'premise.read',
    scope: 'client',
    effect: 'read',
    body: PremiseSearch,
    reply: pagedAnswer(PremiseFound),
    async handle({ body }, { tx, caller }) {
      const { premiseId, addressText, city, stateCode, postalCode, meterNumber, ldcAccountNumber } = body
      const page = fromPaging(body)
      const { rows, total } = await searchPremises(tx, {
        clientId: caller.clientId,
        ...page,
        ...given({ premiseId, city, postalCode, state: stateCode, badge: meterNumber }),
        ...given({ address: addressText && searchText(addressText), externalNumber: ldcAccountNumber }),
      })
      return toPaged(rows.map(toPremiseFound), total, page)
    },
  }),
  endpoint({
    route: 'POST /search/bills',
    name: 'searchBills',
    source: 'ep-191',
    tag: 'Search',
    summary: 'Bills by number, date, status, amount or run',
    permission: 'bill.read',
    scope: 'client',
    effect: 'read',
    body: BillSearch,
    reply: pagedAnswer(Bill),
    async handle({ body }, { tx, caller }) {
      const query = fromBillSearch(caller.clientId, body)
      const { rows, total } = await listBills(tx, query)
      return toPaged(rows.map(toBill), total, query)
    },
  }),
  endpoint({
    // words that name a person stay out of addresses, which logs and histories keep
    route: 'POST /find',
    name: 'find',
    source: 'own',
    tag: 'Search',
    summary: 'Anything by anything, best match first',
    permission: 'customer.read',
    scope: 'client',
    effect: 'read',
    body: FindBody,
    reply: answer(Found),
    async handle({ body }, { tx, caller }) {
      const limit = Math.min(Math.max(body.limit ?? 12, 1), 50)
      const found = await find(tx, { clientId: caller.clientId, query: body.q, limit })
      return { responseData: found.map(toFound) }
    },
  }),
]

function fromCustomerSearch(clientId: number, body: z.output<typeof CustomerSearch>): CustomerQuery {
  const { customerId, customerName, accountNumber, phoneNumber, emailAddress, addressText } = body
  return {
    clientId,
    ...fromPaging(body),
    ...given({
      customerId: customerId === undefined ? undefined : customerIdOf(clientId, customerId),
      name: customerName && searchText(customerName),
      account: accountNumber === undefined ? undefined : parseAccountId(clientId, accountNumber),
      phone: phoneNumber?.replace(/\D/g, ''),
      email: emailAddress?.toLowerCase(),
      address: addressText && searchText(addressText),
      postalCode: body.postalCode,
      badge: body.meterNumber,
      externalNumber: body.ldcAccountNumber,
      status: body.statusCode,
    }),
  }
}

function fromBillSearch(clientId: number, body: z.output<typeof BillSearch>): BillQuery {
  const { customerId, billingPackageId, billNumber, amountFrom, amountTo } = body
  return {
    clientId,
    ...fromPaging(body),
    ...given({
      customerId: customerId === undefined ? undefined : customerIdOf(clientId, customerId),
      accountNumber: billingPackageId,
      status: body.statusCode,
      from: body.billDateFrom,
      to: body.billDateTo,
      runId: body.billRunId,
      amountFromCents: amountFrom === undefined ? undefined : fromAmount('amountFrom', amountFrom),
      amountToCents: amountTo === undefined ? undefined : fromAmount('amountTo', amountTo),
    }),
    ...(billNumber === undefined ? {} : parseBillId(clientId, billNumber)),
  }
}

function toCustomerFound(customer: CustomerListed, index: number): z.input<typeof CustomerFound> {
  const { customerId } = customer
  return {
    record: String(index + 1),
    customerId: toAccountKeyOrEmpty({ customerId, agreementId: null }).customerId,
    customerName: customer.customerName,
    doingBusinessAsName: toText(customer.doingBusinessAs),
    classCode: customer.class,
    statusCode: customer.status,
    statusDescription: toDescription(customer.status),
    phoneNumber: toText(customer.phone),
    emailAddress: toText(customer.email),
    serviceAddress: toAddress(customer.serviceAddress),
    accountPackages: customer.agreements.map(({ agreementId, status }) => ({
      ...toAccountKey({ customerId, agreementId }),
      statusCode: status,
    })),
  }
}

function toPremiseFound(premise: PremiseListed, index: number): z.input<typeof PremiseFound> {
  return {
    record: String(index + 1),
    premiseId: String(premise.premiseId),
    typeDescription: toDescription(premise.kind),
    address: toAddress(premise.address),
    servicePoints: premise.servicePoints.map((point) => ({
      servicePointId: String(point.servicePointId),
      serviceTypeDescription: toDescription(point.serviceKind),
      ldcAccountNumber: toText(point.externalNumber),
      meterNumber: toText(point.badge),
      statusCode: point.status,
    })),
    accountPackages: premise.agreements.map((agreement) => ({
      ...toAccountKey(agreement),
      customerName: agreement.customerName,
      statusCode: agreement.status,
    })),
  }
}

function toFound(found: FoundRecord): z.input<typeof Found> {
  const key = toAccountKeyOrEmpty(found)
  const billNumber = found.customerId ? toBillNumber(found.customerId, found.billId) : ''
  const place = found.address
    ? [found.address.line1, found.address.line2, found.address.city].filter(Boolean).join(', ')
    : ''
  const title =
    found.kind === 'meter' ? found.value : found.kind === 'bill' ? billNumber : (found.customerName ?? place)
  const about = found.bill ? `${found.bill.billDate} · $${toMoney(found.bill.amountDueCents)}` : place
  const subtitle = [title === found.customerName ? '' : toText(found.customerName), key.accountNumber, about]
  return {
    kind: found.kind,
    title,
    subtitle: subtitle.filter((part) => part && part !== title).join(' · '),
    matchedField: found.field,
    matchedValue: found.value || billNumber || key.accountNumber || key.customerId,
    statusCode: found.status,
    ...key,
    billingPackageId: toText(found.accountNumber),
    billId: toText(found.billId),
    premiseId: toText(found.premiseId),
  }
}
