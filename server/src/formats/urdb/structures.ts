import { compare, decimal } from '../../platform/decimal.ts'
import type { Fault } from '../../platform/errors.ts'
import {
  DEMAND_UNITS,
  type DemandUnit,
  ENERGY_UNITS,
  type EnergyUnit,
  type HourSchedule,
  type UrdbCoincident,
  type UrdbFlatDemand,
  type UrdbTier,
  type UrdbTimeOfUse,
} from './rate.ts'
import type { UrdbRecord, WireTier } from './wire.ts'

/** Records close the last step with a huge number where others leave it open. */
const UNBOUNDED = decimal('999999999')

/** This will read the energy structure and its schedules, adding what is wrong to `faults`. */
export function readEnergy(record: UrdbRecord, faults: Fault[]): UrdbTimeOfUse<EnergyUnit> | undefined {
  const periods = readPeriods(record, 'energyratestructure', ENERGY_UNITS, 'kWh', faults)
  if (periods) return withSchedules(record, 'energy', periods, faults)
  return refuseStray(record, ['energyweekdayschedule', 'energyweekendschedule'], faults)
}

/** This will read the time-of-use demand structure and its schedules, adding what is wrong to `faults`. */
export function readDemand(record: UrdbRecord, faults: Fault[]): UrdbTimeOfUse<DemandUnit> | undefined {
  const unit = record.demandrateunit ?? record.demandunits ?? 'kW'
  const periods = readPeriods(record, 'demandratestructure', DEMAND_UNITS, unit, faults)
  if (periods) return withSchedules(record, 'demand', periods, faults)
  return refuseStray(record, ['demandweekdayschedule', 'demandweekendschedule'], faults)
}

/** This will read the flat demand structure and its months, adding what is wrong to `faults`. */
export function readFlatDemand(record: UrdbRecord, faults: Fault[]): UrdbFlatDemand | undefined {
  const unit = record.flatdemandunit ?? record.demandunits ?? 'kW'
  const periods = readPeriods(record, 'flatdemandstructure', DEMAND_UNITS, unit, faults)
  if (!periods) return refuseStray(record, ['flatdemandmonths'], faults)
  const months = record.flatdemandmonths ?? onlyPeriod('flatdemandmonths', periods, () => 0, faults)
  months?.forEach((period, month) => {
    checkPeriod(`/flatdemandmonths/${month}`, period, periods, faults)
  })
  return months ? { periods, months } : undefined
}

/** This will read the coincident peak structure and its schedule, adding what is wrong to `faults`. */
export function readCoincident(record: UrdbRecord, faults: Fault[]): UrdbCoincident | undefined {
  const unit = record.coincidentrateunit ?? 'kW'
  const periods = readPeriods(record, 'coincidentratestructure', DEMAND_UNITS, unit, faults)
  if (!periods) return refuseStray(record, ['coincidentrateschedule'], faults)
  const schedule = readSchedule(record, 'coincidentrateschedule', periods, faults)
  return schedule ? { periods, schedule } : undefined
}

type StructureField =
  | 'energyratestructure'
  | 'demandratestructure'
  | 'flatdemandstructure'
  | 'coincidentratestructure'
type ScheduleField =
  | 'energyweekdayschedule'
  | 'energyweekendschedule'
  | 'demandweekdayschedule'
  | 'demandweekendschedule'
  | 'coincidentrateschedule'

function readPeriods<Unit extends string>(
  record: UrdbRecord,
  field: StructureField,
  units: readonly Unit[],
  defaultUnit: string,
  faults: Fault[],
): UrdbTier<Unit>[][] | undefined {
  const structure = record[field]
  if (!structure || structure.length === 0) return undefined
  return structure.map((tiers, period) => {
    const place = `/${field}/${period}`
    if (tiers.length === 0) {
      faults.push({
        pointer: place,
        code: 'no_tier',
        message: `period ${period} has no tier and so no price`,
      })
    }
    const read = tiers.map((tier, index) => readTier(tier, `${place}/${index}`, units, defaultUnit, faults))
    checkTiers(read, place, faults)
    return read
  })
}

