import { describe, expect, it } from 'vitest'
import { Refusal } from '../../platform/errors.ts'
import { checkTariff, readTariff, TariffDocument, type TariffInput } from './index.ts'

type VersionInput = TariffInput['versions'][number]

const energy = {
  kind: 'service_quantity' as const,
  code: 'energy',
  text: { en: 'Energy' },
  class: 'energy',
  quantity: 'kwh',
  prices: [{ bands: [{ price: '0.10' }] }],
}

function tariff(version: Partial<VersionInput>): TariffInput {
  return {
    code: 'res',
    name: 'Residential',
    serviceType: 'electricity',
    currency: 'USD',
    versions: [
      {
        effectiveFrom: '2025-01-01',
        quantities: [{ code: 'kwh', fn: 'usage', unit: 'kWh' }],
        rules: [energy],
        ...version,
      },
    ],
  }
}

function faults(version: Partial<VersionInput>): string[] {
  return checkTariff(TariffDocument.parse(tariff(version))).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  )
}

const touMap = {
  code: 'tou',
  periods: ['peak', 'off'].map((code) => ({ code, text: { en: code } })),
}
const touQuantity = { quantities: [{ code: 'kwh', fn: 'usage' as const, unit: 'kWh', tou: 'tou' }] }
const wholeDay = { from: '00:00', until: '24:00' }

describe('checkTariff', () => {
  it('finds nothing wrong with a plain tariff', () => {
    expect(faults({})).toEqual([])
  })

  it('names the day and the hours that a time-of-use map leaves out', () => {
    const rows = [
      { days: ['weekday' as const], from: '00:00', until: '16:00', period: 'off' },
      { days: ['weekday' as const], from: '17:00', until: '24:00', period: 'peak' },
      { days: ['weekend' as const], ...wholeDay, period: 'off' },
    ]
    expect(faults({ ...touQuantity, touMaps: [{ ...touMap, rows }] })).toEqual([
      '/versions/0/touMaps/0/rows: map "tou" leaves 16:00 to 17:00 without a period on mon',
    ])
  })

  it('names a gap that only part of the year has, and hours that are covered twice', () => {
    const seasons = [{ code: 'summer', ranges: [{ from: '06-01', until: '10-01' }] }]
    const summerOnly = [{ days: ['every' as const], ...wholeDay, period: 'off', seasons: ['summer'] }]
    expect(faults({ ...touQuantity, seasons, touMaps: [{ ...touMap, rows: summerOnly }] })).toEqual([
      '/versions/0/touMaps/0/rows: map "tou" leaves 00:00 to 24:00 without a period on mon',
    ])
    const twice = [
      { days: ['every' as const], ...wholeDay, period: 'off' },
      { days: ['sat' as const], from: '10:00', until: '12:00', period: 'peak' },
    ]
    expect(faults({ ...touQuantity, touMaps: [{ ...touMap, rows: twice }] })).toEqual([
      '/versions/0/touMaps/0/rows: map "tou" covers 10:00 to 12:00 twice on sat',
    ])
  })

  it('names a period that has no price', () => {
    const rows = [{ days: ['weekday' as const], from: '16:00', until: '21:00', period: 'peak' }]
    const priced = { ...energy, prices: [{ tou: 'off', bands: [{ price: '0.10' }] }] }
    expect(
      faults({ ...touQuantity, touMaps: [{ ...touMap, rows, otherwise: 'off' }], rules: [priced] }),
    ).toEqual(['/versions/0/rules/0/prices: period "peak" of map "tou" has no price'])
  })

  it('names steps that go down or are never reached', () => {
    const bands = [
      { upTo: { value: '500' }, price: '0.10' },
      { upTo: { value: '300' }, price: '0.12' },
      { price: '0.14' },
      { price: '0.15' },
    ]
    expect(faults({ rules: [{ ...energy, prices: [{ bands }] }] })).toEqual([
      '/versions/0/rules/0/prices/0/bands/1/upTo: the step ends at 300, not above the 500 of the one before',
      '/versions/0/rules/0/prices/0/bands/3: a step after one without end is never reached',
    ])
  })

  it('names a base that comes later, an unknown factor, quantity and season', () => {
    const tax = {
      kind: 'apply_to' as const,
      code: 'tax',
      text: { en: 'Tax' },
      class: 'tax',
      percent: { factor: 'state-tax' },
      base: { rules: ['energy'] },
      seasons: ['summer'],
    }
    expect(faults({ rules: [tax, { ...energy, quantity: 'mwh' }] })).toEqual([
      '/versions/0/rules/0/seasons: there is no season "summer"',
      '/versions/0/rules/0: there is no bill factor "state-tax"',
      '/versions/0/rules/0/base: there is no rule "energy" before this one',
      '/versions/0/rules/1/quantity: there is no quantity "mwh"',
    ])
  })

  it('names a broken formula and one that uses what comes after it', () => {
    const quantities = [
      { code: 'kva', fn: 'formula' as const, unit: 'kVA', expression: 'kwh / (power_factor' },
      { code: 'double', fn: 'formula' as const, unit: 'kWh', expression: '2 * kwh' },
      { code: 'kwh', fn: 'usage' as const, unit: 'kWh' },
    ]
    expect(faults({ quantities })).toEqual([
      '/versions/0/quantities/0/expression: formula "kwh / (power_factor": unexpected end at token 5',
      '/versions/0/quantities/1/expression: the quantity "kwh" must be written before the formula that uses it',
    ])
  })

  it('names a price of a later line, a factor that is not there, a baseline and a curve that cannot be', () => {
    const quantities = [
      { code: 'kwh', fn: 'usage' as const, unit: 'kWh', flow: 'net' as const },
      { code: 'lossy', fn: 'scaled' as const, of: 'kwh', by: { factor: 'loss' } },
      { code: 'saved', fn: 'event_reduction' as const, event: 'cpp', days: 3, highest: 5 },
    ]
    const green = { ...energy, code: 'green', prices: [{ bands: [{ price: { line: 'energy' } }] }] }
    const spot = { ...energy, prices: [{ bands: [{ price: { curve: 'spot' } }] }] }
    expect(faults({ quantities, rules: [green, spot] })).toEqual([
      '/versions/0/quantities/1: there is no bill factor "loss"',
      '/versions/0/quantities/2/highest: a baseline cannot take the 5 highest of 3 days',
      '/versions/0/rules/0: there is no rule "energy" before this one',
      '/versions/0/rules/1/prices/0/bands: a price curve prices all that is delivered or received, not a part or a difference',
    ])
  })

  it('names versions that do not follow in time', () => {
    const [version] = tariff({}).versions
    const document = TariffDocument.parse({ ...tariff({}), versions: [version, version] })
    expect(checkTariff(document)[0]?.message).toBe(
      'versions must follow in time, but 2025-01-01 is not after 2025-01-01',
    )
  })
})

describe('readTariff', () => {
  it('refuses with one sentence that says where and what, and the list of all faults', () => {
    const broken = { ...tariff({}), currency: 'usd', versions: [] }
    expect(() => readTariff(broken)).toThrow(Refusal)
    expect(() => readTariff(broken)).toThrow(
      'The tariff cannot be used: at /currency, a currency is three capital letters (and 1 more faults).',
    )
  })
})
