/** What flows at a service point, and the units in which each may be measured. */
export type ServiceKind = 'electricity' | 'gas' | 'water' | 'lighting'

export type Flow = 'delivered' | 'received' | 'net'

/**
 * A unit's dimension and its exact size in the dimension's base: 1 unit = `units` x 10^`exponent` base units.
 * Energy is counted in Wh, power in W, reactive energy in varh, volume in litres. Heat of combustion (Btu, therm) has a
 * dimension of its own: gas is billed in therms, and its conversion from volume needs a measured heat content.
 */
interface Unit {
  dimension: 'energy' | 'power' | 'reactive' | 'apparent' | 'heat' | 'volume'
  units: bigint
  exponent: number
}

// Source: NIST Handbook 44 appendix C: 1 cubic foot = 28.316846592 L, 1 US gallon = 3.785411784 L exactly.
const UNITS: Readonly<Record<string, Unit>> = {
  Wh: { dimension: 'energy', units: 1n, exponent: 0 },
  kWh: { dimension: 'energy', units: 1n, exponent: 3 },
  MWh: { dimension: 'energy', units: 1n, exponent: 6 },
  W: { dimension: 'power', units: 1n, exponent: 0 },
  kW: { dimension: 'power', units: 1n, exponent: 3 },
  MW: { dimension: 'power', units: 1n, exponent: 6 },
  varh: { dimension: 'reactive', units: 1n, exponent: 0 },
  kvarh: { dimension: 'reactive', units: 1n, exponent: 3 },
  VAh: { dimension: 'apparent', units: 1n, exponent: 0 },
  kVAh: { dimension: 'apparent', units: 1n, exponent: 3 },
  Btu: { dimension: 'heat', units: 1n, exponent: 0 },
  therm: { dimension: 'heat', units: 1n, exponent: 5 },
  L: { dimension: 'volume', units: 1n, exponent: 0 },
  m3: { dimension: 'volume', units: 1n, exponent: 3 },
  cf: { dimension: 'volume', units: 28_316_846_592n, exponent: -9 },
  ccf: { dimension: 'volume', units: 28_316_846_592n, exponent: -7 },
  gal: { dimension: 'volume', units: 3_785_411_784n, exponent: -9 },
  kgal: { dimension: 'volume', units: 3_785_411_784n, exponent: -6 },
}

const DIMENSIONS: Readonly<Record<ServiceKind, readonly Unit['dimension'][]>> = {
  electricity: ['energy', 'power', 'reactive', 'apparent'],
  lighting: ['energy', 'power'],
  gas: ['heat', 'volume', 'energy'],
  water: ['volume'],
}

/** This will list the units of a kind of service. */
export function unitsOf(serviceKind: ServiceKind): string[] {
  return Object.keys(UNITS).filter((unit) => fitsService(unit, serviceKind))
}

/** This will say whether a service of this kind can be measured in this unit. */
export function fitsService(unit: string, serviceKind: ServiceKind): boolean {
  const known = UNITS[unit]
  return known !== undefined && DIMENSIONS[serviceKind].includes(known.dimension)
}

/** How the integers of one unit and scale become those of another: value x multiply / divide. */
export interface Conversion {
  multiply: bigint
  divide: bigint
}

/**
 * This will tell how to turn integers of `from.unit` x 10^-`from.scale` into integers of `to.unit` x 10^-`to.scale`;
 * undefined when the units measure different things.
 */
export function conversion(
  from: { unit: string; scale: number },
  to: { unit: string; scale: number },
): Conversion | undefined {
  const source = UNITS[from.unit]
  const target = UNITS[to.unit]
  if (!source || !target || source.dimension !== target.dimension) return undefined
  const exponent = source.exponent - from.scale - target.exponent + to.scale
  const multiply = source.units * (exponent > 0 ? 10n ** BigInt(exponent) : 1n)
  const divide = target.units * (exponent < 0 ? 10n ** BigInt(-exponent) : 1n)
  const common = greatestCommonDivisor(multiply, divide)
  return { multiply: multiply / common, divide: divide / common }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}

/** This will give the unit and scale in which a series of this unit is kept: kWh x 10^-6 (mWh), so nothing rounds. */
export function seriesUnit(unit: string): { unit: string; scale: number } {
  const dimension = UNITS[unit]?.dimension
  if (dimension === 'energy') return { unit: 'kWh', scale: 6 }
  if (dimension === 'power') return { unit: 'kW', scale: 6 }
  if (dimension === 'reactive') return { unit: 'kvarh', scale: 6 }
  if (dimension === 'apparent') return { unit: 'kVAh', scale: 6 }
  if (dimension === 'heat') return { unit: 'therm', scale: 6 }
  return { unit, scale: 6 }
}
