import type { TariffInput } from '../../domain/tariffs/index.ts'
import { add, decimal, decimalText, multiply, round } from '../../platform/decimal.ts'

/** A field of the record that the tariff does not carry, and why. */
export interface NotExpressed {
  field: string
  reason: string
}

/** Terms that a record does not state, but whoever uses it may know. */
export interface UrdbTerms {
  /** How several blocks meet several time-of-use periods; the record is silent. */
  fill?: 'proportional' | 'chronological'
  billingDemand?: BillingDemandTerms
  singlePeak?: boolean
  export?: ExportTerms
  /** Names of price curves in the facts that replace the table's prices. */
  curves?: { buy?: string; sell?: string }
  rounding?: TariffInput['versions'][number]['rounding']
}

/** How earlier peaks bind the demand that is billed. */
export interface BillingDemandTerms {
  minimumKw: string
  lookbackMonths: number
  percentByMonth: string[]
  includeCurrentByMonth: boolean[]
  /** Which periods feed the ratchet; all, where the record does not say. */
  touPeriods?: number[]
}

/**
 * How exports are credited; records name only a family of rules.
 * - nem_kwh_rollover: kWh net per period and month, surplus carried as kWh
 * - nem_dollar_rollover: kWh net per period and month, surplus carried as money at the sell price
 * - net_billing, net_billing_carryover: imports and exports at their own prices, in the same bill or through a bank
 * - buy_all_sell_all: the same, of the whole load and the whole generation
 */
export interface ExportTerms {
  option:
    | 'nem_kwh_rollover'
    | 'nem_dollar_rollover'
    | 'net_billing'
    | 'net_billing_carryover'
    | 'buy_all_sell_all'
  settleMonth?: number
  settlePrice?: string
  settlementRollsOver?: boolean
  useInBillEarned?: boolean
  expires?: boolean
}

/** This will write rate + adj exactly. */
export function priceText(rate: string, adj: string): string {
  return decimalText(add(decimal(rate), decimal(adj)))
}

/** This will write a share (0.8) or a percent (80) as percent: records use both. */
export function percentText(text: string): string {
  const value = decimal(text)
  const isShare = round(value, 0, 'up').units <= 1n
  return decimalText(isShare ? multiply(value, decimal('100')) : value)
}
