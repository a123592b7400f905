import { expect, test } from 'vitest'
import {
  billDocument,
  completeBill,
  getBill,
  HOLD_KIND,
  rebillCharge,
  releaseHold,
  saveTolerance,
  startBillRun,
  type Tolerance,
  workBillRun,
} from '../../src/domain/billing/index.ts'
import { postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { findWorkItems } from '../../src/domain/work/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import { ACTOR, CYCLE, type Home, hourly } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** Three windows of a town whose bills are looked at: too high, estimated again, nothing used. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 4, from: '2026-02-01' })
const { clientId } = world.town
const [high, guessed, empty, usual] = world.homes as [Home, Home, Home, Home]
const RULE: Tolerance = {
  ...{ ruleNumber: 1, companyId: null, customerClass: null, kind: 'high', percent: '50', amountCents: 1000 },
  ...{ inARow: 1, outcome: 'hold', startDate: '2026-01-01', endDate: null },
}
const use = (home: Home, wattHours: number, from: string, until: string, estimated = false) =>
  world.act((tx, done) => {
    const quality = (values: ArrayLike<number>) =>
      estimated ? { quality: [{ from: 0, to: values.length, quality: 'estimated' as const }] } : {}
    const blocks = hourly(home, wattHours, from, until).map((block) => ({
      ...block,
      ...quality(block.values),
    }))
    return recordBlocks(tx, { blocks, source: 'test', now: done.now })
  })
/** The run of a window, again for those it held. */
const run = async (day: string) => {
  const input = { clientId, cycleCode: CYCLE, billDate: day, periodEnd: day, mode: 'live' as const }
  const { runId } = await world.act((tx, done) => startBillRun(tx, { ...input, ...done }))
  await workBillRun({ database: db, clock: world.now, worker: 'test', actor: ACTOR }, { clientId, runId })
}
const held = async () => {
  const open = { clientId, kind: HOLD_KIND, status: 'open' as const, limit: 9, offset: 0 }
  const { items } = await findWorkItems(db.read, open)
  return items.map(({ customerId, reasonCode, detail }) => ({ customerId, reasonCode, detail }))
}
const release = (home: Home, periodEnd: string, reason: string) =>
  world.act((tx, done) => releaseHold(tx, { ...home, periodEnd, reason, ...done }))
const billOf = ({ customerId }: Home, billId: number) => getBill(db.read, { customerId, billId })

test('January: nothing to compare with, so everybody is billed', async () => {
  await world.act(async (tx, done) => {
    await saveTolerance(tx, { ...RULE, clientId, ...done })
    await saveTolerance(tx, { ...RULE, ruleNumber: 2, kind: 'estimated', inARow: 2, clientId, ...done })
    await saveTolerance(tx, { ...RULE, ruleNumber: 3, kind: 'zero', outcome: 'warn', clientId, ...done })
  })
  await use(guessed, 700, '2026-01-01', '2026-02-01', true)
  await run('2026-02-01')
  expect(await held()).toEqual([])
})

test('February: one is far too high, one is estimated again; one uses nothing and is told so', async () => {
  await world.through('2026-03-01')
  await use(high, 2000, '2026-02-01', '2026-03-01')
  await use(guessed, 700, '2026-02-01', '2026-03-01', true)
  await use(empty, 0, '2026-02-01', '2026-03-01')
  await run('2026-03-01')
  const heldIds = { high: high.customerId, guessed: guessed.customerId }
  expect(await held()).toMatchObject([
    // 1344 kWh: 50.00 + 844 x 0.12 = 151.28; 9.00; 5 % of 160.28 = 8.014; January was 56.32 for 31 days: 50.87 for 28
    {
      customerId: heldIds.high,
      reasonCode: 'tolerance_high',
      detail: { amountCents: 16_829, expectedCents: 5087 },
    },
    // 470.4 kWh x 0.10 = 47.04; 9.00; 5 % of 56.04 = 2.802
    { customerId: heldIds.guessed, reasonCode: 'tolerance_estimated', detail: { amountCents: 5884 } },
  ])
  // 9.00 and 5 %
  expect(await billOf(empty, 2)).toMatchObject({
    chargesCents: 945,
    messages: [{ messageCode: 'zero_bill' }],
  })
  expect(await billOf(usual, 2)).toMatchObject({ status: 'complete', messages: [] })
  const tried = world.act((tx, done) =>
    completeBill(tx, { ...high, periodEnd: '2026-03-01', billDate: '2026-03-01', ...done }),
  )
  await expect(tried).rejects.toMatchObject({ code: 'tolerance_high' })
  expect(await owed(db, high)).toEqual([[high.agreementId, 5632, 5632]])
})

test('a clerk hears of the new heat pump and releases the bill; the run of the window makes it', async () => {
  await world.through('2026-03-03')
  await expect(release(usual, '2026-03-01', 'Why not')).rejects.toMatchObject({ code: 'nothing_held' })
  await expect(release(high, '2026-03-01', '')).rejects.toMatchObject({ code: 'reason_missing' })
  expect(await release(high, '2026-03-01', 'New heat pump, says the customer')).toBe(1)
  expect((await held()).map(({ customerId }) => customerId)).toEqual([guessed.customerId])
  await run('2026-03-01')
  expect(await billOf(high, 2)).toMatchObject({ chargesCents: 16_829, amountDueCents: 5632 + 16_829 })
  expect(await broken(db)).toEqual([])
})

test('a reader gets to the other meter: January is corrected, February is not estimated any more', async () => {
  const { customerId } = guessed
  await use(guessed, 800, '2026-01-01', '2026-02-01')
  await use(guessed, 650, '2026-02-01', '2026-03-01')
  const correction = { customerId, chargeId: 1, reason: 'Read at last', correctedOn: world.today() }
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => rebillCharge(tx, { ...correction, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => rebillCharge(tx, { ...correction, ...done })),
  )
  expect(preview).toEqual(real)
  await run('2026-03-01')
  expect(await held()).toEqual([])
  // January 595.2 kWh: 50.00 + 11.424; 9.00; 5 % of 70.42 = 3.521; 73.94 instead of 64.58
  // February 436.8 kWh x 0.10 = 43.68; 9.00; 5 % of 52.68 = 2.634; 55.31
  const bill = await billOf(guessed, 2)
  expect(bill).toMatchObject({ previousCents: 6458, amountDueCents: 7394 + 5531 })
  checkBillDocument(await billDocument(db.read, bill))
  expect(await broken(db)).toEqual([])
})

test('March: what was high is now usual, and nobody is held', async () => {
  await world.through('2026-04-01')
  await use(high, 1500, '2026-03-01', '2026-04-01')
  await use(empty, 300, '2026-03-01', '2026-04-01')
  await run('2026-04-01')
  expect(await held()).toEqual([])
  // 743 h x 1.5 kWh = 1114.5 kWh: 50.00 + 614.5 x 0.12 = 123.74; 9.00; 5 % of 132.74 = 6.637; 139.38.
  // (56.32 + 168.29) / 59 days x 31 = 118.02 were to be expected: less than half more.
  expect(await billOf(high, 3)).toMatchObject({ chargesCents: 13_938 })
  expect(await broken(db)).toEqual([])
})
