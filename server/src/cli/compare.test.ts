import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ACTOR, buildTown, CYCLE, NOW, PLAN, TOWN_END } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { formatAccountId } from '../domain/agreements/index.ts'
import { billedBook, billedYear, priceYear, startBillRun, workBillRun } from '../domain/billing/index.ts'
import { compileTariff } from '../domain/rating/index.ts'
import { readTariff } from '../domain/tariffs/index.ts'
import { comparePlans } from './compare.ts'
import { compareBook, readSide } from './tariff/diff.ts'
import { winnersOf } from './tariff/winners.ts'

const tariffs = fileURLToPath(new URL('../../../tariffs', import.meta.url))

const { db } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 3))
const run = await db.transaction((tx) =>
  startBillRun(tx, {
    clientId: town.clientId,
    cycleCode: CYCLE,
    billDate: TOWN_END,
    mode: 'live',
    chunkSize: 10,
    now: NOW,
    actor: ACTOR,
  }),
)
await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, run)

const own = readTariff(PLAN)
/** Without steps: 6.00 a bill, 0.115 a kWh, the same tax. */
const flat = structuredClone(own)
const [customer, energy] = flat.versions[0]?.rules ?? []
if (customer?.kind === 'flat_charge') customer.price = '6.00'
if (energy?.kind === 'service_quantity') energy.prices = [{ bands: [{ price: '0.115' }] }]
const compiled = (tariff: typeof own) => tariff.versions.map((version) => compileTariff(tariff, version))

test('a year under its own plan comes to what was billed, bill by bill', async () => {
  for (const home of town.homes) {
    const year = await billedYear(db.read, home, TOWN_END)
    const { periods } = priceYear(year, compiled(own))
    expect(periods).toHaveLength(3)
    expect(periods.map(({ amountCents }) => amountCents)).toEqual(
      year.periods.map(({ billedCents }) => billedCents),
    )
  }
})

test('the book under two tariffs: who pays more, who pays less', async () => {
  const side = { serviceType: 'electricity' }
  const seen: number[] = []
  const { pairs, leftOut } = await compareBook(
    billedBook(db.read, { clientId: town.clientId, until: TOWN_END, chunkSize: 2 }),
    [
      { ...side, versions: compiled(own) },
      { ...side, versions: compiled(flat) },
    ],
    (done, total) => seen.push(done, total),
  )
  expect([...leftOut]).toEqual([])
  expect(seen).toEqual([2, 3, 3, 3])
  // Home 1 uses 0.6 kWh an hour: 446.4 in January, 403.2 in February, 445.8 in March, which has 743 hours.
  // Before 9.00 + 44.64, 40.32, 44.58 and 5 %: 56.32 + 51.79 + 56.26; after 6.00 + 51.34, 46.37, 51.27: 60.21 + 54.99 + 60.13.
  expect(pairs[0]).toEqual({
    name: formatAccountId(town.homes[0] as never),
    beforeCents: 16437,
    afterCents: 17533,
  })
  // The others: 187.90 and 214.48 before, 201.39 and 227.46 after.
  expect(winnersOf(pairs)).toMatchObject({
    customers: 3,
    winners: 0,
    losers: 3,
    beforeCents: 56675,
    afterCents: 60418,
  })
})

test('plans are compared best first, with the worst bill, and what cannot be priced says why', async () => {
  const [home] = town.homes
  if (!home) throw new Error('the town has no homes')
  const files = ['01-flat', '10-street-lighting'].map((name) => `${tariffs}/${name}/tariff.yaml`)
  const found = await comparePlans(db.read, {
    clientId: town.clientId,
    key: home,
    until: TOWN_END,
    tariffs: [...files, 'res-1'],
  })
  expect(found.plans.map(({ code }) => code)).toEqual(['res-1', 'alder-r'])
  expect(found.plans[0]).toMatchObject({ amountCents: found.billedCents, changeCents: 0 })
  expect(found.notPriced[0]).toMatchObject({ code: 'juniper-sl' })
  expect(found.notPriced[0]?.reason).toMatch(/needs the number "poles"|"lamp_watts"/)
})

test('one version of a file is a side of its own', async () => {
  const side = await readSide(`${tariffs}/01-flat/tariff.yaml@2025-07-01`)
  expect(side.versions.map(({ effectiveFrom }) => effectiveFrom)).toEqual(['2025-07-01'])
  await expect(readSide(`${tariffs}/01-flat/tariff.yaml@2025-07-02`)).rejects.toThrow(
    'has no version from 2025-07-02; there are 2025-01-01, 2025-07-01.',
  )
})
