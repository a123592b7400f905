import { formatAccountId } from '../../domain/agreements/index.ts'
import { formatBillId } from '../../domain/billing/index.ts'
import { customerNumber } from '../../domain/customers/index.ts'
import type { AddressRecord } from '../../domain/overview/index.ts'
import { type Cents, centsToDecimal } from '../../platform/money.ts'

type Unknown = null | undefined

/** What is not known is sent as an empty string. */
export const toText = (value: string | number | Unknown): string =>
  value === null || value === undefined ? '' : String(value)

export const toMoney = (cents: Cents | Unknown): string =>
  cents === null || cents === undefined ? '' : centsToDecimal(cents)

export const toFlag = (value: boolean): 'Y' | 'N' => (value ? 'Y' : 'N')

/** The clock's moment, RFC 3339; rows read as JSON carry text in the offset of the session, which is UTC. */
export const toInstant = (at: { toString(): string } | string | Unknown): string =>
  at === null || at === undefined ? '' : at.toString().replace(/\+00:00$/, 'Z')

/** Spanish falls back to English. */
export const toLocalized = (text: { en: string; es?: string | undefined } | Unknown) => ({
  en: text?.en ?? '',
  es: text?.es ?? text?.en ?? '',
})

/** Machine words as people read them: `pending_start` -> `Pending start`. */
export const toDescription = (code: string | Unknown): string => {
  const words = (code ?? '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function toAddress(address: AddressRecord | Unknown) {
  return {
    addressLine1: address?.line1 ?? '',
    addressLine2: address?.line2 ?? '',
    city: address?.city ?? '',
    stateCode: address?.state ?? '',
    postalCode: address?.postalCode ?? '',
    countryCode: address ? (address.country ?? 'US') : '',
  }
}

export function toAccountKey({ customerId, agreementId }: { customerId: number; agreementId: number }) {
  return {
    customerId: String(customerNumber(customerId)),
    customerAccountId: String(Math.floor(agreementId / 10_000)),
    accountPackageId: String(agreementId % 10_000),
    accountNumber: formatAccountId({ customerId, agreementId }),
  }
}

/** The key of what may be about no account. */
export function toAccountKeyOrEmpty(key: { customerId: number | Unknown; agreementId: number | Unknown }) {
  const { customerId, agreementId } = key
  if (customerId && agreementId) return toAccountKey({ customerId, agreementId })
  return {
    customerId: customerId ? String(customerNumber(customerId)) : '',
    customerAccountId: '',
    accountPackageId: '',
    accountNumber: '',
  }
}

export const toBillNumber = (customerId: number, billId: number | Unknown): string =>
  billId === null || billId === undefined ? '' : formatBillId({ customerId, billId })

const COMMODITY_IDS: Readonly<Record<string, number>> = { electricity: 1, gas: 2, water: 3, lighting: 4 }

/** The number of a commodity: the wire calls it package. */
export const toPackageId = (serviceKind: string | Unknown): number => COMMODITY_IDS[serviceKind ?? ''] ?? 9
