import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Temporal } from '../../../platform/time.ts'
import { exchangeMeter, installMeter, registerMeter } from '../../metering/index.ts'
import { recordReads } from '../../usage/index.ts'
import { completeBill, explainBill, getBill } from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const at = (text: string) => Temporal.Instant.from(text)

const { home, meters } = await act(async (tx) => {
  const town = await buildTown(tx, 0)
  const home = await addHome(tx, town, { number: 7, measured: false, register: true })
  const channel = {
    kind: 'register' as const,
    unit: 'kWh',
    flow: 'delivered' as const,
    multiplier: '10',
    dials: 5,
  }
  const meters = []
  for (const badge of ['R-1', 'R-2'])
    meters.push(
      await registerMeter(tx, {
        clientId: town.clientId,
        badge,
        channels: [channel],
        configuredAt: at('2025-12-01T00:00:00Z'),
        now: NOW,
      }),
    )
  return { home, meters: meters as [number, number] }
})
const { servicePointId, seriesNumber } = home

async function read(
  deviceId: number,
  readAt: string,
  reading: number,
  quality: 'measured' | 'estimated' = 'measured',
) {
  const reads = [{ servicePointId, seriesNumber, deviceId, readAt: at(readAt), reading, quality }]
  await act((tx) => recordReads(tx, { reads, source: 'test', now: NOW }))
}

test('a register that rolls over is billed by its readings', async () => {
  await act((tx) =>
    installMeter(tx, { servicePointId, deviceId: meters[0], installedAt: at('2025-12-15T12:00:00Z') }),
  )
  await read(meters[0], '2026-01-01T15:00:00Z', 99_980)
  const bill = { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }
  await expect(act((tx) => completeBill(tx, bill))).rejects.toMatchObject({ code: 'reading_missing' })
  await read(meters[0], '2026-02-02T15:00:00Z', 20)
  const whole = await getBill(db.read, await act((tx) => completeBill(tx, bill)))
  // 100000 - 99980 + 20 = 40 steps x 10 = 400 kWh -> 40.00 + 9.00 = 49.00; 5 % = 2.45; 51.45
  expect(whole.charges[0]?.lines.map((line) => line.amountCents)).toEqual([900, 4000, 245])
  expect((await explainBill(db.read, whole)).reproduced).toBe(true)
  expect(await broken(db)).toEqual([])
})

test('an exchanged meter counts until it went, its successor since', async () => {
  const exchangedAt = '2026-02-14T16:00:00Z'
  await read(meters[0], exchangedAt, 35)
  await act((tx) => exchangeMeter(tx, { servicePointId, deviceId: meters[1], at: at(exchangedAt) }))
  await read(meters[1], exchangedAt, 100)
  await read(meters[1], '2026-03-01T15:00:00Z', 120, 'estimated')
  const bill = { ...home, periodEnd: '2026-03-01', billDate: '2026-03-02', ...done }
  const whole = await getBill(db.read, await act((tx) => completeBill(tx, bill)))
  // (35 - 20) + (120 - 100) = 35 steps x 10 = 350 kWh -> 35.00 + 9.00 = 44.00; 2.20; 46.20
  expect(whole.chargesCents).toBe(4620)
  expect((await explainBill(db.read, whole)).reproduced).toBe(true)
})
