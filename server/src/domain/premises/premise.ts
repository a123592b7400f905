import { searchText } from '../../platform/search-text.ts'

export type PremiseKind = 'house' | 'apartment' | 'business' | 'industrial' | 'lighting' | 'other'

/** An address that can be served. */
export interface Premise {
  premiseId: number
  clientId: number
  kind: PremiseKind
  line1: string
  line2?: string
  city: string
  state: string
  postalCode: string
  country: string
  /** Decimal degrees as text. */
  latitude?: string
  longitude?: string
}

/** This will give the text under which an address is searched. */
export function premiseSearchAddress(
  premise: Omit<Premise, 'premiseId' | 'clientId' | 'kind' | 'country' | 'latitude' | 'longitude'>,
): string {
  return searchText(premise.line1, premise.line2, premise.city, premise.state, premise.postalCode)
}
