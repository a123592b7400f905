import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACTOR, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { owe, quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import { type Tx, undone } from '../../../platform/db/index.ts'
import { startAgreement } from '../../agreements/index.ts'
import { postedBy } from '../../receivables/index.ts'
import { type BatchPayment, recordPayments } from '../index.ts'

/** Three homes with a service, a fee and an arrangement each: agreements 10001, 10002 and 10003. */
const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const town = await db.transaction(async (tx) => {
  const made = await quietTown(tx, 3)
  for (const { customerId, accountNumber } of made.homes)
    for (const debtClass of ['fee', 'arrangement'])
      await startAgreement(tx, {
        customerId,
        accountNumber,
        kind: 'item',
        debtClass,
        startDate: '2026-01-01',
        now: NOW,
      })
  return made
})
const customerIds = town.homes.map(({ customerId }) => customerId)
const day = fc.integer({ min: 10, max: 28 }).map((number) => `2026-01-${number}`)
const place = { home: fc.nat(2), day, amountCents: fc.integer({ min: 1, max: 5000 }) }
const debts = fc.array(fc.record({ ...place, agreement: fc.nat(2) }), { maxLength: 8 })
const payments = fc.array(fc.record(place), { minLength: 1, maxLength: 8 })
type Wish<Arbitrary> = Arbitrary extends fc.Arbitrary<(infer One)[]> ? One : never

async function posted(
  tx: Tx,
  owed: readonly Wish<typeof debts>[],
  batches: readonly (readonly Wish<typeof payments>[])[],
) {
  for (const { home, agreement, amountCents, day: dueDate } of owed) {
    const key = town.homes[home]
    if (key) await owe(tx, { ...key, agreementId: key.agreementId + agreement }, amountCents, dueDate)
  }
  return postedBy(tx, customerIds, async () => {
    for (const batch of batches)
      await recordPayments(tx, {
        clientId: town.clientId,
        source: 'lockbox',
        payments: batch.flatMap(({ home, amountCents, day: paymentDate }): BatchPayment[] => {
          const key = town.homes[home]
          return key ? [{ ...key, amountCents, paymentDate, method: 'check' }] : []
        }),
        ...done,
      })
  })
}

test('any payments in one batch end in the entries, items and settlements of the same one by one', async () => {
  await fc.assert(
    fc.asyncProperty(debts, payments, async (owed, paid) => {
      await db.transaction(async (tx) => {
        const together = await undone(tx, () => posted(tx, owed, [paid]))
        const singly = await undone(tx, () =>
          posted(
            tx,
            owed,
            paid.map((one) => [one]),
          ),
        )
        expect(together.posted).toEqual(singly.posted)
        expect(together.posted.entries).toHaveLength(paid.length)
      })
    }),
    { numRuns: 40, seed: 4 },
  )
  expect(await broken(db)).toEqual([])
})
