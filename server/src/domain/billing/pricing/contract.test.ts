import { expect, test } from 'vitest'
import {
  ACTOR,
  addHome,
  buildTown,
  type Home,
  hourly,
  NOW,
  PLAN,
} from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Temporal } from '../../../platform/time.ts'
import { addFact } from '../../agreements/index.ts'
import { exchangeMeter, installMeter, registerMeter } from '../../metering/index.ts'
import { saveTariff, type TariffInput } from '../../tariffs/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import { completeBill, explainBill, getBill } from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const january = { periodEnd: '2026-02-01', billDate: '2026-02-01', now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))

type Version = TariffInput['versions'][number]
const rule = (code: string, quantity: string, price: string | { factor: string }) => ({
  code,
  kind: 'service_quantity' as const,
  text: { en: code },
  class: 'energy',
  quantity,
  prices: [{ bands: [{ price }] }],
})

async function homeOn(number: number, change: Partial<Version>, facts: Record<string, string> = {}) {
  const versions = PLAN.versions.map((version) => ({ ...version, ...change }))
  return await act(async (tx) => {
    const { clientId, companyId } = town
    const document = { ...PLAN, code: `plan-${number}`, versions }
    const { tariffId } = await saveTariff(tx, { clientId, companyId, document, now: NOW })
    const home = await addHome(tx, { ...town, tariffId }, { number, wattHours: 1000 })
    for (const [factCode, value] of Object.entries(facts))
      await addFact(tx, { ...home, factCode, value, startDate: '2026-01-01' })
    return home
  })
}

const linesOf = async (home: Home) => {
  const bill = await act((tx) => completeBill(tx, { ...home, ...january }))
  const { charges } = await getBill(db.read, bill)
  const lines = charges.flatMap((charge) =>
    charge.lines.map((line) => `${line.ruleCode} ${line.amountCents}`),
  )
  return { lines, reproduced: (await explainBill(db.read, bill)).reproduced }
}

const contracted: Partial<Version> = {
  factors: [{ code: 'fuel', overridable: true, values: [{ from: '2025-01-01', value: '0.02' }] }],
  rules: [rule('energy', 'energy', '0.10'), rule('fuel', 'energy', { factor: 'fuel' })],
}

test('prices and factors that an agreement contracted replace those of its plan, and the bill is explained', async () => {
  // 31 x 24 = 744 kWh: 74.40 and 14.88; contracted at 0.08 and 0.015: 59.52 and 11.16.
  const plain = await linesOf(await homeOn(1, contracted))
  expect(plain).toEqual({ lines: ['energy 7440', 'fuel 1488'], reproduced: true })
  const facts = { 'price:energy': '0.08', 'factor:fuel': '0.015' }
  const own = await linesOf(await homeOn(2, contracted, facts))
  expect(own).toEqual({ lines: ['energy 5952', 'fuel 1116'], reproduced: true })
})

test('one that no plan takes, or that is no number, holds the bill and says what to do', async () => {
  const strange = await homeOn(3, contracted, { 'price:enrgy': '0.08' })
  await expect(linesOf(strange)).rejects.toThrow(
    /contracted "price:enrgy", but plan plan-3 has no such price/,
  )
  const period = await homeOn(8, contracted, { 'price:energy/peak': '0.08' })
  await expect(linesOf(period)).rejects.toThrow('contracted "price:energy/peak"')
  const [factor] = contracted.factors ?? []
  const fixed = { ...contracted, factors: [{ ...factor, overridable: false }] } as Partial<Version>
  await expect(linesOf(await homeOn(4, fixed, { 'factor:fuel': '0' }))).rejects.toThrow('"factor:fuel"')
  const text = await homeOn(5, contracted, { 'price:energy': 'cheap' })
  await expect(linesOf(text)).rejects.toThrow('"price:energy" of the agreement is "cheap"')
})

test('no demand window reaches from one meter to the next, also when the bill is explained', async () => {
  const demand: Partial<Version> = {
    quantities: [{ code: 'kw', fn: 'max_demand', windowMinutes: 120, sliding: true }],
    rules: [{ ...rule('demand', 'kw', '10'), measuresPeak: true }],
  }
  // 9 kW from 10 to 12 on 15 January, else 1 kW.
  const peakOn = (home: Home) =>
    act(async (tx) => {
      const [block] = hourly(home, 1000, '2026-01-15', '2026-01-16')
      if (!block) throw new Error('no day')
      const values = Array.from(block.values, (value, hour) =>
        hour === 10 || hour === 11 ? value * 9 : value,
      )
      await recordBlocks(tx, { blocks: [{ ...block, values }], source: 'test', now: NOW })
    })
  const one = await homeOn(6, demand)
  await peakOn(one)
  expect(await linesOf(one)).toEqual({ lines: ['demand 9000'], reproduced: true })

  const two = await homeOn(7, demand)
  await peakOn(two)
  await act(async (tx) => {
    const meter = (badge: string) =>
      registerMeter(tx, {
        clientId: town.clientId,
        badge,
        now: NOW,
        channels: [{ kind: 'interval', unit: 'kWh', flow: 'delivered', intervalSeconds: 3600 }],
      })
    const at = (text: string) => Temporal.Instant.from(text)
    const { servicePointId } = two
    const installedAt = at('2026-01-01T00:00:00-06:00')
    await installMeter(tx, { servicePointId, deviceId: await meter('first'), installedAt })
    await exchangeMeter(tx, {
      servicePointId,
      deviceId: await meter('second'),
      at: at('2026-01-15T11:00:00-06:00'),
    })
  })
  // The window from 10 to 12 is left out: (1 + 9) / 2 = 5 kW x 10.
  expect(await linesOf(two)).toEqual({ lines: ['demand 5000'], reproduced: true })
})
