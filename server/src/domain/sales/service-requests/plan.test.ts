import { expect, test } from 'vitest'
import { planSteps } from './plan.ts'
import { DEFAULT_POLICY as policy } from './policy.ts'

const plan = (kind: 'start' | 'stop' | 'transfer', startDate: string | null, stopDate: string | null) =>
  planSteps({ kind, startDate, stopDate }, policy).map((step) => `${step.kind} ${step.dueDate}`)

test('a transfer with both places for a while begins service before it ends it', () => {
  expect(plan('transfer', '2026-02-11', '2026-02-13').slice(-6)).toEqual([
    'begin_service 2026-02-11',
    'end_service 2026-02-13',
    'carry_deposits 2026-02-13',
    'final_bill 2026-02-13',
    'carry_balance 2026-02-13',
    // 30 days in which it can be reinstated
    'close_agreements 2026-03-16',
  ])
})

test('a transfer with a gap ends service first', () => {
  expect(plan('transfer', '2026-02-20', '2026-02-13').slice(-6)).toEqual([
    'end_service 2026-02-13',
    'carry_deposits 2026-02-13',
    'final_bill 2026-02-13',
    'carry_balance 2026-02-13',
    'begin_service 2026-02-20',
    'close_agreements 2026-03-16',
  ])
})

test('what is done at once comes first and has no day', () => {
  const [first, ...rest] = plan('start', '2026-02-11', null)
  expect(first).toBe('check_start null')
  expect(rest.at(-1)).toBe('begin_service 2026-02-11')
  expect(rest.slice(0, -1).every((step) => step.endsWith(' null'))).toBe(true)
})
