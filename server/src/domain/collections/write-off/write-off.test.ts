import { expect, test } from 'vitest'
import type { Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor, owed, payCash } from '../../../../test/support/debtors.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { addDays } from '../../../platform/time.ts'
import { getAgreement, stopAgreement } from '../../agreements/index.ts'
import { trialBalance } from '../../ledger/index.ts'
import { cancelPayment } from '../../payments/index.ts'
import {
  getAdjustmentType,
  getContract,
  postedBy,
  previewAct,
  saveAdjustmentType,
  startArrangement,
} from '../../receivables/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  agencyReferralsOf,
  collectionProcesses,
  creditRating,
  dismissWriteOff,
  writeOffAgreement,
  writeOffsOf,
} from '../index.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
const { clientId } = world.town
let number = 0

async function stoppedDebtor(amountCents = 8_000): Promise<Home> {
  number += 1
  const home = await addDebtor(world, { number, dueDate: world.today(), amountCents })
  await world.act((tx, done) => stopAgreement(tx, { ...home, endDate: world.today(), ...done }))
  return home
}

async function book(...codes: string[]): Promise<number[]> {
  const all = await trialBalance(db.read, clientId)
  return codes.map((code) => all.find((account) => account.code === code)?.balanceCents ?? 0)
}

const BOOKS = [
  'write_off_expense',
  'write_off_receivable',
  'write_off_allowance',
  'write_off_recovery',
] as const

function writeOff({ customerId, agreementId }: Home, writeOffDate = world.today()) {
  const input = { customerId, agreementId, writeOffDate }
  return world.act((tx, done) => writeOffAgreement(tx, { ...input, logText: 'Gave up', ...done }))
}

function dismiss({ customerId, agreementId }: Home) {
  const dismissalDate = world.today()
  return world.act((tx, done) => dismissWriteOff(tx, { customerId, agreementId, dismissalDate, ...done }))
}

test('a write-off keeps the debt on an agreement of its own, late money is recovered, dismissal brings it all back', async () => {
  const home = await stoppedDebtor()
  const { customerId, agreementId } = home
  const act = (tx: Parameters<typeof writeOffAgreement>[0]) =>
    writeOffAgreement(tx, {
      ...{ customerId, agreementId, writeOffDate: world.today() },
      ...{ now: world.now(), actor: { actor: 'user:test', door: 'enterprise' } },
    })
  await world.act(async (tx) => {
    const preview = await previewAct(tx, [customerId], () => act(tx))
    const real = await postedBy(tx, [customerId], () => act(tx))
    expect(preview.posted).toEqual(real.posted)
    expect(real.posted.entries).toHaveLength(1)
  })
  const [written] = await writeOffsOf(db.read, customerId)
  const kept = written?.keptAgreementId ?? 0
  expect(await owed(db, home)).toEqual([[kept, 8_000, 8_000]])
  expect(await book(...BOOKS)).toEqual([8_000, 8_000, -8_000, 0])
  const [process] = await collectionProcesses(db.read, customerId)
  expect(process).toMatchObject({ pathCode: 'command', status: 'inactive', endReason: 'written_off' })
  expect(process?.steps.map((step) => [step.kind, step.status, step.doneOn])).toEqual([
    ['write_off', 'complete', '2026-03-02'],
  ])
  expect((await getAgreement(db.read, home)).flags.map((one) => one.flag)).toEqual(['write_off'])
  expect((await creditRating(db.read, home, '2026-03-02')).score).toBe(900 - 300)
  await expect(writeOff(home)).rejects.toMatchObject({ code: 'nothing_owed' })

  await payCash(world, home, 3_000)
  await world.through('2026-03-03')
  expect(await owed(db, home)).toEqual([[kept, 5_000, 5_000]])
  // 30.00 of the allowance are recovered.
  expect(await book(...BOOKS)).toEqual([8_000, 5_000, -5_000, -3_000])
  expect(await broken(db)).toEqual([])

  expect(await dismiss(home)).toEqual([1])
  expect(await owed(db, home)).toEqual([[agreementId, 5_000, 5_000]])
  expect(await book(...BOOKS)).toEqual([0, 0, 0, 0])
  await expect(dismiss(home)).rejects.toMatchObject({ code: 'write_off_absent' })
  expect((await getAgreement(db.read, home)).flags.map((one) => one.endDate)).toEqual(['2026-03-03'])
  expect(await broken(db)).toEqual([])
})

test('an arrangement that is written off is over, though service goes on', async () => {
  const home = await addDebtor(world, { number: 90, dueDate: '2026-02-01', amountCents: 6_000 })
  const { customerId } = home
  const plan = { ...home, split: { count: 3 }, day: world.today() }
  const contract = await world.act((tx, done) => startArrangement(tx, { ...plan, ...done }))
  await writeOff({ ...home, agreementId: contract.agreementId ?? 0 })
  const [written] = await writeOffsOf(db.read, customerId)
  expect(await owed(db, home)).toEqual([[written?.keptAgreementId, 6_000, 6_000]])
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'cancelled', endReason: 'write_off' })
  expect(await broken(db)).toEqual([])
  await dismiss({ ...home, agreementId: contract.agreementId ?? 0 })
})

