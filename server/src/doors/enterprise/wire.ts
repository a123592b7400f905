import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { decimalToCents } from '../../platform/money.ts'

/** An account package: one agreement, addressed through its customer and set. */
export const AccountPath = z.object({
  customerId: input.id(8),
  customerAccountId: input.id(2),
  accountPackageId: input.id(4),
})
export const CustomerPath = z.object({ customerId: input.id(8) })
export const BillingPackagePath = z.object({ customerId: input.id(8), billingPackageId: input.id(3) })
export const BillPath = BillingPackagePath.extend({ billId: input.id(4) })

/** Money with at most 10 digits and 2 decimal places, as the cents it is. */
export const amount = () =>
  input
    .decimal(10, 2)
    .transform((text) => decimalToCents(text))
    .pipe(z.number().int())

export const logText = input.text(2000).optional().describe('kept as a note on the account')

export const paging = {
  page: input
    .id(6)
    .refine((page) => page >= 1, 'counts from 1')
    .optional()
    .describe('counted from 1; 1 when left out'),
  pageSize: input
    .id(3)
    .refine((size) => size >= 1 && size <= 200, 'is 1 to 200')
    .optional()
    .describe('1 to 200; 25 when left out'),
}
export const Paging = z.strictObject(paging)

const Pagination = z
  .object({
    page: output.integer(),
    pageSize: output.integer(),
    totalRecords: output.integer(),
    totalPages: output.integer(),
  })
  .meta({ id: 'Pagination' })

/** The envelope of every answer: an array, also of one. */
export function answer<S extends z.ZodType>(record: S) {
  return z.object({ responseData: z.array(record) })
}

/** The envelope of a list that pages. */
export function pagedAnswer<S extends z.ZodType>(record: S) {
  return z.object({ responseData: z.array(record), pagination: Pagination })
}

export interface Page {
  page: number
  pageSize: number
}

export function fromPaging({
  page,
  pageSize,
}: {
  page?: number | undefined
  pageSize?: number | undefined
}): Page {
  return { page: page ?? 1, pageSize: pageSize ?? 25 }
}

export function toPaged<T>(rows: T[], totalRecords: number, { page, pageSize }: Page) {
  return {
    responseData: rows,
    pagination: {
      page: String(page),
      pageSize: String(pageSize),
      totalRecords: String(totalRecords),
      totalPages: String(Math.ceil(totalRecords / pageSize)),
    },
  }
}

/** A page of a list that is read whole because it is short. */
export function toSlice<T>(rows: readonly T[], { page, pageSize }: Page) {
  return toPaged(rows.slice((page - 1) * pageSize, page * pageSize), rows.length, { page, pageSize })
}

/** Text in both languages of the screens. */
export const Localized = z.object({ en: output.text(), es: output.text() }).meta({ id: 'LocalizedText' })

export const Address = z
  .object({
    addressLine1: output.text(),
    addressLine2: output.text(),
    city: output.text(),
    stateCode: output.text(),
    postalCode: output.text(),
    countryCode: output.text(),
  })
  .meta({ id: 'Address' })

/** Every identifier of an account package, as paths take them and as people read them (8-2-4). */
export const accountKey = {
  customerId: output.integer(),
  customerAccountId: output.integer(),
  accountPackageId: output.integer(),
  accountNumber: output.text(),
}
