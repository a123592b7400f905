import { expect, test } from 'vitest'
import type { TokenisedMethod } from '../gateways/gateway.ts'
import { checkMethod, isRoutingNumber, looksLikeNumber, nicknameFor } from './method.ts'

const TODAY = '2026-03-01'
const card: TokenisedMethod = {
  kind: 'card',
  token: 'tok_1',
  lastFour: '4242',
  holderName: 'Home Number 1',
  brand: 'visa',
  expiresOn: '2026-04-01',
}
const bank: TokenisedMethod = {
  kind: 'bank',
  token: 'tok_2',
  lastFour: '6789',
  holderName: 'Home Number 1',
  routingNumber: '011000015',
}

test('a routing number counts 3, 7 and 1 times its digits', () => {
  // 3*0 + 7*1 + 1*1 + 3*0 + 7*0 + 1*0 + 3*0 + 7*1 + 1*5 = 20
  expect(isRoutingNumber('011000015')).toBe(true)
  // one more at the end: 21
  expect(isRoutingNumber('011000016')).toBe(false)
  expect(['01100001', '0110000150', 'a11000015', '000000000'].some(isRoutingNumber)).toBe(false)
})

test('a card and a bank account are taken as tokens', () => {
  expect(() => checkMethod(card, TODAY)).not.toThrow()
  expect(() => checkMethod(bank, TODAY)).not.toThrow()
})

test.for<[string, Partial<TokenisedMethod>, string]>([
  ['a card number', { token: '4242424242424242' }, 'account_number_refused'],
  ['a grouped card number', { token: '4242 4242-4242 4242' }, 'account_number_refused'],
  ['an account number', { token: '000123456789' }, 'account_number_refused'],
  ['no token', { token: '' }, 'method_token'],
  ['five last digits', { lastFour: '42424' }, 'last_four_wrong'],
  ['no holder', { holderName: ' ' }, 'holder_missing'],
  ['an expired card', { expiresOn: TODAY }, 'card_expired'],
  ['a card with a routing number', { routingNumber: '011000015' }, 'routing_number_wrong'],
])('%s is refused', ([, change, code]) => {
  expect(() => checkMethod({ ...card, ...change }, TODAY)).toThrow(expect.objectContaining({ code }))
})

test('a bank account needs a right routing number', () => {
  const wrong = expect.objectContaining({ code: 'routing_number_wrong' })
  expect(() => checkMethod({ ...bank, routingNumber: '123456789' }, TODAY)).toThrow(wrong)
  const { routingNumber: _, ...without } = bank
  expect(() => checkMethod(without, TODAY)).toThrow(wrong)
})

test('a nickname is short and no number', () => {
  expect(nicknameFor(undefined, card)).toBe('visa 4242')
  expect(nicknameFor(' Main ', card)).toBe('Main')
  expect(() => nicknameFor('x'.repeat(61), card)).toThrow()
  expect(() => nicknameFor('4242424242424242', card)).toThrow()
  expect(looksLikeNumber('visa 4242')).toBe(false)
})