test('a returned late payment takes the recovery back', async () => {
  const home = await stoppedDebtor(4_000)
  await writeOff(home)
  const eventNumber = (await payCash(world, home, 4_000)) ?? 0
  await world.through('2026-03-04')
  expect(await book('write_off_recovery')).toEqual([-4_000])
  const cancel = {
    payerCustomerId: home.customerId,
    eventNumber,
    reason: 'bounced',
    cancelledOn: world.today(),
  }
  await world.act((tx, done) => cancelPayment(tx, { ...cancel, ...done }))
  await world.through('2026-03-05')
  expect(await book('write_off_recovery')).toEqual([0])
  const [written] = await writeOffsOf(db.read, home.customerId)
  expect(await owed(db, home)).toEqual([[written?.keptAgreementId, 4_000, 4_000]])
  await dismiss(home)
  expect(await broken(db)).toEqual([])
})

test('what cannot be written off is refused, and nothing moves', async () => {
  number += 1
  const served = await addDebtor(world, { number, dueDate: world.today(), amountCents: 1_000 })
  await expect(writeOff(served)).rejects.toMatchObject({ code: 'agreement_not_stopped' })
  const paid = await stoppedDebtor(1_000)
  await payCash(world, paid, 1_000)
  await expect(writeOff(paid)).rejects.toMatchObject({ code: 'nothing_owed' })
  const future = await stoppedDebtor(1_000)
  await expect(writeOff(future, '2026-12-01')).rejects.toMatchObject({ code: 'write_off_in_future' })
  await expect(dismiss(future)).rejects.toMatchObject({ code: 'write_off_absent' })
  await expect(writeOff({ ...future, agreementId: 99 })).rejects.toMatchObject({ code: 'agreement_unknown' })
  expect(await book('write_off_expense')).toEqual([0])
})

test('service that ended is noticed, referred to the agency and written off; paid after all, the agency gives it back', async () => {
  const home = await stoppedDebtor(9_000)
  const { customerId } = home
  await world.through('2026-06-30')
  const [process] = await collectionProcesses(db.read, customerId)
  expect(process?.steps.map((step) => [step.kind, step.doneOn])).toEqual([
    ['notice', '2026-03-20'], // due on 5 March, fifteen days past
    ['agency_referral', '2026-04-20'], // thirty days later is a Sunday
    ['write_off', '2026-06-19'], // sixty days later
  ])
  expect(process).toMatchObject({ pathCode: 'final', endReason: 'written_off', endedOn: '2026-06-19' })
  const [referral] = await agencyReferralsOf(db.read, customerId)
  expect(referral).toMatchObject({ amountCents: 9_000, referredOn: '2026-04-20', recalledOn: null })
  expect(await writeOffsOf(db.read, customerId)).toMatchObject([{ amountCents: 9_000, processId: 1 }])
  await payCash(world, home, 9_000)
  await world.through('2026-07-01')
  expect(await agencyReferralsOf(db.read, customerId)).toMatchObject([
    { recalledOn: '2026-06-30', recallReason: 'paid' },
  ])
  expect(await broken(db)).toEqual([])
})

test('a small balance of service that ended long ago is written off', async () => {
  const home = await stoppedDebtor(90)
  await world.through('2026-07-30')
  expect(await owed(db, home)).toHaveLength(1)
  await world.through('2026-07-31')
  expect(await owed(db, home)).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('a small balance that the types do not let be written off is a person’s work, and the days go on', async () => {
  const home = await stoppedDebtor(90)
  const use = (active: boolean) =>
    world.act(async (tx, done) => {
      const type = await getAdjustmentType(tx, clientId, 'small_balance_write_down')
      await saveAdjustmentType(tx, { ...type, active, clientId, ...done })
    })
  await use(false)
  const endDate = world.today()
  await world.through(addDays(endDate, 151))
  const { items } = await findWorkItems(db.read, { clientId, status: 'open', limit: 10, offset: 0 })
  expect(items).toMatchObject([{ kind: 'collection_failed', reasonCode: 'adjustment_not_eligible' }])
  await use(true)
  await world.through(addDays(endDate, 152))
  expect(await owed(db, home)).toEqual([])
})

test('late money of a dismissed write-off that bounces is owed again where the debt is', async () => {
  const home = await stoppedDebtor(4_000)
  const { customerId, agreementId } = home
  await writeOff(home)
  const payments = [await payCash(world, home, 1_000), await payCash(world, home, 500)]
  await world.through(addDays(world.today(), 1))
  await dismiss(home)
  expect(await owed(db, home)).toEqual([[agreementId, 2_500, 2_500]])
  for (const eventNumber of payments) {
    const cancel = {
      payerCustomerId: customerId,
      eventNumber: eventNumber ?? 0,
      reason: 'bounced',
      cancelledOn: world.today(),
    }
    await world.act((tx, done) => cancelPayment(tx, { ...cancel, ...done }))
    await world.through(addDays(world.today(), 1))
  }
  expect(await owed(db, home)).toEqual([[agreementId, 4_000, 4_000]])
  expect(await broken(db)).toEqual([])
})
