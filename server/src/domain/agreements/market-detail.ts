import type { LocalDate } from '../../platform/time.ts'
import type { AgreementKey, BillableAgreement, BillMethod } from './agreement.ts'

/** What is agreed with the market about an agreement. */
export type MarketDetailKind = 'bill_method' | 'ldc_account_number'

/** A dated fact of the market; the one in force is the agreement's own bill method or utility account number. */
export interface MarketDetail extends AgreementKey {
  detailNumber: number
  kind: MarketDetailKind
  value: string
  status: 'confirmed'
  startDate: LocalDate
  endDate: LocalDate | null
}

export const BILL_METHODS: readonly BillMethod[] = ['utility', 'bill_ready', 'rate_ready', 'dual']

/** A bill method is always in force; a utility account number may end. */
export const MAY_END: Readonly<Record<MarketDetailKind, boolean>> = {
  bill_method: false,
  ldc_account_number: true,
}

/** This will give the details of an agreement that never changed one: what it was made with. */
export function firstDetails(agreement: BillableAgreement): MarketDetail[] {
  const { customerId, agreementId, startDate, billMethod, externalAccount } = agreement
  const since = { customerId, agreementId, status: 'confirmed' as const, startDate, endDate: null }
  const method = { ...since, detailNumber: 1, kind: 'bill_method' as const, value: billMethod }
  if (externalAccount === null) return [method]
  return [method, { ...since, detailNumber: 2, kind: 'ldc_account_number', value: externalAccount }]
}
