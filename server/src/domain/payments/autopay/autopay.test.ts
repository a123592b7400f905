import { expect, test } from 'vitest'
import { checkDrawRule, drawDateOf, drawsOn } from './autopay.ts'

const bill = { dueDate: '2026-03-20' }

test('a bill is drawn on its due date, some days before, or on a fixed day', () => {
  expect(drawDateOf({ rule: 'due_date' }, bill, '2026-03-01')).toBe('2026-03-20')
  expect(drawDateOf({ rule: 'days_before', days: 5 }, bill, '2026-03-01')).toBe('2026-03-15')
  expect(drawDateOf({ rule: 'fixed_day', day: 10 }, bill, '2026-03-01')).toBe('2026-03-10')
})

test('no day before the earliest is a day to draw: a fixed day moves to the next month', () => {
  expect(drawDateOf({ rule: 'due_date' }, bill, '2026-03-25')).toBe('2026-03-25')
  expect(drawDateOf({ rule: 'days_before', days: 28 }, bill, '2026-03-01')).toBe('2026-03-01')
  expect(drawDateOf({ rule: 'fixed_day', day: 10 }, bill, '2026-03-10')).toBe('2026-03-10')
  expect(drawDateOf({ rule: 'fixed_day', day: 10 }, bill, '2026-03-11')).toBe('2026-04-10')
  expect(drawDateOf({ rule: 'fixed_day', day: 28 }, bill, '2026-12-31')).toBe('2027-01-28')
})

test.for([0, 29, 1.5])('day %s is refused', (day) => {
  expect(() => checkDrawRule({ rule: 'fixed_day', day })).toThrow(/1 to 28/)
  expect(() => checkDrawRule({ rule: 'days_before', days: day })).toThrow(/1 to 28/)
})

test('an autopay draws from its first day to the day before its end, unless suspended', () => {
  const autopay = { startDate: '2026-03-01', endDate: '2026-04-01', suspendedAt: null }
  expect(
    ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((day) => drawsOn(autopay, day)),
  ).toEqual([false, true, true, false])
})
