import { expect, test } from 'vitest'
import type { Agreement } from '../../agreements/index.ts'
import type { OpenItem } from '../../receivables/index.ts'
import { arrearsOf } from './arrears.ts'

const DAY = '2026-04-01'

function agreement(agreementId: number, more: Partial<Agreement> = {}): Agreement {
  const own = { customerId: 1, agreementId, accountNumber: 1, kind: 'service', status: 'active' }
  return { debtClass: 'regulated', ...own, ...more } as Agreement
}

let items = 0
function item(
  agreementId: number,
  unsettledCents: number,
  dueDate: string | null,
  debtClass = 'regulated',
): OpenItem {
  items += 1
  return { customerId: 1, agreementId, itemId: items, unsettledCents, dueDate, debtClass } as OpenItem
}

const totals = (...given: Parameters<typeof arrearsOf>) =>
  arrearsOf(...given).map(({ debtClass, stage, amountCents, buckets }) => [
    debtClass,
    stage,
    amountCents,
    buckets,
  ])

test('what is past due is summed by age: 1 to 30 days, to 60, to 90, more', () => {
  const owed = [
    item(1, 100, '2026-03-31'), // 1 day
    item(1, 200, '2026-03-02'), // 30 days
    item(1, 400, '2026-03-01'), // 31 days
    item(1, 800, '2026-01-01'), // 90 days
    item(1, 1600, '2025-12-31'), // 91 days
    item(1, 3200, '2026-04-01'), // due today: not past
    item(1, 6400, null),
  ]
  expect(totals(owed, [agreement(1)], [], DAY)).toEqual([
    ['regulated', 'served', 100 + 200 + 400 + 800 + 1600, [300, 400, 800, 1600]],
  ])
  expect(arrearsOf(owed, [agreement(1)], [], DAY)[0]).toMatchObject({
    daysPastDue: 91,
    oldestDueDate: '2025-12-31',
  })
})

test('free credits of the account pay the oldest debt first, but not debt written off', () => {
  const own = [agreement(1), agreement(2, { kind: 'overpayment' }), agreement(3, { kind: 'write_off' })]
  const owed = [
    item(1, 500, '2026-01-01'),
    item(1, 700, '2026-03-20'),
    item(2, -600, null),
    item(3, -900, null),
  ]
  // 500 of the credit pay the old debt, 100 the newer one.
  expect(totals(owed, own, [], DAY)).toEqual([['regulated', 'served', 600, [600, 0, 0, 0]]])
})

test('a dispute lessens the debt, an agreement that is protected altogether does not count', () => {
  const own = [agreement(1), agreement(2)]
  const owed = [item(1, 500, '2026-03-01'), item(2, 700, '2026-03-01')]
  const scope = { customerId: 1, accountNumber: 1 }
  expect(totals(owed, own, [{ ...scope, agreementId: 1, amountCents: 200 }], DAY)[0]?.[2]).toBe(1000)
  expect(totals(owed, own, [{ ...scope, agreementId: 2, amountCents: null }], DAY)[0]?.[2]).toBe(500)
  expect(totals(owed, own, [{ ...scope, agreementId: null, amountCents: 5_000 }], DAY)).toEqual([])
})

test('debt of service that ended is apart; an arrangement follows the services of its account', () => {
  const own = [
    agreement(1, { status: 'stopped' }),
    agreement(2),
    agreement(3, { kind: 'arrangement', debtClass: 'arrangement' }),
    agreement(4, { accountNumber: 2, status: 'closed' }),
    agreement(5, { accountNumber: 2, kind: 'arrangement', debtClass: 'arrangement' }),
  ]
  const classes = ['regulated', 'regulated', 'arrangement', 'regulated', 'arrangement']
  const owed = classes.map((debtClass, index) => item(index + 1, (index + 1) * 100, '2026-03-15', debtClass))
  expect(totals(owed, own, [], DAY).map(([debtClass, stage, amount]) => [debtClass, stage, amount])).toEqual([
    ['regulated', 'stopped', 100],
    ['regulated', 'served', 200],
    ['arrangement', 'served', 300],
    ['regulated', 'stopped', 400],
    ['arrangement', 'stopped', 500],
  ])
})

test('a fee on a service is a debt of its own class; a deposit is not asked of service that ended', () => {
  const owed = [
    item(1, 500, '2026-03-15'),
    item(1, 300, '2026-03-15', 'fee'),
    item(2, 700, '2026-03-15', 'deposit'),
  ]
  const deposit = agreement(2, { kind: 'deposit', debtClass: 'deposit' })
  const classes = (status: Agreement['status']) =>
    totals(owed, [agreement(1, { status }), deposit], [], DAY).map(([debtClass, , amount]) => [
      debtClass,
      amount,
    ])
  expect(classes('active')).toEqual([
    ['regulated', 500],
    ['fee', 300],
    ['deposit', 700],
  ])
  expect(classes('stopped')).toEqual([
    ['regulated', 500],
    ['fee', 300],
  ])
})
