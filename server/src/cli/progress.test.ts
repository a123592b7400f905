import { expect, test } from 'vitest'
import { openProgress, type ProgressOptions } from './progress.ts'

/** What a progress over 40 accounts, one each half second, writes to a stream. */
function written(options: Partial<ProgressOptions>, isTTY: boolean): string {
  let text = ''
  let now = 0
  const stream = { isTTY, columns: 80, write: (part: string) => (text += part) }
  const progress = openProgress({ label: 'Billing', total: 40, stream, elapsedMs: () => now, ...options })
  for (let done = 1; done <= 40; done++) {
    now += 500
    progress.update(done)
  }
  progress.finish('2 held')
  return text
}

test('elsewhere than on a terminal it is a plain line each five percent', () => {
  const lines = written({ unit: 'accounts' }, false).trimEnd().split('\n')
  // 40 accounts: every second one passes another five percent; the last line is the finish.
  expect(lines).toHaveLength(1 + 20 + 1)
  expect(lines[10]).toBe('Billing: 20 of 40 accounts (50 %), 2/s')
  expect(lines.at(-1)).toBe('Billing: 40 of 40 accounts (100 %), 2/s, 2 held')
})

test('on a terminal it is one bar, redrawn', () => {
  const text = written({}, true)
  expect(text.split('\n')).toHaveLength(2)
  expect(text).toContain('[############------------] 50 % 20/40, 2/s, 10 s left')
})

test('for machines it is one event a line', () => {
  const events = written({ json: true }, true)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events[10]).toEqual({ event: 'progress', label: 'Billing', done: 20, total: 40, seconds: 10 })
  expect(events.at(-1)).toMatchObject({ done: 40, note: '2 held' })
})

test('an unknown whole is told at the end only, or live on a terminal', () => {
  let text = ''
  const stream = { write: (part: string) => (text += part) }
  const progress = openProgress({ label: 'Rows', stream, elapsedMs: () => 1000 })
  progress.update(5)
  progress.finish()
  expect(text).toBe('Rows: 5, 5/s\n')
})