function readTier<Unit extends string>(
  wire: WireTier,
  pointer: string,
  units: readonly Unit[],
  defaultUnit: string,
  faults: Fault[],
): UrdbTier<Unit> {
  const written = wire.unit || defaultUnit
  const unit = units.find((known) => known.toLowerCase() === written.trim().toLowerCase())
  if (unit === undefined) {
    faults.push({
      pointer: `${pointer}/unit`,
      code: 'unknown_unit',
      message: `the unit ${JSON.stringify(written)} is none of ${units.join(', ')}`,
    })
  }
  const open = wire.max == null || compare(decimal(wire.max), UNBOUNDED) >= 0
  return {
    ...(open || wire.max == null ? {} : { max: wire.max }),
    unit: unit ?? (units[0] as Unit),
    rate: wire.rate ?? '0',
    adj: wire.adj ?? '0',
    ...(wire.sell == null ? {} : { sell: wire.sell }),
  }
}

/**
 * Bounds grow within a run of equal units. A run of another unit subdivides the block before it and so counts
 * anew, and only the last step of a run may be open; the last step of the period must be.
 */
function checkTiers(tiers: UrdbTier[], place: string, faults: Fault[]): void {
  tiers.forEach((tier, index) => {
    const pointer = `${place}/${index}/max`
    const next = tiers[index + 1]
    if (!next && tier.max !== undefined) {
      const message = `no tier prices what lies above ${tier.max} ${tier.unit}: leave out the last max or add a tier`
      faults.push({ pointer, code: 'tier_gap', message })
    }
    if (next?.unit !== tier.unit) return
    if (tier.max === undefined) {
      const message = 'only the last tier may be open: give this tier a max, or remove the tiers after it'
      faults.push({ pointer, code: 'tier_open_early', message })
    } else if (next.max !== undefined && compare(decimal(next.max), decimal(tier.max)) <= 0) {
      const message = `the bound ${next.max} must be above the bound ${tier.max} of the tier before it`
      faults.push({ pointer: `${place}/${index + 1}/max`, code: 'tier_decreasing', message })
    }
  })
}

function withSchedules<Unit extends string>(
  record: UrdbRecord,
  group: 'energy' | 'demand',
  periods: UrdbTier<Unit>[][],
  faults: Fault[],
): UrdbTimeOfUse<Unit> | undefined {
  const weekday = readSchedule(record, `${group}weekdayschedule`, periods, faults)
  const weekend = readSchedule(record, `${group}weekendschedule`, periods, faults)
  return weekday && weekend ? { periods, weekday, weekend } : undefined
}

function readSchedule(
  record: UrdbRecord,
  field: ScheduleField,
  periods: UrdbTier[][],
  faults: Fault[],
): HourSchedule | undefined {
  const allHours = () => Array.from({ length: 24 }, () => 0)
  const schedule = record[field] ?? onlyPeriod(field, periods, allHours, faults)
  schedule?.forEach((hours, month) => {
    hours.forEach((period, hour) => {
      checkPeriod(`/${field}/${month}/${hour}`, period, periods, faults)
    })
  })
  return schedule
}

/** Without a schedule a single period fills the year; several cannot be placed. */
function onlyPeriod<Month>(
  field: string,
  periods: UrdbTier[][],
  month: () => Month,
  faults: Fault[],
): Month[] | undefined {
  if (periods.length === 1) return Array.from({ length: 12 }, month)
  const message = `${field} is missing: it must say when each of the ${periods.length} periods applies`
  faults.push({ pointer: `/${field}`, code: 'schedule_missing', message })
  return undefined
}

function checkPeriod(pointer: string, period: number, periods: UrdbTier[][], faults: Fault[]): void {
  if (periods[period]) return
  const message = `period ${period} has no prices: the structure has the periods 0 to ${periods.length - 1}`
  faults.push({ pointer, code: 'period_unknown', message })
}

/** A schedule that points at periods nobody priced would silently bill nothing; one of zeros is a common filler. */
function refuseStray(
  record: UrdbRecord,
  fields: (ScheduleField | 'flatdemandmonths')[],
  faults: Fault[],
): undefined {
  for (const field of fields) {
    if (!record[field]?.flat().some((period) => period !== 0)) continue
    const message = `${field} names periods, but the structure that would price them is missing`
    faults.push({ pointer: `/${field}`, code: 'structure_missing', message })
  }
}
