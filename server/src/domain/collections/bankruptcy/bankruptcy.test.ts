import { expect, test } from 'vitest'
import type { Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor, owed, oweMore, payCash } from '../../../../test/support/debtors.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { getAgreement } from '../../agreements/index.ts'
import { postedBy, previewAct } from '../../receivables/index.ts'
import {
  bankruptciesOf,
  collectionDetails,
  collectionProcesses,
  dischargeBankruptcy,
  dismissBankruptcy,
  fileBankruptcy,
  protectionsOf,
  writeOffsOf,
} from '../index.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
let number = 0

async function debtor(amountCents: number): Promise<Home> {
  number += 1
  return addDebtor(world, { number, dueDate: world.today(), amountCents })
}

const account = ({ customerId, accountNumber }: Home) => ({ customerId, accountNumber })
const PETITION = { caseNumber: '26-10001', chapter: '13' as const, evidence: 'Notice of the court' }

function file(home: Home, more: Partial<Parameters<typeof fileBankruptcy>[1]> = {}) {
  const input = { ...account(home), ...PETITION, filedOn: world.today() }
  return world.act((tx, done) => fileBankruptcy(tx, { ...input, ...more, ...done }))
}

test('a petition stops collections and freezes what arose before; what comes later is asked for as ever', async () => {
  const home = await debtor(15_000)
  const { customerId, agreementId } = home
  await world.through('2026-03-12')
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.status)).toEqual(['active'])
  await world.act(async (tx, done) => {
    const act = () => fileBankruptcy(tx, { ...account(home), ...PETITION, filedOn: world.today(), ...done })
    const preview = await previewAct(tx, [customerId], act)
    const real = await postedBy(tx, [customerId], act)
    expect(preview.posted).toEqual(real.posted)
  })
  const [petition] = await bankruptciesOf(db.read, customerId)
  const frozen = petition?.debts[0]?.frozenAgreementId ?? 0
  expect(petition).toMatchObject({ status: 'filed', debts: [{ agreementId, amountCents: 15_000 }] })
  expect(await owed(db, home)).toEqual([[frozen, 15_000, 0]])
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.endReason)).toEqual(['bankruptcy'])
  await oweMore(world, home, { amountCents: 2_500, dueDate: world.today() })
  await world.through('2026-05-12')
  expect(await owed(db, home)).toEqual([
    [agreementId, 2_500, 2_500],
    [frozen, 15_000, 0],
  ])
  expect(await collectionProcesses(db.read, customerId)).toHaveLength(1)
  expect((await getAgreement(db.read, home)).flags.map((one) => one.flag)).toEqual(['bankruptcy'])
  await expect(file(home)).rejects.toMatchObject({ code: 'bankruptcy_filed' })
  expect(await broken(db)).toEqual([])

  await payCash(world, home, 2_500)
  const act = { ...account(home), dismissalDate: world.today() }
  await world.act(async (tx, done) => {
    const preview = await previewAct(tx, [customerId], () => dismissBankruptcy(tx, { ...act, ...done }))
    const real = await postedBy(tx, [customerId], () => dismissBankruptcy(tx, { ...act, ...done }))
    expect(preview.posted).toEqual(real.posted)
  })
  expect(await owed(db, home)).toEqual([[agreementId, 15_000, 15_000]])
  expect((await protectionsOf(db.read, customerId)).map((one) => one.endDate)).toEqual(['2026-05-12'])
  await expect(world.act((tx, done) => dismissBankruptcy(tx, { ...act, ...done }))).rejects.toMatchObject({
    code: 'bankruptcy_absent',
  })
  await world.through('2026-05-20')
  const debts = (await collectionDetails(db.read, customerId, world.today())).debts
  expect(debts.map((one) => [one.amountCents, one.process?.pathCode])).toEqual([[15_000, 'residential']])
  expect(await broken(db)).toEqual([])
})

test('a discharge ends the debt for good; what came after stays owed', async () => {
  const home = await debtor(6_000)
  await world.through('2026-05-22')
  await file(home, { chapter: '7' })
  await oweMore(world, home, { amountCents: 1_100, dueDate: world.today() })
  const discharge = { ...account(home), dischargeDate: world.today() }
  await world.act((tx, done) => dischargeBankruptcy(tx, { ...discharge, ...done }))
  expect(await owed(db, home)).toEqual([[home.agreementId, 1_100, 1_100]])
  expect(await writeOffsOf(db.read, home.customerId)).toMatchObject([
    { kind: 'discharge', amountCents: 6_000, keptAgreementId: null },
  ])
  expect(await bankruptciesOf(db.read, home.customerId)).toMatchObject([{ status: 'discharged' }])
  expect(await broken(db)).toEqual([])
})

test('a petition without case number, of a day to come or of a stranger is refused', async () => {
  const home = await debtor(1_000)
  await expect(file(home, { caseNumber: ' ' })).rejects.toMatchObject({ code: 'case_number_missing' })
  await expect(file(home, { filedOn: '2027-01-01' })).rejects.toMatchObject({ code: 'filed_in_future' })
  await expect(file(home, { evidence: '' })).rejects.toMatchObject({ code: 'evidence_missing' })
  await expect(file(home, { accountNumber: 9 })).rejects.toMatchObject({ code: 'billing_account_unknown' })
  expect(await bankruptciesOf(db.read, home.customerId)).toEqual([])
})
