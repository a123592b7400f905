import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor } from '../../../../test/support/debtors.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { addExemption, setFlag } from '../../agreements/index.ts'
import { addAlert } from '../../customers/index.ts'
import { addProtection, collectionDetails, collectionProcesses, declareMoratorium } from '../index.ts'
import { type Obstacle, obstacleTo } from './protection.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
const { clientId } = world.town
let number = 0

async function debtor() {
  number += 1
  return addDebtor(world, { number, dueDate: '2026-02-02', amountCents: 12_000 })
}

async function sourcesOf(customerId: number, day = '2026-03-02') {
  const { obstacles } = await collectionDetails(db.read, customerId, day)
  return obstacles.map((one) => [one.source, one.forbids])
}

test('exemptions, flags and alerts forbid what they stand for, for their time', async () => {
  const { customerId, agreementId } = await debtor()
  const period = { startDate: '2026-03-01', endDate: '2026-03-10' }
  await world.act(async (tx, done) => {
    await addExemption(tx, { customerId, agreementId, kind: 'collections', ...period })
    await addExemption(tx, { customerId, agreementId, kind: 'life_support', ...period })
    await addExemption(tx, { customerId, agreementId, kind: 'late_fee', ...period })
    await setFlag(tx, { customerId, agreementId, flag: 'hold', ...period, reason: 'test' })
    await addAlert(tx, { customerId, kind: 'do_not_cut', text: 'test', ...period, ...done })
    await addAlert(tx, { customerId, kind: 'note', text: 'test', ...period, ...done })
  })
  expect(await sourcesOf(customerId)).toEqual([
    ['exemption:collections', 'all'],
    ['exemption:life_support', 'cut'],
    ['flag:hold', 'cut'],
    ['alert:do_not_cut', 'cut'],
  ])
  expect(await sourcesOf(customerId, '2026-03-10')).toEqual([])
})

test('a hold keeps a process from beginning until it ends', async () => {
  const { customerId, accountNumber } = await debtor()
  const hold = {
    customerId,
    accountNumber,
    kind: 'hold' as const,
    startDate: '2026-03-02',
    reason: 'Supervisor',
  }
  await world.act((tx, done) => addProtection(tx, { ...hold, endDate: '2026-03-06', ...done }))
  await world.through('2026-03-05')
  expect(await collectionProcesses(db.read, customerId)).toEqual([])
  await world.through('2026-03-06')
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.startedOn)).toEqual(['2026-03-06'])
})

test('a moratorium of every step is for its classes and its time', async () => {
  const { customerId } = await debtor()
  const dates = { startDate: '2026-03-01', endDate: '2026-04-01' }
  const declare = (name: string, customerClasses: ('residential' | 'commercial')[]) =>
    world.act((tx, done) =>
      declareMoratorium(tx, {
        clientId,
        name,
        kind: 'regulator',
        forbids: 'all',
        ...dates,
        customerClasses,
        ...done,
      }),
    )
  await declare('Shops', ['commercial'])
  expect(await sourcesOf(customerId)).toEqual([])
  await declare('Homes', ['residential'])
  expect(await sourcesOf(customerId)).toEqual([['moratorium:2', 'all']])
  expect(await sourcesOf(customerId, '2026-04-01')).toEqual([])
})

test('what is refused of a protection', async () => {
  const { customerId, accountNumber, agreementId } = await debtor()
  const plain = {
    customerId,
    kind: 'life_support' as const,
    startDate: '2026-03-02',
    evidence: 'C-1',
    reason: 'test',
  }
  const add = (more: object) => world.act((tx, done) => addProtection(tx, { ...plain, ...more, ...done }))
  await expect(add({ evidence: ' ' })).rejects.toMatchObject({ code: 'evidence_missing' })
  await expect(add({ endDate: '2026-03-02' })).rejects.toMatchObject({ code: 'end_before_start' })
  await expect(add({ amountCents: 5 })).rejects.toMatchObject({ code: 'amount_not_disputed' })
  await expect(add({ accountNumber: 9 })).rejects.toMatchObject({ code: 'billing_account_unknown' })
  await expect(add({ agreementId: 99 })).rejects.toMatchObject({ code: 'agreement_unknown' })
  await expect(add({ kind: 'dispute', amountCents: -1 })).rejects.toMatchObject({
    code: 'amount_not_positive',
  })
  expect(await sourcesOf(customerId)).toEqual([['moratorium:2', 'all']])
  await add({ accountNumber, agreementId })
  expect(await sourcesOf(customerId)).toContainEqual(['protection:1', 'cut'])
})

test('an obstacle is for its account, its agreement and its debt; one against cuts lets other steps pass', () => {
  const all: Obstacle = { customerId: 1, accountNumber: 2, agreementId: null, forbids: 'all', source: 'a' }
  const target = { customerId: 1, accountNumber: 2, debtClass: 'regulated' }
  expect(obstacleTo([all], 'notice', target)).toBe(all)
  expect(obstacleTo([all], 'notice', { ...target, accountNumber: 1 })).toBeUndefined()
  expect(obstacleTo([{ ...all, debtClasses: ['supply'] }], 'notice', target)).toBeUndefined()
  const cut: Obstacle = { ...all, agreementId: 10001, forbids: 'cut' }
  expect(obstacleTo([cut], 'notice', { ...target, agreementId: 10001 })).toBeUndefined()
  expect(obstacleTo([cut], 'cut', { ...target, agreementId: 10001 })).toBe(cut)
  expect(obstacleTo([cut], 'cut', { ...target, agreementId: 10002 })).toBeUndefined()
})
