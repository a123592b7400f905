import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { completeBill, explainBill, getBill } from '../index.ts'

const { db, owner } = await testDatabase()

test('points count with their days, sign and percent', async () => {
  const { home, sub } = await db.transaction(async (tx) => {
    const town = await buildTown(tx, 0)
    const home = await addHome(tx, town, { number: 1, wattHours: 600 })
    const sub = await addHome(tx, town, { number: 2, wattHours: 200 })
    return { home, sub }
  })
  // From the 11th on, half of the other home's point is taken off; that home's own agreement is out of the way.
  await sql`update agreement set status = 'cancelled' where customer_id = ${sub.customerId}`.execute(
    owner.read,
  )
  await sql`
    insert into agreement_point (customer_id, agreement_id, point_number, service_point_id, start_date, sign, percent)
    values (${home.customerId}, ${home.agreementId}, 2, ${sub.servicePointId}, '2026-01-11', -1, 50)`.execute(
    owner.read,
  )
  const bill = await db.transaction((tx) =>
    completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', now: NOW, actor: ACTOR }),
  )
  const whole = await getBill(db.read, bill)
  // 31 x 24 x 0.6 - 21 x 24 x 0.2 x 50 % = 446.4 - 50.4 = 396.0 kWh -> 39.60 + 9.00 = 48.60; 2.43; 51.03
  expect(whole.charges[0]?.lines.map((line) => line.amountCents)).toEqual([900, 3960, 243])
  expect((await explainBill(db.read, whole)).reproduced).toBe(true)
  expect(await broken(db)).toEqual([])
})
