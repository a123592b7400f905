import { describe, expect, it } from 'vitest'
import { holidaysOf, inSeason, windowsOf } from './calendar.ts'
import { Holiday, TouMap } from './tariff.ts'

describe('holidaysOf', () => {
  const holidays = [
    { name: 'Independence Day', monthDay: '07-04', observed: 'nearest_weekday' as const },
    { name: 'Christmas Day', monthDay: '12-25', observed: 'monday_if_sunday' as const },
    { name: 'Thanksgiving', month: 11, weekday: 'thu' as const, nth: 4 },
    { name: 'Memorial Day', month: 5, weekday: 'mon' as const, nth: -1 },
    { name: 'A day of its own', date: '2026-08-31' },
  ].map((holiday) => Holiday.parse(holiday))

  it('finds the weekday of a month, first to last', () => {
    expect([...holidaysOf(holidays, 2025)]).toEqual(['2025-07-04', '2025-12-25', '2025-11-27', '2025-05-26'])
  })

  it('moves a day that falls on a weekend by its rule: 4 July 2026 is a Saturday, 25 December 2022 a Sunday', () => {
    expect(holidaysOf(holidays, 2026)).toContain('2026-07-03')
    expect(holidaysOf(holidays, 2022)).toContain('2022-12-26')
    expect(holidaysOf(holidays, 2026)).toContain('2026-08-31')
  })
})

describe('inSeason', () => {
  const winter = { code: 'winter', ranges: [{ from: '10-01', until: '06-01' }] }

  it('runs over New Year, its end excluded', () => {
    const days = ['2025-09-30', '2025-10-01', '2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01']
    expect(days.map((day) => inSeason(winter, day))).toEqual([false, true, true, true, true, false])
  })
})

describe('windowsOf', () => {
  const plain = TouMap.parse({
    code: 'tou',
    periods: ['peak', 'off'].map((code) => ({ code, text: { en: code } })),
    rows: [{ days: ['weekday'], from: '16:00', until: '21:00', period: 'peak' }],
    otherwise: 'off',
  })
  const never = () => false

  it('fills what rows leave with the period that is otherwise', () => {
    expect(windowsOf(plain, 'mon', false, never)).toEqual([
      { fromMinute: 0, untilMinute: 960, period: 1 },
      { fromMinute: 960, untilMinute: 1260, period: 0 },
      { fromMinute: 1260, untilMinute: 1440, period: 1 },
    ])
  })

  it('treats a holiday as its weekday unless the map names holidays', () => {
    expect(windowsOf(plain, 'mon', true, never)).toHaveLength(3)
    const kept = {
      ...plain,
      rows: [...plain.rows, { days: ['holiday' as const], from: '00:00', until: '24:00', period: 'off' }],
    }
    expect(windowsOf(kept, 'mon', true, never)).toEqual([{ fromMinute: 0, untilMinute: 1440, period: 1 }])
    expect(windowsOf(kept, 'mon', false, never)).toHaveLength(3)
  })
})
