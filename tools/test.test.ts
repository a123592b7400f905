import { expect, test } from 'vitest'
import { closingLine, countTests } from './test.ts'

const file = (status: string, ...assertions: string[]) => ({
  status,
  name: 'a.test.ts',
  message: '',
  assertionResults: assertions.map((assertion) => ({ status: assertion })),
})

test('counts passed, failed and skipped tests', () => {
  const run = {
    testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending', 'todo')],
  }
  expect(countTests(run, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('a file that did not load, a crash and an error outside tests each count as a failure', () => {
  expect(countTests({ testResults: [file('failed')] }, 1).failed).toBe(1)
  expect(countTests(undefined, 1).failed).toBe(1)
  expect(countTests({ testResults: [file('passed', 'passed')] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  })
})

test('the closing line names skipped tests only when there are some', () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
})
