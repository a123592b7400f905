/** A rate and the terms of a case as the corpus writes them, for the plain second program. */
export interface ReferenceTier {
  unit: 'kWh' | 'kWh daily' | 'kWh/kW' | 'kWh/kW daily'
  rate: number
  adj?: number
  sell?: number
  max?: number
}

export interface ReferenceDemandTier {
  rate: number
  adj?: number
  max?: number
}

export interface ReferenceRate {
  energyratestructure: ReferenceTier[][]
  energyweekdayschedule: number[][]
  energyweekendschedule: number[][]
  demandratestructure?: ReferenceDemandTier[][]
  demandweekdayschedule?: number[][]
  demandweekendschedule?: number[][]
  flatdemandstructure?: ReferenceDemandTier[][]
  flatdemandmonths?: number[]
  fixedchargefirstmeter?: number
  mincharge?: number
  minchargeunits?: string
  annualmincharge?: number
}

export interface ReferenceTerms {
  firstWeekday: number
  tier_method: 'proportional' | 'chronological'
  tou_demand_single_peak?: boolean
  net_metering?: {
    option: string
    true_up_month: number
    true_up_sell_rate?: number
    true_up_credit_rolls_over?: boolean
    apply_credit_in_month_earned?: boolean
    credits_expire_at_true_up?: boolean
  }
  billing_demand?: {
    minimum_kw: number
    lookback_months: number
    lookback_percent_by_month: number[]
    include_current_month_actual: boolean[]
    prior_year_peaks_kw: number[]
    tou_periods_included: number[]
  }
  prices?: { buy?: number[]; sell?: number[] }
}
