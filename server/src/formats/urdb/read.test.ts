import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedDir } from '../../../test/support/shared.ts'
import { Refusal } from '../../platform/errors.ts'
import { readUrdb } from './read.ts'

const allYear = Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => 0))

function record(fields: object): string {
  return JSON.stringify({
    name: 'Residential',
    energyratestructure: [[{ max: 500, rate: 0.1 }, { rate: 0.12 }]],
    energyweekdayschedule: allYear,
    energyweekendschedule: allYear,
    ...fields,
  })
}

function refusal(text: string): Refusal {
  try {
    readUrdb(text)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('the record was read')
}

function faultsOf(fields: object): string[] {
  return refusal(record(fields)).faults.map((fault) => `${fault.pointer} ${fault.code}`)
}

describe('readUrdb', () => {
  it('keeps every digit of a price as it is written', () => {
    const text = record({}).replace('0.12', '13.0930004119873050001').replace('0.1,', '1.5e-3,')
    expect(readUrdb(text.replace('"rate":0.1}', '"rate":1.50e-3}')).energy?.periods).toEqual([
      [
        { max: '500', unit: 'kWh', rate: '0.0015', adj: '0' },
        { unit: 'kWh', rate: '13.0930004119873050001', adj: '0' },
      ],
    ])
  })

  it('reads the field names of version 3', () => {
    const rate = readUrdb(
      record({
        fixedmonthlycharge: 7.5,
        minmonthlycharge: 10,
        annualmincharge: '100.00',
        usenetmetering: true,
      }),
    )
    expect(rate.fixedCharges).toEqual([{ amount: '7.5', unit: '$/month' }])
    expect(rate.minimumCharges).toEqual([
      { amount: '10', unit: '$/month' },
      { amount: '100', unit: '$/year' },
    ])
    expect(rate.dgRules).toBe('Net Metering')
  })

  it('prefers the newer name where a record has both', () => {
    const rate = readUrdb(
      record({ fixedmonthlycharge: 7.5, fixedchargefirstmeter: 8, fixedchargeunits: '$/day' }),
    )
    expect(rate.fixedCharges).toEqual([{ amount: '8', unit: '$/day' }])
  })

  it('reads dates as days, the end half-open', () => {
    // 1556690400 = 2019-05-01T06:00Z, 1561874400 = 2019-06-30T06:00Z, the last day.
    const rate = readUrdb(record({ startdate: 1556690400, enddate: 1561874400 }))
    expect(rate.validFrom).toBe('2019-05-01')
    expect(rate.validUntil).toBe('2019-07-01')
  })

  it('takes an answer of the API with one item, and points into it', () => {
    expect(readUrdb(`{"items":[${record({})}]}`).name).toBe('Residential')
    const bad = refusal(`{"items":[${record({ energyweekdayschedule: [] })}]}`)
    expect(bad.faults[0]?.pointer).toBe('/items/0/energyweekdayschedule')
    expect(refusal(`[${record({})},${record({})}]`).code).toBe('urdb_not_one_rate')
  })

  it('reads flat demand, ratchet, look-back, coincident peak and window', () => {
    const rate = readUrdb(
      record({
        flatdemandstructure: [[{ rate: 5 }], [{ rate: 6 }]],
        flatdemandmonths: [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0],
        flatdemandunit: 'kVA',
        demandwindow: 15,
        demandreactivepowercharge: 0.52,
        lookbackmonths: [1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0],
        lookbackpercent: 0.8,
        coincidentratestructure: [[{ rate: 2 }]],
        coincidentrateschedule: allYear,
      }),
    )
    expect(rate.flatDemand?.periods[1]).toEqual([{ unit: 'kVA', rate: '6', adj: '0' }])
    expect(rate.lookback?.months?.[5]).toBe(true)
    expect(rate.lookback?.percent).toBe('0.8')
    expect(rate.demandWindowMinutes).toBe(15)
    expect(rate.coincident?.periods[0]?.[0]?.rate).toBe('2')
  })

  it('opens a last tier that is closed by a filler', () => {
    const rate = readUrdb(record({ energyratestructure: [[{ max: 9.999999e37, rate: 1 }]] }))
    expect(rate.energy?.periods).toEqual([[{ unit: 'kWh', rate: '1', adj: '0' }]])
  })

  it('lets kWh tiers subdivide an hours-use block', () => {
    const tiers = [
      { unit: 'kWh/kW', max: 200, rate: 1 },
      { unit: 'kWh', max: 3000, rate: 2 },
      { unit: 'kWh', rate: 3 },
      { unit: 'kWh/kW', max: 400, rate: 4 },
      { unit: 'kWh/kW', rate: 5 },
    ]
    expect(readUrdb(record({ energyratestructure: [tiers] })).energy?.periods[0]).toHaveLength(5)
  })

  it('names the place and reason of every fault', () => {
    const short = allYear.map((hours) => hours.slice(1))
    expect(faultsOf({ energyweekdayschedule: short })[0]).toBe('/energyweekdayschedule/0 malformed')
    expect(faultsOf({ energyweekdayschedule: allYear.slice(1) })).toEqual([
      '/energyweekdayschedule malformed',
    ])
    const stray = allYear.map((hours, month) => (month === 6 ? hours.with(17, 3) : hours))
    expect(faultsOf({ energyweekendschedule: stray })).toEqual(['/energyweekendschedule/6/17 period_unknown'])
    const tiers = (...rows: object[]) => faultsOf({ energyratestructure: [rows] })
    const place = '/energyratestructure/0'
    expect(tiers({ max: 500, rate: 1 })).toEqual([`${place}/0/max tier_gap`])
    expect(tiers({ rate: 1 }, { rate: 2 })).toEqual([`${place}/0/max tier_open_early`])
    const falling = tiers({ max: 500, rate: 1 }, { max: 400, rate: 2 }, { rate: 3 })
    expect(falling).toEqual([`${place}/1/max tier_decreasing`])
    expect(tiers({ rate: 1, unit: 'furlong' })).toEqual([`${place}/0/unit unknown_unit`])
    expect(tiers()).toEqual([`${place} no_tier`])
    expect(tiers({ rate: '1e999' })).toEqual([`${place}/0/rate malformed`])
    expect(faultsOf({ fixedchargefirstmeter: 1, fixedchargeunits: '$/week' })).toEqual([
      '/fixedchargeunits unknown_unit',
    ])
    expect(faultsOf({ demandweekdayschedule: stray })).toEqual(['/demandweekdayschedule structure_missing'])
    const twoPeriods = { energyratestructure: [[{ rate: 1 }], [{ rate: 2 }]], energyweekendschedule: null }
    expect(faultsOf(twoPeriods)).toEqual(['/energyweekendschedule schedule_missing'])
    expect(refusal('{"name":"empty"}').faults[0]?.code).toBe('no_prices')
  })

  it('says in one sentence why a text is no rate', () => {
    expect(refusal('{"rate": NaN}').message).toMatch(/not valid JSON.*NaN and Infinity are no numbers\.$/)
    expect(refusal('7').code).toBe('urdb_invalid')
    expect(refusal(record({ energyratestructure: [[{ max: 5, rate: 1 }]] })).message).toBe(
      'The tariff cannot be used: at /energyratestructure/0/0/max, no tier prices what lies above 5 kWh: ' +
        'leave out the last max or add a tier.',
    )
  })
})

const ratesDir = sharedDir && join(sharedDir, 'tariffs/rates')
describe.skipIf(!ratesDir)('shared rates (needs ../shared)', () => {
  const files = ratesDir ? readdirSync(ratesDir) : []
  it('are there', () => expect(files.length).toBeGreaterThan(20))
  it.each(files)('%s reads', (file) => {
    const rate = readUrdb(readFileSync(join(ratesDir ?? '', file), 'utf8'))
    expect(rate.energy?.weekday.length).toBe(12)
  })
})
