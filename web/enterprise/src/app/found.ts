import type { IconName } from '@billwright/kit'
import { formatQuantity } from '@billwright/kit'
import type { Found } from '../api/client.gen.ts'
import { accountKey, billKey } from './keys.ts'

export const FOUND_ICONS: Record<Found['kind'], IconName> = {
  account: 'account',
  customer: 'person',
  bill: 'bill',
  meter: 'meter',
  premise: 'premise',
}

/** This will give the address of the screen that shows what was found; a place without an account lists its matches. */
export function foundHref(found: Found): string {
  if (found.kind === 'bill') return `/bills/${billKey(found)}`
  if (found.accountPackageId) return `/accounts/${accountKey(found)}`
  if (found.customerId) return `/customers/${found.customerId}`
  return `/find#${encodeURIComponent(found.title)}`
}

/** This will count in words for the reader: `1,204`. */
export function countText(count: number | string): string {
  return formatQuantity(String(count || '0'))
}
