import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchOldestFirst, type OpenItem } from './open-item.ts'

const item = (
  itemId: number,
  unsettledCents: number,
  dueDate: string | null,
  agreementId = 10001,
): OpenItem => ({
  customerId: 100000001,
  itemId,
  agreementId,
  accountNumber: 1,
  debtClass: 'regulated',
  kind: unsettledCents > 0 ? 'charge' : 'payment',
  reference: `charge:${itemId}`,
  entryId: itemId,
  billId: null,
  aroseOn: '2026-01-15',
  dueDate,
  deferred: false,
  amountCents: unsettledCents,
  unsettledCents,
})

test('the oldest due debit is paid first, by what is there', () => {
  const items = [item(1, 500, '2026-03-01'), item(2, 300, '2026-02-01'), item(3, -400, null)]
  expect(matchOldestFirst(items)).toEqual([
    { debitItemId: 2, creditItemId: 3, amountCents: 300 },
    { debitItemId: 1, creditItemId: 3, amountCents: 100 },
  ])
})

test('a credit never pays another agreement', () => {
  expect(matchOldestFirst([item(1, 500, null, 10001), item(2, -500, null, 10002)])).toEqual([])
})

test('whatever is open, matches settle the smaller side of each agreement whole and nothing more', () => {
  const amounts = fc.array(
    fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 10001, max: 10003 })),
  )
  fc.assert(
    fc.property(amounts, (rows) => {
      const items = rows.map(([cents, agreementId], index) => item(index + 1, cents || 1, null, agreementId))
      const matches = matchOldestFirst(items)
      for (const agreementId of [10001, 10002, 10003]) {
        const own = items.filter((one) => one.agreementId === agreementId)
        const side = (sign: 1 | -1) =>
          own.reduce((sum, one) => sum + Math.max(0, sign * one.unsettledCents), 0)
        const ids = new Set(own.map((one) => one.itemId))
        const settled = matches.filter((match) => ids.has(match.debitItemId))
        expect(settled.every((match) => ids.has(match.creditItemId) && match.amountCents > 0)).toBe(true)
        expect(settled.reduce((sum, match) => sum + match.amountCents, 0)).toBe(Math.min(side(1), side(-1)))
      }
    }),
  )
})
