import { expect, test } from 'vitest'
import { addHome } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { startAgreement, stopAgreement } from '../../domain/agreements/index.ts'
import { createAdjustment } from '../../domain/receivables/index.ts'
import { Temporal } from '../../platform/time.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
const [home] = town.homes
if (!home) throw new Error('the town has a home')
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'
const NEIGHBOUR = '/customers/2/sets/1/accounts/1'
const done = {
  now: Temporal.Instant.from('2026-04-02T12:00:00Z'),
  actor: { actor: 'user:test', door: 'enterprise' as const },
}

async function owed(path: string): Promise<[string, string]> {
  const [summary] = (await call('GET', `${path}/summaryInfo`)) as unknown as [
    { balances: { balanceAmount: string; currentBalanceAmount: string } },
  ]
  return [summary.balances.balanceAmount, summary.balances.currentBalanceAmount]
}

// Home 1 owes 56.32, home 2 owes 64.58.
test('a balance moves to another account, no more than there is', async () => {
  const [terms] = await call('GET', `${HOME}/transferCharges/validate`)
  expect(terms).toMatchObject({
    accountNumber: '00000001-01-0001',
    eligibleTransferAmount: '56.32',
    eligibleCreditAmount: '0.00',
    customerName: 'Home Number 1',
  })
  const to = { transferCustomerId: 2, transferCustomerAccountId: '1', transferAccountPackageId: '1' }
  const move = (transferAmount: string, change = {}) => ({ transferAmount, ...to, ...change })
  const path = `${HOME}/transferBalance`
  const halves = await call('POST', path, move('6.32', { logText: 'The neighbour pays' }))
  expect(halves.map((one) => [one.accountNumber, one.directionCode, one.transferAmount])).toEqual([
    ['00000001-01-0001', 'from', '-6.32'],
    ['00000002-01-0001', 'to', '6.32'],
  ])
  // 56.32 - 6.32 and 64.58 + 6.32
  expect([await owed(HOME), await owed(NEIGHBOUR)]).toEqual([
    ['50.00', '50.00'],
    ['70.90', '70.90'],
  ])
  for (const [body, told] of [
    [move('50.01'), '422 transfer_above_eligible'],
    [move('-1.00'), '422 transfer_above_eligible'],
    [move('0'), '422 amount_not_positive'],
    [move('12345678901'), '400 request_malformed /transferAmount'],
    [move('1.00', { transferCustomerId: '123456789' }), '400 request_malformed /transferCustomerId'],
    [move('1.00', { transferCustomerAccountId: 123 }), '400 request_malformed /transferCustomerAccountId'],
    [move('1.00', { transferAccountPackageId: 12345 }), '400 request_malformed /transferAccountPackageId'],
    [move('1.00', { transferCustomerId: 77 }), '404 customer_unknown'],
    [move('1.00', { transferCustomerId: 1 }), '422 transfer_same_account'],
  ] as const)
    expect(await refused('POST', path, body), JSON.stringify(body)).toBe(told)
})

test('credits of other accounts of the billing package pay what is owed', async () => {
  const { customerId, accountNumber } = home
  const kept = await db.transaction(async (tx) => {
    const start = { customerId, accountNumber, kind: 'overpayment' as const, startDate: '2026-03-01' }
    const agreementId = await startAgreement(tx, { ...start, now: done.now })
    const credit = { type: 'billing_correction', direction: 'credit' as const, amountCents: 2000 }
    const input = { customerId, agreementId, ...credit, effectiveDate: '2026-03-01', ...done }
    await createAdjustment(tx, input)
    return agreementId
  })
  const path = `${HOME}/applyCredits`
  expect(await refused('PUT', path, { effectiveDate: '2026-04-03' })).toBe(
    '422 date_in_future /effectiveDate',
  )
  expect(await refused('PUT', path, {})).toBe('400 request_malformed /effectiveDate')
  const applied = await call('PUT', path, { effectiveDate: '2026-04-02', logText: 'Asked for it' })
  const fromAccountNumber = `00000001-01-${String(kept % 10_000).padStart(4, '0')}`
  expect(applied).toMatchObject([
    { record: '1', fromAccountNumber, toAccountNumber: '00000001-01-0001', appliedAmount: '20.00' },
  ])
  expect(await owed(HOME)).toEqual(['30.00', '30.00'])
  expect(await call('PUT', path, { effectiveDate: '2026-04-02' })).toEqual([])
})

