import type { LocalDate } from '../../platform/time.ts'
import type { AccountKey } from '../customers/index.ts'
import type { ServiceKind } from '../metering/index.ts'

export interface LandlordKey {
  clientId: number
  landlordId: number
}

/** A kind of service that a landlord takes between tenants. */
export interface LandlordService {
  serviceKind: ServiceKind
  /** The plan of the empty premise. */
  tariffId: number
  /** `MM-DD`; with `seasonEnd` (exclusive) the part of the year in which service reverts; all year when null. */
  seasonStart: string | null
  seasonEnd: string | null
}

/** Who takes service between tenants, and on which account. */
export interface Landlord extends LandlordKey, AccountKey {
  description: string
  services: LandlordService[]
  premises: { premiseId: number; startDate: LocalDate; endDate: LocalDate | null }[]
}

/** Where the service of a premise goes when its tenant leaves. */
export interface Reversion extends LandlordKey, AccountKey {
  tariffId: number
}

/** This will say whether service reverts on a day; a season may run over the turn of the year. */
export function isInSeason({ seasonStart, seasonEnd }: LandlordService, day: LocalDate): boolean {
  if (seasonStart === null || seasonEnd === null) return true
  const monthDay = day.slice(5)
  if (seasonStart <= seasonEnd) return seasonStart <= monthDay && monthDay < seasonEnd
  return monthDay >= seasonStart || monthDay < seasonEnd
}
