import type { AddressRecord } from './record.ts'

export type MatchedField =
  | 'accountNumber'
  | 'customerNumber'
  | 'billNumber'
  | 'meterNumber'
  | 'ldcAccountNumber'
  | 'phone'
  | 'email'
  | 'name'
  | 'address'

/** What was found, before it is described: which record, by which of its fields, and how well it matched (0 to 100). */
export interface Match {
  kind: 'account' | 'customer' | 'bill' | 'meter' | 'premise'
  customerId: number | null
  agreementId: number | null
  billId: number | null
  premiseId: number | null
  field: MatchedField
  value: string
  score: number
}

export interface Found extends Match {
  accountNumber: number | null
  customerName: string | null
  status: string
  address: AddressRecord | null
  bill: { billDate: string; amountDueCents: number } | null
}

/** How a search text can be read; a text may be several things at once. */
export interface Reading {
  text: string
  /** Lower case, no accents. */
  searched: string
  digits: string
  account?: { customerId: number; agreementId: number }
  bill?: { customerId: number; billId: number }
  customerNumber?: number
  phoneDigits?: string
  email?: string
  /** A badge or external number: letters, digits and dashes with a digit among them. */
  badge?: string
  /** Words of a name or an address. */
  words?: string
}

/** This will keep the best match of each record, best first, at most `limit`. */
export function rank(matches: readonly Match[], limit: number): Match[] {
  const best = new Map<string, Match>()
  for (const match of matches) {
    const key = [match.kind, match.customerId, match.agreementId, match.billId, match.premiseId].join(' ')
    const known = best.get(key)
    if (!known || known.score < match.score) best.set(key, match)
  }
  return [...best.values()].sort((a, b) => b.score - a.score || compareKeys(a, b)).slice(0, limit)
}

function compareKeys(a: Match, b: Match): number {
  return (a.customerId ?? 0) - (b.customerId ?? 0) || (a.agreementId ?? 0) - (b.agreementId ?? 0)
}
