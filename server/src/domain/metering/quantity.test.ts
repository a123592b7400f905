import { expect, test } from 'vitest'
import { conversion, fitsService, seriesUnit } from './quantity.ts'

test('units of one kind convert exactly, units of different kinds do not', () => {
  expect(conversion({ unit: 'Wh', scale: 0 }, { unit: 'kWh', scale: 6 })).toEqual({
    multiply: 1_000n,
    divide: 1n,
  })
  expect(conversion({ unit: 'MWh', scale: 3 }, { unit: 'kWh', scale: 6 })).toEqual({
    multiply: 1_000_000n,
    divide: 1n,
  })
  expect(conversion({ unit: 'Wh', scale: 5 }, { unit: 'kWh', scale: 6 })).toEqual({
    multiply: 1n,
    divide: 100n,
  })
  expect(conversion({ unit: 'ccf', scale: 0 }, { unit: 'cf', scale: 0 })).toEqual({
    multiply: 100n,
    divide: 1n,
  })
  expect(conversion({ unit: 'Btu', scale: 0 }, { unit: 'therm', scale: 6 })).toEqual({
    multiply: 10n,
    divide: 1n,
  })
  expect(conversion({ unit: 'therm', scale: 0 }, { unit: 'kWh', scale: 6 })).toBeUndefined()
  expect(conversion({ unit: 'kW', scale: 0 }, { unit: 'kWh', scale: 6 })).toBeUndefined()
})

test('a unit must measure the kind of service', () => {
  expect(fitsService('kWh', 'electricity')).toBe(true)
  expect(fitsService('cf', 'electricity')).toBe(false)
  expect(fitsService('therm', 'gas')).toBe(true)
  expect(fitsService('gal', 'water')).toBe(true)
  expect(fitsService('parsec', 'water')).toBe(false)
})

test('energy is kept in mWh, other quantities in millionths of their unit', () => {
  expect(seriesUnit('Wh')).toEqual({ unit: 'kWh', scale: 6 })
  expect(seriesUnit('ccf')).toEqual({ unit: 'ccf', scale: 6 })
})
