import type { LocalDate } from '../../platform/time.ts'

/** An exact decimal in plain notation, without exponent or superfluous zeros: `-0.0312`, `1500`, `0`. */
export type DecimalText = string

/** The units in which a block of energy may be bounded. `daily` limits are per day of the billing period. */
export const ENERGY_UNITS = ['kWh', 'kWh daily', 'kWh/kW', 'kWh/kW daily', 'kWh/hp', 'kWh/hp daily'] as const
export type EnergyUnit = (typeof ENERGY_UNITS)[number]

/** The units in which demand may be measured and priced. */
export const DEMAND_UNITS = ['kW', 'hp', 'kVA', 'kW daily', 'hp daily', 'kVA daily'] as const
export type DemandUnit = (typeof DEMAND_UNITS)[number]

export const CHARGE_UNITS = ['$/month', '$/day', '$/year'] as const
export type ChargeUnit = (typeof CHARGE_UNITS)[number]

/** One step of a period. `max` is the cumulative upper bound in `unit`; absent on the open last step. */
export interface UrdbTier<Unit extends string = string> {
  max?: DecimalText
  unit: Unit
  rate: DecimalText
  adj: DecimalText
  /** Price paid for exports; absent when the record names none. */
  sell?: DecimalText
}

/** Twelve months of twenty-four hours, each the index of a period. */
export type HourSchedule = number[][]

export interface UrdbTimeOfUse<Unit extends string> {
  periods: UrdbTier<Unit>[][]
  weekday: HourSchedule
  weekend: HourSchedule
}

export interface UrdbFlatDemand {
  periods: UrdbTier<DemandUnit>[][]
  /** For each month, January first, the index of its period. */
  months: number[]
}

export interface UrdbCoincident {
  periods: UrdbTier<DemandUnit>[][]
  schedule: HourSchedule
}

export interface UrdbCharge {
  amount: DecimalText
  unit: ChargeUnit
}

export interface UrdbLookback {
  /** For each month, January first, whether its peak counts; absent when the record gives a range. */
  months?: boolean[]
  rangeMonths?: number
  /** As the record writes it; records differ on whether 0.8 or 80 means eighty in a hundred. */
  percent?: DecimalText
}

/** Who may take the rate; limits as the record writes them, in kW, kWh and V. */
export interface UrdbEligibility {
  peakKwMin?: DecimalText
  peakKwMax?: DecimalText
  peakKwHistoryMonths?: DecimalText
  monthlyKwhMin?: DecimalText
  monthlyKwhMax?: DecimalText
  monthlyKwhHistoryMonths?: DecimalText
  voltageMin?: DecimalText
  voltageMax?: DecimalText
  voltageCategory?: string
  phaseWiring?: string
}

export interface UrdbComments {
  basic?: string
  energy?: string
  demand?: string
  energyAttributes?: unknown
  demandAttributes?: unknown
  fixedAttributes?: unknown
}

/** A rate of the U.S. Utility Rate Database, whichever version of its field names it came in. Prices are in US dollars. */
export interface UrdbRate {
  label?: string
  uri?: string
  utility?: string
  eiaId?: string
  name?: string
  description?: string
  source?: string
  country?: string
  sector?: string
  serviceType?: string
  approved?: boolean
  isDefault?: boolean
  supersedes?: string
  /** Half-open: `validUntil` is the day after the record's last day. */
  validFrom?: LocalDate
  validUntil?: LocalDate
  eligibility: UrdbEligibility
  energy?: UrdbTimeOfUse<EnergyUnit>
  /** For each month, January first, in dollars a kWh. */
  fuelAdjustments?: DecimalText[]
  demand?: UrdbTimeOfUse<DemandUnit>
  flatDemand?: UrdbFlatDemand
  coincident?: UrdbCoincident
  demandWindowMinutes?: number
  /** Dollars a kVAr. */
  reactivePowerCharge?: DecimalText
  /** For each month, January first, the share of earlier peaks that binds; the older form of `lookback`. */
  ratchetPercentages?: DecimalText[]
  lookback?: UrdbLookback
  fixedCharges: UrdbCharge[]
  /** For each meter beyond the first. */
  additionalMeterCharge?: UrdbCharge
  minimumCharges: UrdbCharge[]
  dgRules?: string
  comments: UrdbComments
  /** Fields of the record that nothing here reads. */
  unread: string[]
}
