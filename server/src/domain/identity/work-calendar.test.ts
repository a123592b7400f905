import { expect, test } from 'vitest'
import { workCalendarOf } from './work-calendar.ts'

// 2026-05-25 is a Monday and Memorial Day.
const calendar = workCalendarOf(['2026-05-25'])

test('weekends and holidays are no work days', () => {
  expect(
    ['2026-05-22', '2026-05-23', '2026-05-24', '2026-05-25', '2026-05-26'].map(calendar.isWorkDay),
  ).toEqual([true, false, false, false, true])
})

test('a day that is closed moves to the next open one; an open one stays', () => {
  expect(calendar.nextWorkDay('2026-05-23')).toBe('2026-05-26')
  expect(calendar.nextWorkDay('2026-05-22')).toBe('2026-05-22')
})

test('work days are counted over weekends and holidays', () => {
  expect(calendar.addWorkDays('2026-05-22', 0)).toBe('2026-05-22')
  expect(calendar.addWorkDays('2026-05-22', 1)).toBe('2026-05-26')
  expect(calendar.addWorkDays('2026-05-21', 5)).toBe('2026-05-29')
})
