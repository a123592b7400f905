import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { decryptField, encryptField } from './field-cipher.ts'

const key = randomBytes(32)

test('what was encrypted is read back with its key only, and never looks the same twice', () => {
  const [field, again] = [encryptField(key, 'whsec_señal'), encryptField(key, 'whsec_señal')]
  expect(decryptField(key, field)).toBe('whsec_señal')
  expect(field.equals(again)).toBe(false)
  expect(field.includes('whsec')).toBe(false)
  expect(() => decryptField(randomBytes(32), field)).toThrow()
})

test('a changed field is no field', () => {
  const field = encryptField(key, 'secret')
  field[field.length - 1] = (field.at(-1) ?? 0) ^ 1
  expect(() => decryptField(key, field)).toThrow()
})
