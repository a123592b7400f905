import type * as z from 'zod'
import { type Fault, Refusal } from '../../platform/errors.ts'
import { addDays, type LocalDate, localDateAt, Temporal } from '../../platform/time.ts'
import { CHARGE_UNITS, type ChargeUnit, type UrdbCharge, type UrdbRate } from './rate.ts'
import { readCoincident, readDemand, readEnergy, readFlatDemand } from './structures.ts'
import { type UrdbRecord, unreadFields, urdbRecord } from './wire.ts'

/**
 * This will read one rate of the U.S. Utility Rate Database from its JSON text, every number exactly as written.
 * Takes the record itself, a list of one, or an answer of the database's API (`{items: [...]}`) with one item,
 * in the field names of versions 3, 7 and 8.
 * Refuses `urdb_not_json`, `urdb_not_one_rate`, and `urdb_invalid` with a JSON pointer for every fault.
 * Source: U.S. Utility Rate Database API, version 8.
 */
export function readUrdb(text: string): UrdbRate {
  const { record, base } = onlyRecord(parseExactly(text))
  const parsed = urdbRecord.safeParse(record)
  const faults: Fault[] = parsed.success ? [] : parsed.error.issues.map(toFault)
  const unread = typeof record === 'object' && record !== null ? unreadFields(record) : []
  const rate = parsed.success ? toRate(parsed.data, unread, faults) : undefined
  if (rate && faults.length === 0) return rate
  throw invalid(faults.map((fault) => ({ ...fault, pointer: base + fault.pointer })))
}

function invalid(faults: Fault[]): Refusal {
  const [first] = faults
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : ''
  const message = `The tariff cannot be used: at ${first?.pointer || '/'}, ${first?.message}${more}.`
  return new Refusal('rule', 'urdb_invalid', message, faults)
}

/** Numbers become strings of their source text, so that no digit is lost to binary floating point. */
function parseExactly(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value
  const parse = JSON.parse as (text: string, reviver: typeof keepDigits) => unknown
  try {
    return parse(text.replace(/^\uFEFF/, ''), keepDigits)
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : String(error)
    const hint = /\b(NaN|Infinity)\b/.test(text) ? '; NaN and Infinity are no numbers' : ''
    throw new Refusal('malformed', 'urdb_not_json', `The tariff is not valid JSON: ${reason}${hint}.`)
  }
}

function onlyRecord(json: unknown): { record: unknown; base: string } {
  const items = Array.isArray(json) ? json : (json as { items?: unknown } | null)?.items
  if (!Array.isArray(items)) return { record: json, base: '' }
  if (items.length === 1) return { record: items[0], base: Array.isArray(json) ? '/0' : '/items/0' }
  const message = `The file holds ${items.length} rates: give a file with exactly one.`
  throw new Refusal('malformed', 'urdb_not_one_rate', message)
}

function toFault(issue: z.core.$ZodIssue): Fault {
  const pointer = issue.path.map((step) => `/${String(step)}`).join('')
  return { pointer, code: 'malformed', message: issue.message }
}

function toRate(record: UrdbRecord, unread: string[], faults: Fault[]): UrdbRate {
  const rate = present<UrdbRate>({
    ...readIdentity(record, faults),
    eligibility: readEligibility(record),
    energy: readEnergy(record, faults),
    fuelAdjustments: record.fueladjustmentsmonthly,
    demand: readDemand(record, faults),
    flatDemand: readFlatDemand(record, faults),
    coincident: readCoincident(record, faults),
    demandWindowMinutes: record.demandwindow,
    reactivePowerCharge: record.demandreactivepowercharge,
    ratchetPercentages: record.demandratchetpercentage,
    lookback: readLookback(record),
    ...readCharges(record, faults),
    dgRules: record.dgrules ?? (record.usenetmetering ? 'Net Metering' : undefined),
    comments: present({
      basic: record.basicinformationcomments,
      energy: record.energycomments,
      demand: record.demandcomments,
      energyAttributes: record.energyattrs,
      demandAttributes: record.demandattrs,
      fixedAttributes: record.fixedattrs,
    }),
    unread,
  })
  if (rate.energy || rate.demand || rate.flatDemand || rate.fixedCharges.length > 0) return rate
  if (rate.minimumCharges.length === 0 && rate.coincident === undefined && faults.length === 0) {
    faults.push({ pointer: '', code: 'no_prices', message: 'the record holds no prices at all' })
  }
  return rate
}

