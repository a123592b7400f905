import { expect, test } from 'vitest'
import { NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { createStaffUser, saveRole } from '../../domain/identity/index.ts'
import { chartOfAccounts } from '../../domain/ledger/index.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const { clientId } = await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'
const NEIGHBOUR = '/customers/2/sets/1/accounts/1'

async function balance(path: string): Promise<string> {
  const [summary] = (await call('GET', `${path}/summaryInfo`)) as unknown as [
    { balances: { balanceAmount: string } },
  ]
  return summary.balances.balanceAmount
}

test('an adjustment is a charge of its own, against the ledger account of its numbers or its name', async () => {
  const chart = await chartOfAccounts(db.read, clientId)
  const fee = chart.find((one) => one.code === 'revenue_fee')
  const adjustment = chart.find((one) => one.code === 'adjustment')
  const text = { subTypeDescription: 'Broken fence', logText: 'Crew drove over it' }
  const credit = { chargeAmount: '-20.00', generalLedgerDescription: adjustment?.name, ...text }
  const [made] = await call('POST', `${HOME}/adjustments`, credit)
  expect(made).toMatchObject({ accountChargeId: made?.billingChargeId, chargeDate: '2026-04-02' })
  // 56.32 - 20.00
  expect(await balance(HOME)).toBe('36.32')
  const ids = {
    governingAgencyId: fee?.agencyId,
    generalLedgerId: fee?.generalLedgerId,
    ledgerAccountId: fee?.accountNumber,
    generalLedgerDescription: 'is ignored',
  }
  const [debit] = await call('POST', `${HOME}/adjustments`, {
    ...ids,
    chargeAmount: 5.25,
    chargeDate: '2026-01-15',
  })
  expect(debit).toMatchObject({ generalLedgerDescription: fee?.name, chargeAmount: '5.25', logId: '' })
  expect(await balance(HOME)).toBe('41.57')
  const key = `accountChargeId=${made?.accountChargeId}`
  const [detail] = await call('GET', `${HOME}/chargeDetails?${key}`)
  expect(detail).toMatchObject({ description: 'Broken fence', totalChargeAmount: '-20.00' })
  const notes = await call('GET', `${HOME}/timeline?kinds=contact`)
  expect(notes[0]).toMatchObject({ detail: { en: 'Crew drove over it' } })
})

test('a fee is one of those that the account may be charged', async () => {
  const before = Number(await balance(NEIGHBOUR))
  const fees = await call('GET', `${NEIGHBOUR}/eligibleFees`)
  const trip = fees.find((one) => one.feeCode === 'trip_fee')
  expect(trip).toMatchObject({ feeDescription: 'Field trip fee', feeAmount: '25.00' })
  const body = { feeDescription: (trip?.feeDescription ?? '').toUpperCase(), logNote: 'Nobody was home' }
  const [charged] = await call('POST', `${NEIGHBOUR}/chargeFees`, body)
  expect(charged).toMatchObject({ feeAmount: '25.00', statusCode: 'frozen', chargeDate: '2026-04-02' })
  expect(Number(await balance(NEIGHBOUR))).toBe(before + 25)
  const large = { feeDescription: 'Meter tampering fee', feeAmount: '300.00' }
  const [waits] = await call('POST', `${NEIGHBOUR}/chargeFees`, large)
  expect(waits).toMatchObject({ statusCode: 'pending_approval' })
  expect(Number(await balance(NEIGHBOUR))).toBe(before + 25)
})

test('what is above a limit waits for another person, who posts it or sends it back; posted, it is cancelled', async () => {
  await db.transaction(async (tx) => {
    const permissions = ['fee.create', 'adjustment.create']
    await saveRole(tx, { clientId, roleCode: 'clerk', name: 'Clerk', permissions })
    const user = { clientId, userName: 'clerk', displayName: 'Clerk', password: 'a-good-password' }
    await createStaffUser(tx, { ...user, roles: ['clerk'], now: NOW })
  })
  const clerk = doorClient(app, await signedIn(app, 'clerk'))
  const large = { feeDescription: 'tamper_fee', feeAmount: '300.00' }
  const ask = async () => (await clerk.call('POST', `${NEIGHBOUR}/chargeFees`, large))[0]?.adjustmentId
  const [first, second] = [await ask(), await ask()]
  const acts = (id: string | undefined, act: string) => `${NEIGHBOUR}/adjustments/${id}/${act}`
  const before = Number(await balance(NEIGHBOUR))
  expect(await clerk.refused('PUT', acts(first, 'approve'), {})).toBe('403 permission_missing')
  expect(await refused('PUT', acts(first, 'reject'), {})).toBe('400 request_malformed /reasonDescription')
  const [sentBack] = await call('PUT', acts(first, 'reject'), { reasonDescription: 'No proof' })
  expect(sentBack).toMatchObject({ statusCode: 'incomplete', faultDescription: 'No proof' })
  const [posted] = await call('PUT', acts(second, 'approve'), { logText: 'Seen the seal' })
  const people = { createdByUserId: 'user:clerk', approvedByUserId: 'user:administrator' }
  expect(posted).toMatchObject({ statusCode: 'frozen', adjustmentAmount: '300.00', ...people })
  expect(Number(await balance(NEIGHBOUR))).toBe(before + 300)
  expect(await call('GET', `${NEIGHBOUR}/adjustments?statusCode=frozen&pageSize=1`)).toEqual([posted])
  expect(await refused('GET', `${NEIGHBOUR}/adjustments?statusCode=lost`)).toBe(
    '400 request_malformed /statusCode',
  )
  const twice = { reasonDescription: 'Wrong house' }
  expect(await refused('PUT', `${HOME}/adjustments/${second}/cancel`, twice)).toBe('404 adjustment_unknown')
  const [gone] = await call('PUT', acts(second, 'cancel'), twice)
  expect(gone).toMatchObject({ statusCode: 'cancelled', cancelReason: 'Wrong house' })
  expect(await refused('PUT', acts(second, 'cancel'), twice)).toBe('409 adjustment_cancelled')
  expect(Number(await balance(NEIGHBOUR))).toBe(before)
  // Corrections above 500.00 need approval; a misc adjustment is posted at once.
  const adjust = { chargeAmount: '-500.01', generalLedgerDescription: 'Adjustments' }
  expect(await clerk.refused('POST', `${NEIGHBOUR}/adjustments`, adjust)).toBe('403 permission_missing')
  await clerk.call('POST', `${NEIGHBOUR}/adjustments`, { ...adjust, chargeAmount: '-500.00' })
  await call('POST', `${NEIGHBOUR}/adjustments`, { ...adjust, chargeAmount: '500.00' })
})

test('charges are cancelled all or none, their usage too on demand', async () => {
  const charges = await call('GET', `${NEIGHBOUR}/charges`)
  const january = charges.find((one) => one.startDate === '2026-01-01')
  const id = january?.accountChargeId ?? ''
  const one = { accountChargeId: id, billingChargeId: id }
  const stranger = { accountChargeId: '99', billingChargeId: '99' }
  const before = await balance(NEIGHBOUR)
  const cancel = (body: object) => refused('PUT', `${NEIGHBOUR}/cancelCharges`, body)
  expect(await cancel({ charges: [one, stranger] })).toBe('404 charge_unknown')
  expect(await balance(NEIGHBOUR)).toBe(before)
  const note = { logNote: 'Meter was read wrong', cancelUsageIndicator: 'Y', doNotSendInvoiceIndicator: 'N' }
  const [done] = await call('PUT', `${NEIGHBOUR}/cancelCharges`, { charges: [one], ...note })
  expect(done).toMatchObject({
    accountChargeId: id,
    totalChargeAmount: january?.totalChargeAmount,
    statusCode: 'cancelled',
    usageStatusCode: 'superseded',
  })
  // The trip fee is left.
  expect(await balance(NEIGHBOUR)).toBe('25.00')
  const after = (await call('GET', `${NEIGHBOUR}/charges`)).find((charge) => charge.accountChargeId === id)
  expect(after).toMatchObject({ statusCode: 'cancelled', cancelReason: 'Meter was read wrong' })
  expect(await cancel({ charges: [one] })).toBe('409 charge_not_frozen')
})

test('each limit of charging and of charge details is refused with its field', async () => {
  const charge = (effectiveDate: string) => refused('PUT', `${HOME}/charge`, { effectiveDate })
  expect(await charge('2026-02-30')).toBe('400 request_malformed /effectiveDate')
  expect(await charge('2026-05-01')).toBe('422 charge_in_future')
  const details = (query: string) => refused('GET', `${HOME}/chargeDetails?${query}`)
  expect(await details('accountChargeId=123456')).toBe('400 request_malformed /accountChargeId')
  expect(await details('billingChargeId=12345678')).toBe('400 request_malformed /billingChargeId')
})

test('one charge is cancelled', async () => {
  const [fresh] = await call('POST', `${HOME}/adjustments`, {
    chargeAmount: '7.00',
    generalLedgerDescription: 'Revenue: fees',
  })
  const before = Number(await balance(HOME))
  const id = fresh?.accountChargeId ?? ''
  const cancel = `${HOME}/cancel/charge`
  expect(await refused('POST', cancel, { accountChargeId: id, billingChargeId: '1' })).toBe(
    '404 charge_unknown',
  )
  const [done] = await call('POST', cancel, { accountChargeId: id, billingChargeId: id, logText: 'Twice' })
  expect(done).toMatchObject({ totalChargeAmount: '7.00', usageId: '', usageStatusCode: '' })
  expect(Number(await balance(HOME))).toBe(before - 7)
})

test('each limit of adjustments, fees and cancellations is refused with its field', async () => {
  const good = { chargeAmount: '1.00', generalLedgerDescription: 'Revenue: fees' }
  const numbers = { governingAgencyId: 1, generalLedgerId: 2 }
  for (const [path, body, told] of [
    ['adjustments', { chargeAmount: '1.00' }, '400 request_malformed /generalLedgerDescription'],
    ['adjustments', { ...good, ...numbers }, '400 request_malformed /ledgerAccountId'],
    ['adjustments', { ...good, governingAgencyId: '12345' }, '400 request_malformed /governingAgencyId'],
    ['adjustments', { ...good, generalLedgerId: '12345678' }, '400 request_malformed /generalLedgerId'],
    ['adjustments', { ...good, ledgerAccountId: '12345678' }, '400 request_malformed /ledgerAccountId'],
    ['adjustments', { ...good, chargeAmount: '12345678901' }, '400 request_malformed /chargeAmount'],
    ['adjustments', { ...good, chargeAmount: '1.005' }, '400 request_malformed /chargeAmount'],
    ['adjustments', { ...good, chargeAmount: '0' }, '422 charge_lines_empty'],
    ['adjustments', { ...good, chargeDate: '2026/01/01' }, '400 request_malformed /chargeDate'],
    ['adjustments', { ...good, chargeDate: '2026-04-03' }, '422 date_in_future /chargeDate'],
    ['adjustments', { ...good, chargeDate: '2025-12-31' }, '422 charge_before_start'],
    [
      'adjustments',
      { ...good, subTypeDescription: 'x'.repeat(51) },
      '400 request_malformed /subTypeDescription',
    ],
    ['adjustments', { ...good, logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
    [
      'adjustments',
      { ...good, generalLedgerDescription: 'x'.repeat(76) },
      '400 request_malformed /generalLedgerDescription',
    ],
    [
      'adjustments',
      { ...good, generalLedgerDescription: 'Gold' },
      '422 ledger_account_unfit /generalLedgerDescription',
    ],
    [
      'adjustments',
      { ...good, ...numbers, ledgerAccountId: 99 },
      '422 ledger_account_unfit /ledgerAccountId',
    ],
    ['chargeFees', {}, '400 request_malformed /feeDescription'],
    ['chargeFees', { feeDescription: 'Gift' }, '422 fee_not_eligible'],
    ['chargeFees', { feeDescription: 'Courtesy credit' }, '422 fee_not_eligible'],
    ['chargeFees', { feeDescription: 'Late fee' }, '400 amount_missing'],
    [
      'chargeFees',
      { feeDescription: 'Late fee', logNote: 'x'.repeat(2001) },
      '400 request_malformed /logNote',
    ],
    [
      'cancel/charge',
      { accountChargeId: '123456', billingChargeId: '1' },
      '400 request_malformed /accountChargeId',
    ],
    [
      'cancel/charge',
      { accountChargeId: '1', billingChargeId: '12345678' },
      '400 request_malformed /billingChargeId',
    ],
  ] as const)
    expect(await refused('POST', `${HOME}/${path}`, body), JSON.stringify(body)).toBe(told)
  const one = { accountChargeId: 1, billingChargeId: 1 }
  for (const [body, told] of [
    [{}, '/charges'],
    [{ charges: [] }, '/charges'],
    [{ charges: [{ ...one, accountChargeId: '123456' }] }, '/charges/0/accountChargeId'],
    [{ charges: [one], cancelUsageIndicator: 'J' }, '/cancelUsageIndicator'],
    [{ charges: [one], doNotSendInvoiceIndicator: 'maybe' }, '/doNotSendInvoiceIndicator'],
    [{ charges: [one], logNote: 'x'.repeat(2001) }, '/logNote'],
  ] as const)
    expect(await refused('PUT', `${HOME}/cancelCharges`, body)).toBe(`400 request_malformed ${told}`)
  expect(await broken(db)).toEqual([])
})
