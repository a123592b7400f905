import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { addTestMethod, billHome, openPayingWorld } from '../../test/support/paying-world.ts'
import { broken } from '../../test/support/verified.ts'
import { amountDue, getPaymentRequest, requestPayment } from '../domain/payments/index.ts'
import { openLog } from '../platform/log.ts'
import { drawPaymentTask } from './draw-payments.ts'

/** The January bill of home 1 is 56.32. */
const { db } = await testDatabase()
const world = await openPayingWorld(db)
const [home] = world.homes
if (!home) throw new Error('the world has a home')
await billHome(world, home, '2026-02-01')
const { gateways } = world.work
const draw = drawPaymentTask({ database: db, clock: world.now, log: openLog('test', 'silent'), gateways })

test('a payment that was requested for today is drawn once, however often the worker is woken', async () => {
  const methodNumber = await addTestMethod(world, home, 'sandbox-card-good')
  const wish = { ...home, methodNumber, amountCents: 2000, origin: 'once' as const }
  const requestNumber = await world.act((tx, done) => requestPayment(tx, { ...wish, ...done }))
  const key = { customerId: home.customerId, requestNumber }
  expect(await getPaymentRequest(db.read, key)).toMatchObject({ status: 'waiting' })
  for (let time = 0; time < 2; time++) await draw(key, { signal: new AbortController().signal, attempt: 1 })
  expect(await getPaymentRequest(db.read, key)).toMatchObject({ status: 'paid' })
  // 56.32 - 20.00 = 36.32
  expect(await amountDue(db.read, home, world.today())).toBe(3632)
  expect(await broken(db)).toEqual([])
})
