import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { Temporal } from '../../../platform/time.ts'
import { judge } from './schedule.ts'
import { signMessage } from './signature.ts'

const event = {
  id: 'evt_1_812',
  at: Temporal.Instant.from('2026-04-02T12:00:00Z'),
  type: 'bill.completed',
  subject: 'bill:100000042-3',
  payload: { customerId: 100_000_042, amountDueCents: 1240 },
}

test('a message carries id, time and a signature over both and the body', () => {
  const sentAt = Temporal.Instant.from('2026-04-02T12:00:05Z')
  const key = Buffer.from('0123456789abcdef01234567')
  const secret = `whsec_${key.toString('base64')}`
  const { headers, body } = signMessage(event, [secret, 'whsec_b3RoZXI='], sentAt)
  expect(headers).toMatchObject({ 'webhook-id': 'evt_1_812', 'webhook-timestamp': '1775131205' })
  const expected = createHmac('sha256', key).update(`evt_1_812.1775131205.${body}`).digest('base64')
  const [first, second, ...others] = (headers['webhook-signature'] ?? '').split(' ')
  expect(first).toBe(`v1,${expected}`)
  expect(second).toMatch(/^v1,/)
  expect(others).toEqual([])
  expect(JSON.parse(body)).toEqual({
    type: 'bill.completed',
    timestamp: '2026-04-02T12:00:00Z',
    data: { subject: 'bill:100000042-3', customerId: 100_000_042, amountDueCents: 1240 },
  })
})

test.each([
  [{ status: 204 }, 1, 'delivered'],
  [{ status: 410 }, 1, 'gone'],
  [{ status: 302 }, 1, { waitSeconds: 5 }],
  [{ error: 'no answer' }, 2, { waitSeconds: 300 }],
  [{ status: 503, retryAfterSeconds: 900 }, 2, { waitSeconds: 900 }],
  [{ status: 503, retryAfterSeconds: 10 }, 2, { waitSeconds: 300 }],
  [{ status: 503, retryAfterSeconds: 10 ** 9 }, 2, { waitSeconds: 86_400 }],
  [{ status: 500 }, 9, { waitSeconds: 86_400 }],
  [{ status: 500 }, 10, 'failed'],
] as const)('after %j at attempt %i: %j', (outcome, attempt, verdict) => {
  expect(judge(outcome, attempt, 0.5)).toEqual(verdict) // 0.5 is no jitter
})

test('waits are spread by a tenth either way', () => {
  expect(judge({ status: 500 }, 2, 0)).toEqual({ waitSeconds: 270 }) // 300 - 30
  expect(judge({ status: 500 }, 2, 1)).toEqual({ waitSeconds: 330 }) // 300 + 30
})
