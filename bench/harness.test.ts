import { expect, it } from 'vitest'
import { toTable } from './harness.ts'

it('writes how many times as fast as the peer a figure is: 5000 / 10 = 500', () => {
  const peer = { name: 'peer', perSecond: 10, unit: 'bills', medianMs: 100, runs: 20 }
  const ours = { ...peer, name: 'ours', perSecond: 5000, medianMs: 0.2, timesPeer: 5000 / 10 }
  const lines = toTable([peer, ours]).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/^ours over the peer {2,}500\.0 times$/)
})
