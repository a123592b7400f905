/** Source for every table: NAESB REQ.21 ESPI 4.0, espi.xsd. */

export type Service = 'electricity' | 'gas' | 'water' | 'other'
export type Flow = 'delivered' | 'received' | 'net' | 'total' | 'other'
/** What one value says: the amount in its interval, a dial position, or the state at a moment. */
export type Measure = 'interval' | 'register' | 'instantaneous'

const SERVICE_BY_KIND: Record<number, Service> = { 0: 'electricity', 1: 'gas', 2: 'water' }
const SERVICE_BY_COMMODITY: Record<number, Service> = {
  1: 'electricity',
  2: 'electricity',
  7: 'gas',
  8: 'gas',
  9: 'water',
  11: 'water',
  14: 'water',
  26: 'electricity',
}

type Dimension = 'energy' | 'heat' | 'electric' | 'volume' | 'any'
interface Unit {
  symbol: string
  dimension: Dimension
}

const UNITS: Record<number, Unit> = {
  5: { symbol: 'A', dimension: 'electric' },
  6: { symbol: 'K', dimension: 'any' },
  23: { symbol: '°C', dimension: 'any' },
  29: { symbol: 'V', dimension: 'electric' },
  31: { symbol: 'J', dimension: 'energy' },
  33: { symbol: 'Hz', dimension: 'electric' },
  38: { symbol: 'W', dimension: 'electric' },
  42: { symbol: 'm³', dimension: 'volume' },
  61: { symbol: 'VA', dimension: 'electric' },
  63: { symbol: 'VAr', dimension: 'electric' },
  65: { symbol: 'cosφ', dimension: 'electric' },
  71: { symbol: 'VAh', dimension: 'electric' },
  72: { symbol: 'Wh', dimension: 'energy' },
  73: { symbol: 'VArh', dimension: 'electric' },
  80: { symbol: 'currency', dimension: 'any' },
  106: { symbol: 'Ah', dimension: 'electric' },
  119: { symbol: 'ft³', dimension: 'volume' },
  120: { symbol: 'ft³ compensated', dimension: 'volume' },
  128: { symbol: 'US gal', dimension: 'volume' },
  132: { symbol: 'Btu', dimension: 'heat' },
  134: { symbol: 'L', dimension: 'volume' },
  166: { symbol: 'm³ uncompensated', dimension: 'volume' },
  167: { symbol: 'm³ compensated', dimension: 'volume' },
  169: { symbol: 'therm', dimension: 'heat' },
}

const DIMENSIONS: Record<Service, readonly Dimension[]> = {
  electricity: ['energy', 'electric', 'any'],
  gas: ['energy', 'heat', 'volume', 'any'],
  water: ['volume', 'any'],
  other: ['energy', 'heat', 'electric', 'volume', 'any'],
}

/** This will name the service of a reading: its commodity decides, else the kind of its usage point. */
export function serviceOf(
  commodity: number | undefined,
  serviceKind: number | undefined,
): Service | undefined {
  if (commodity) return SERVICE_BY_COMMODITY[commodity] ?? 'other'
  return serviceKind === undefined ? undefined : (SERVICE_BY_KIND[serviceKind] ?? 'other')
}

/** This will name the unit of a `uom` code; undefined for a code that cannot be billed or shown. */
export function unitSymbol(uom: number): string | undefined {
  return UNITS[uom]?.symbol
}

/** This will say whether a service can be measured in a unit: electricity never comes in cubic feet. */
export function unitFits(uom: number, service: Service): boolean {
  const unit = UNITS[uom]
  return unit !== undefined && DIMENSIONS[service].includes(unit.dimension)
}

/** This will name the direction of a `flowDirection` code; absent means delivered to the customer. */
export function flowOf(code: number | undefined): Flow {
  const flows: Record<number, Flow> = {
    0: 'delivered',
    1: 'delivered',
    4: 'net',
    19: 'received',
    20: 'total',
  }
  return code === undefined ? 'delivered' : (flows[code] ?? 'other')
}

/** This will say what the values of an `accumulationBehaviour` code mean; absent means amounts of intervals. */
export function measureOf(code: number | undefined): Measure {
  if (code === 1 || code === 2 || code === 3) return 'register'
  return code === 6 || code === 12 ? 'instantaneous' : 'interval'
}
