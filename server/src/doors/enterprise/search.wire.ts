import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { Address, accountKey, paging } from './wire.ts'

export const CustomerSearch = z.strictObject({
  customerId: input.id(8).optional(),
  customerName: input.text(100, 2).optional().describe('any part, misspelt too'),
  accountNumber: input.text(20).optional().describe('8-2-4 digits, with or without dashes'),
  phoneNumber: input.text(25, 4).optional().describe('in any punctuation'),
  emailAddress: input.text(100, 3).optional(),
  addressText: input.text(100, 3).optional(),
  postalCode: input.text(10).optional(),
  meterNumber: input.text(50).optional(),
  ldcAccountNumber: input.text(50).optional(),
  statusCode: input.oneOf(['active', 'inactive']).optional(),
  ...paging,
})

export const CustomerFound = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    customerName: output.text(),
    doingBusinessAsName: output.text(),
    classCode: output.text(),
    statusCode: output.text(),
    statusDescription: output.text(),
    phoneNumber: output.text(),
    emailAddress: output.text(),
    serviceAddress: Address,
    accountPackages: z.array(z.object({ ...accountKey, statusCode: output.text() })),
  })
  .meta({ id: 'CustomerFound' })

export const PremiseSearch = z.strictObject({
  premiseId: input.id(15).optional(),
  addressText: input.text(100, 3).optional(),
  city: input.text(50).optional(),
  stateCode: input.text(3).optional(),
  postalCode: input.text(10).optional(),
  meterNumber: input.text(50).optional(),
  ldcAccountNumber: input.text(50).optional(),
  ...paging,
})

export const PremiseFound = z
  .object({
    record: output.integer(),
    premiseId: output.integer(),
    typeDescription: output.text(),
    address: Address,
    servicePoints: z.array(
      z.object({
        servicePointId: output.integer(),
        serviceTypeDescription: output.text(),
        ldcAccountNumber: output.text(),
        meterNumber: output.text(),
        statusCode: output.text(),
      }),
    ),
    accountPackages: z.array(
      z.object({ ...accountKey, customerName: output.text(), statusCode: output.text() }),
    ),
  })
  .meta({ id: 'PremiseFound' })

export const BillSearch = z.strictObject({
  customerId: input.id(8).optional(),
  billingPackageId: input.id(3).optional(),
  billNumber: input.text(20).optional().describe('8-4 digits, with or without dashes'),
  statusCode: input.oneOf(['pending', 'complete', 'cancelled', 'reopened', 'credit_note']).optional(),
  billDateFrom: input.date().optional(),
  billDateTo: input.date().optional().describe('inclusive'),
  amountFrom: input.decimal(11, 2).optional(),
  amountTo: input.decimal(11, 2).optional(),
  billRunId: input.id(9).optional(),
  ...paging,
})

export const FindBody = z.strictObject({
  q: input.text(100).describe('account, customer, bill or meter number, phone, e-mail, name or address'),
  limit: input.id(2).optional().describe('1 to 50; 12 when left out'),
})

export const Found = z
  .object({
    kind: z.enum(['account', 'customer', 'bill', 'meter', 'premise']),
    title: output.text(),
    subtitle: output.text(),
    matchedField: z.enum([
      'accountNumber',
      'customerNumber',
      'billNumber',
      'meterNumber',
      'ldcAccountNumber',
      'phone',
      'email',
      'name',
      'address',
    ]),
    matchedValue: output.text(),
    statusCode: output.text(),
    customerId: output.integer(),
    customerAccountId: output.integer(),
    accountPackageId: output.integer(),
    accountNumber: output.text(),
    billingPackageId: output.integer(),
    billId: output.integer(),
    premiseId: output.integer(),
  })
  .meta({ id: 'Found', description: 'Identifiers that a kind does not have are empty' })
