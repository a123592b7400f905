import { expect, test } from 'vitest'
import { isInSeason } from './landlord.ts'

const service = { serviceKind: 'gas' as const, tariffId: 1 }

test('a landlord without a season takes service all year', () => {
  expect(isInSeason({ ...service, seasonStart: null, seasonEnd: null }, '2026-07-04')).toBe(true)
})

test.each([
  ['2026-10-31', false],
  ['2026-11-01', true],
  ['2027-02-28', true],
  ['2027-04-01', false],
])('a heating season runs over the turn of the year: %s %s', (day, expected) => {
  expect(isInSeason({ ...service, seasonStart: '11-01', seasonEnd: '04-01' }, day)).toBe(expected)
})

test.each([
  ['2026-05-31', false],
  ['2026-06-01', true],
  ['2026-09-01', false],
])('a summer season ends before its end: %s %s', (day, expected) => {
  expect(isInSeason({ ...service, seasonStart: '06-01', seasonEnd: '09-01' }, day)).toBe(expected)
})