function readIdentity(record: UrdbRecord, faults: Fault[]): Partial<UrdbRate> {
  const lastDay = readDay(record.enddate, '/enddate', faults)
  return present({
    label: record.label,
    uri: record.uri,
    utility: record.utility,
    eiaId: record.eiaid,
    name: record.name,
    description: record.description,
    source: record.source,
    country: record.country,
    sector: record.sector,
    serviceType: record.servicetype,
    approved: record.approved,
    isDefault: record.is_default,
    supersedes: record.supersedes,
    validFrom: readDay(record.startdate, '/startdate', faults),
    validUntil: lastDay && addDays(lastDay, 1),
  })
}

/** Records stamp a day as an epoch second near the start of that day, in UTC or in American time. */
function readDay(stamp: string | null | undefined, pointer: string, faults: Fault[]): LocalDate | undefined {
  if (stamp == null || stamp === '') return undefined
  if (/^-?\d{1,11}$/.test(stamp)) {
    return localDateAt(Temporal.Instant.fromEpochMilliseconds(Number(stamp) * 1000), 'UTC')
  }
  try {
    return Temporal.PlainDate.from(stamp).toString()
  } catch {
    const message = `${JSON.stringify(stamp)} is neither epoch seconds nor a date YYYY-MM-DD`
    faults.push({ pointer, code: 'malformed', message })
    return undefined
  }
}

function readEligibility(record: UrdbRecord): UrdbRate['eligibility'] {
  return present({
    peakKwMin: record.peakkwcapacitymin,
    peakKwMax: record.peakkwcapacitymax,
    peakKwHistoryMonths: record.peakkwcapacityhistory,
    monthlyKwhMin: record.peakkwhusagemin,
    monthlyKwhMax: record.peakkwhusagemax,
    monthlyKwhHistoryMonths: record.peakkwhusagehistory,
    voltageMin: record.voltageminimum,
    voltageMax: record.voltagemaximum,
    voltageCategory: record.voltagecategory,
    phaseWiring: record.phasewiring,
  })
}

function readLookback(record: UrdbRecord): UrdbRate['lookback'] {
  const lookback = present({
    months: record.lookbackmonths,
    rangeMonths: record.lookbackrange,
    percent: record.lookbackpercent,
  })
  return Object.keys(lookback).length > 0 ? lookback : undefined
}

function readCharges(record: UrdbRecord, faults: Fault[]) {
  const fixedUnit = readChargeUnit(record.fixedchargeunits, '/fixedchargeunits', faults)
  const minimumUnit = readChargeUnit(record.minchargeunits, '/minchargeunits', faults)
  return {
    fixedCharges: [
      ...charge(record.fixedchargefirstmeter, fixedUnit),
      ...(record.fixedchargefirstmeter == null ? charge(record.fixedmonthlycharge, '$/month') : []),
    ],
    additionalMeterCharge: charge(record.fixedchargeeaaddl, fixedUnit)[0],
    minimumCharges: [
      ...charge(record.mincharge, minimumUnit),
      ...(record.mincharge == null ? charge(record.minmonthlycharge, '$/month') : []),
      ...(record.mincharge == null || minimumUnit !== '$/year'
        ? charge(record.annualmincharge, '$/year')
        : []),
    ],
  }
}

function charge(amount: string | null | undefined, unit: ChargeUnit): UrdbCharge[] {
  return amount == null || amount === '0' ? [] : [{ amount, unit }]
}

function readChargeUnit(written: string | null | undefined, pointer: string, faults: Fault[]): ChargeUnit {
  const unit = CHARGE_UNITS.find((known) => known === (written || '$/month').replaceAll(' ', ''))
  if (unit) return unit
  const message = `the unit ${JSON.stringify(written)} is none of ${CHARGE_UNITS.join(', ')}`
  faults.push({ pointer, code: 'unknown_unit', message })
  return '$/month'
}

/** Absent fields stay absent, instead of present and undefined or null. */
function present<Shape extends object>(
  fields: { [Name in keyof Shape]: Shape[Name] | null | undefined },
): Shape {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as Shape
}
