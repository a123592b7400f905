import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedDir } from '../../../test/support/shared.ts'
import { readTariff } from '../../domain/tariffs/index.ts'
import { readUrdb } from './read.ts'
import { toTariff } from './to-tariff.ts'

const hours = (period: number) => Array.from({ length: 24 }, () => period)
const summerMonths = (summer: number[], winter: number[]) =>
  Array.from({ length: 12 }, (_, month) => (month >= 5 && month <= 8 ? summer : winter))
const afternoon = Array.from({ length: 24 }, (_, hour) => (hour >= 14 && hour < 19 ? 1 : 0))

function urdb(fields: object): string {
  return JSON.stringify({
    label: 'ABC123',
    name: 'General Service',
    energyratestructure: [[{ rate: 0.1, adj: 0.0125 }], [{ rate: 0.25 }]],
    energyweekdayschedule: summerMonths(afternoon, hours(0)),
    energyweekendschedule: summerMonths(hours(0), hours(0)),
    ...fields,
  })
}

const convert = (fields: object) => {
  const { tariff, notExpressed } = toTariff(readUrdb(urdb(fields)))
  return { document: readTariff(tariff), notExpressed }
}

describe('toTariff', () => {
  it('groups months into seasons and hours into windows, and adds adj to rate exactly', () => {
    const [version] = convert({}).document.versions
    expect(version?.seasons).toEqual([
      {
        code: 'energy-1',
        ranges: [
          { from: '01-01', until: '06-01' },
          { from: '10-01', until: '01-01' },
        ],
      },
      { code: 'energy-2', ranges: [{ from: '06-01', until: '10-01' }] },
    ])
    const summerWeekday = version?.touMaps[0]?.rows.filter(
      (row) => row.seasons?.[0] === 'energy-2' && row.days[0] === 'weekday',
    )
    expect(summerWeekday?.map(({ from, until, period }) => `${from}-${until} ${period}`)).toEqual([
      '00:00-14:00 p0',
      '14:00-19:00 p1',
      '19:00-24:00 p0',
    ])
    const [energy] = version?.rules ?? []
    expect(energy).toMatchObject({
      prices: [
        { tou: 'p0', bands: [{ price: '0.1125' }] },
        { tou: 'p1', bands: [{ price: '0.25' }] },
      ],
    })
  })

  it('makes kWh steps after a kWh/kW step subdivisions of its block', () => {
    const tiers = [
      { unit: 'kWh/kW', rate: 0.03, max: 200 },
      { unit: 'kWh', rate: 0.13, max: 3000 },
      { unit: 'kWh', rate: 0.1 },
      { unit: 'kWh/kW', rate: 0.01 },
    ]
    const [version] = convert({ energyratestructure: [tiers, tiers] }).document.versions
    const energy = version?.rules[0]
    expect(energy?.kind === 'service_quantity' && energy.prices[0]?.bands).toEqual([
      {
        upTo: { value: '200', per: 'kw', of: 'billing-demand' },
        price: '0.03',
        within: [{ upTo: { value: '3000', per: 'bill' }, price: '0.13' }, { price: '0.1' }],
      },
      { price: '0.01' },
    ])
  })

  it('names what it could not express, and why', () => {
    const { notExpressed } = convert({
      dgrules: 'Net Metering',
      demandreactivepowercharge: 0.52,
      peakkwcapacitymin: 500,
    })
    expect(notExpressed.map(({ field }) => field)).toEqual([
      'dgrules',
      'demandreactivepowercharge',
      'peakkwcapacity*, voltage*, phasewiring',
    ])
  })

  it('carries fixed, minimum, flat demand and ratchet', () => {
    const { document } = convert({
      fixedchargefirstmeter: 12.5,
      fixedchargeunits: '$/month',
      mincharge: 30,
      minchargeunits: '$/month',
      flatdemandstructure: [[{ rate: 5 }], [{ rate: 9 }]],
      flatdemandmonths: [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0],
      lookbackpercent: 0.8,
      lookbackrange: 11,
    })
    const [version] = document.versions
    expect(version?.rules.map((rule) => `${rule.kind} ${rule.code}`)).toEqual([
      'flat_charge fixed',
      'service_quantity energy',
      'service_quantity demand',
      'minimum minimum',
    ])
    expect(version?.quantities.find((quantity) => quantity.code === 'billing-demand')).toMatchObject({
      lookbackMonths: 11,
      percentByMonth: Array.from({ length: 12 }, () => '80'),
    })
  })

  it('bills flat demand in kVA, horsepower and kW of each day by quantities made of the measured power', () => {
    const made = (unit: string) =>
      convert({ flatdemandstructure: [[{ rate: 5 }]], flatdemandunit: unit }).document.versions[0]?.quantities
    expect(made('kVA')?.at(-1)).toMatchObject({ unit: 'kVA', expression: 'peak / power_factor' })
    expect(made('hp')?.at(-1)).toMatchObject({ unit: 'hp', expression: 'peak / 0.745699872' })
    expect(made('kW daily')?.at(-1)).toMatchObject({ fn: 'max_demand', each: 'day', take: 'sum' })
  })

  it('names a field that the database does not have', () => {
    const { notExpressed } = convert({ fixedchargefirstmeter: 5, lunarcharge: 3, _remark: 'mine' })
    expect(notExpressed).toEqual([{ field: 'lunarcharge', reason: 'no field of the database has this name' }])
  })

  it.skipIf(!sharedDir)('turns every rate of the reference data into a tariff without faults', () => {
    const folder = join(sharedDir ?? '', 'tariffs/rates')
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const { tariff } = toTariff(readUrdb(readFileSync(join(folder, file), 'utf8')))
      expect(readTariff(tariff).versions, file).toHaveLength(1)
    }
  })
})