test('a bankruptcy freezes what is owed; dismissed, it is asked for again', async () => {
  const path = `${NEIGHBOUR}/bankruptcies`
  const petition = {
    caseNumber: '26-10001',
    chapterCode: 13,
    evidenceDescription: 'Notice of the court',
    filedDate: '2026-04-01',
    logText: 'Notice came by mail',
  }
  expect(await refused('PUT', `${NEIGHBOUR}/dismissBankruptcy`, { dismissalDate: '2026-04-02' })).toBe(
    '409 bankruptcy_absent',
  )
  const [filed] = await call('POST', path, petition)
  expect(filed).toMatchObject({ bankruptcyId: '1', statusCode: 'filed', frozenAmount: '64.58' })
  expect(filed).toMatchObject({ debts: [{ accountNumber: '00000002-01-0001', frozenAmount: '64.58' }] })
  const dismiss = `${NEIGHBOUR}/dismissBankruptcy`
  for (const [method, at, body, told] of [
    ['POST', path, petition, '409 bankruptcy_filed'],
    ['POST', path, { ...petition, filedDate: '2026-04-03' }, '422 date_in_future /filedDate'],
    ['POST', path, { ...petition, chapterCode: '9' }, '400 request_malformed /chapterCode'],
    ['POST', path, { ...petition, caseNumber: undefined }, '400 request_malformed /caseNumber'],
    ['PUT', dismiss, { dismissalDate: '2026-03-31' }, '422 closed_before_filed'],
    ['PUT', dismiss, { dismissalDate: '2026-04-03' }, '422 date_in_future /dismissalDate'],
    ['PUT', dismiss, { dismissalDate: 'today' }, '400 request_malformed /dismissalDate'],
    ['PUT', dismiss, { logText: 'x'.repeat(2001) }, '400 request_malformed /dismissalDate'],
  ] as const)
    expect(await refused(method, at, body), JSON.stringify(body)).toBe(told)
  const [dismissed] = await call('PUT', dismiss, { dismissalDate: '2026-04-02', logText: 'Case was closed' })
  expect(dismissed).toMatchObject({ statusCode: 'dismissed', closedDate: '2026-04-02' })
  expect((await owed(NEIGHBOUR))[1]).toBe('70.90')
  expect(await call('GET', path)).toEqual([dismissed])
})

test('a bankruptcy that is discharged leaves nothing owed of what was before it', async () => {
  await db.transaction(async (tx) => {
    const debtor = await addHome(tx, town, { number: 3, measured: false })
    const debt = { type: 'billing_correction', direction: 'debit' as const, amountCents: 9000 }
    await createAdjustment(tx, { ...debtor, ...debt, effectiveDate: '2026-03-01', ...done })
  })
  const debtor = '/customers/3/sets/1/accounts/1'
  const petition = {
    caseNumber: '26-2',
    chapterCode: '7',
    evidenceDescription: 'Notice',
    filedDate: '2026-04-01',
  }
  const [filed] = (await call('POST', `${debtor}/bankruptcies`, petition)) as unknown as [
    { debts: { frozenAccountNumber: string }[] },
  ]
  const [, set, inSet] = (filed.debts[0]?.frozenAccountNumber ?? '').split('-').map(Number)
  const frozen = `/customers/3/sets/${set}/accounts/${inSet}`
  expect([await owed(debtor), await owed(frozen)]).toEqual([
    ['0.00', '0.00'],
    ['90.00', '0.00'],
  ])
  const path = `${debtor}/dischargeBankruptcy`
  expect(await refused('PUT', path, { dischargeDate: '2026-04-03' })).toBe(
    '422 date_in_future /dischargeDate',
  )
  const [over] = await call('PUT', path, { dischargeDate: '2026-04-02', logText: 'Order of the court' })
  expect(over).toMatchObject({ statusCode: 'discharged', closedDate: '2026-04-02' })
  expect(await owed(frozen)).toEqual(['0.00', '0.00'])
})

test('what a stopped account owes is written off and brought back', async () => {
  const path = `${HOME}/writeoff`
  const today = { writeOffDate: '2026-04-02' }
  expect(await refused('PUT', path, today)).toBe('409 agreement_not_stopped')
  await db.transaction((tx) => stopAgreement(tx, { ...home, endDate: '2026-04-01', now: done.now }))
  const dismiss = `${HOME}/dismissWriteOff`
  const dismissal = { dismissalDate: '2026-04-02', logText: 'Found him', reasonDescription: 'Paid in court' }
  expect(await refused('PUT', dismiss, dismissal)).toBe('409 write_off_absent')
  const [written] = await call('PUT', path, { ...today, logNote: 'Moved away' })
  expect(written).toMatchObject({ writeOffAmount: '30.00', statusCode: 'active', writeOffDate: '2026-04-02' })
  expect(await owed(HOME)).toEqual(['0.00', '0.00'])
  const [details] = (await call('GET', HOME)) as unknown as [{ flags: { typeCode: string }[] }]
  expect(details.flags).toMatchObject([{ typeCode: 'write_off' }])
  for (const [at, body, told] of [
    [path, today, '422 nothing_owed'],
    [path, {}, '400 request_malformed /writeOffDate'],
    [path, { writeOffDate: '2026-04-03' }, '422 date_in_future /writeOffDate'],
    [path, { ...today, logNote: 'x'.repeat(2001) }, '400 request_malformed /logNote'],
    [dismiss, { ...dismissal, dismissalDate: '2026-04-03' }, '422 date_in_future /dismissalDate'],
    [dismiss, { ...dismissal, dismissalDate: '2026-04-01' }, '422 dismissal_before_write_off'],
    [
      dismiss,
      { ...dismissal, reasonDescription: 'x'.repeat(26) },
      '400 request_malformed /reasonDescription',
    ],
    [dismiss, { ...dismissal, logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
  ] as const)
    expect(await refused('PUT', at, body), JSON.stringify(body)).toBe(told)
  const back = await call('PUT', dismiss, dismissal)
  expect(back).toMatchObject([{ statusCode: 'dismissed', reasonDescription: 'Paid in court' }])
  expect(await owed(HOME)).toEqual(['30.00', '30.00'])
  expect(await call('GET', `${HOME}/writeoffs`)).toEqual(back)
  expect(await broken(db)).toEqual([])
})
