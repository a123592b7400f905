import { expect, test } from 'vitest'
import { createSealer } from './sealer.ts'

const sealer = createSealer(Buffer.alloc(32, 7))

test('a field opens where it was sealed, and looks different each time', () => {
  const sealed = sealer.seal('tok_ñ', 'payment_method:1-1')
  expect(sealer.open(sealed, 'payment_method:1-1')).toBe('tok_ñ')
  expect(sealer.seal('tok_ñ', 'payment_method:1-1').equals(sealed)).toBe(false)
  expect(sealed.includes('tok_')).toBe(false)
})

test('bytes that were moved, changed, cut or sealed with another key do not open', () => {
  const sealed = sealer.seal('tok_1', 'payment_method:1-1')
  expect(() => sealer.open(sealed, 'payment_method:1-2')).toThrow()
  expect(() => createSealer(Buffer.alloc(32, 8)).open(sealed, 'payment_method:1-1')).toThrow()
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => sealer.open(changed, 'payment_method:1-1')).toThrow()
  }
  expect(() => sealer.open(sealed.subarray(0, 10), 'payment_method:1-1')).toThrow()
})
