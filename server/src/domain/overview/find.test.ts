import { expect, test } from 'vitest'
import { type Match, rank } from './found.ts'
import { readQuery } from './read-query.ts'

const CUSTOMER = 1_00000042

test.each([
  ['00000042-01-0001', { account: { customerId: CUSTOMER, agreementId: 10_001 } }],
  ['42-1-1', { account: { customerId: CUSTOMER, agreementId: 10_001 } }],
  ['00000042010001', { account: { customerId: CUSTOMER, agreementId: 10_001 } }],
  ['00000042-0003', { bill: { customerId: CUSTOMER, billId: 3 } }],
  ['000000420003', { bill: { customerId: CUSTOMER, billId: 3 } }],
  ['42', { customerNumber: 42 }],
  ['(217) 555-0142', { phoneDigits: '2175550142' }],
  ['+1 217.555.0142', { phoneDigits: '2175550142' }],
  ['Rosa@Example.com', { email: 'rosa@example.com' }],
  ['88120417', { badge: '88120417', customerNumber: 88_120_417, phoneDigits: '88120417' }],
  ['María  Delgado', { words: 'maria delgado' }],
  ['1420 Pine', { words: '1420 pine' }],
])('"%s" is read as it was meant', (query, expected) => {
  expect(readQuery(1, query)).toMatchObject(expected)
})

test('a name is no number, and a phone is no name', () => {
  expect(readQuery(1, 'Delgado')).not.toHaveProperty('badge')
  expect(readQuery(1, '(217) 555-0142')).not.toHaveProperty('words')
})

test('each record is shown once, by its best match, best first', () => {
  const match = (agreementId: number, score: number, field: Match['field']): Match => ({
    kind: 'account',
    customerId: CUSTOMER,
    agreementId,
    billId: null,
    premiseId: null,
    field,
    value: '',
    score,
  })
  const matches = [match(10_001, 60, 'address'), match(10_002, 70, 'name'), match(10_001, 90, 'phone')]
  expect(rank(matches, 10).map(({ agreementId, field }) => [agreementId, field])).toEqual([
    [10_001, 'phone'],
    [10_002, 'name'],
  ])
  expect(rank(matches, 1)).toHaveLength(1)
})
