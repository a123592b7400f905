import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, CYCLE, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { collectDebts } from '../../../test/support/collected-debts.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { drawPayments } from '../../../test/support/drawn-payments.ts'
import { addPlace } from '../../../test/support/service-place.ts'
import { broken } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import {
  assessLateFees,
  chargeAgreement,
  completeBill,
  invoiceCharge,
  rebillCharge,
  saveLateFeeRule,
  startBillRun,
  workBillRun,
} from '../billing/index.ts'
import { sealAudit } from '../identity/index.ts'
import { exportJournal } from '../ledger/index.ts'
import { addEndpoint, tellCustomers } from '../notices/index.ts'
import {
  balanceControl,
  cancelPayment,
  openControl,
  openOwnFile,
  recordPayment,
  recordPayments,
  refundUnapplied,
} from '../payments/index.ts'
import {
  assessDeposit,
  cancelAdjustment,
  createAdjustment,
  makePromise,
  startArrangement,
  startBudget,
  transferBalance,
} from '../receivables/index.ts'
import { cancelServiceRequest, requestService, workServiceRequest } from '../sales/index.ts'
import { C, TAMPERING } from './verify.fixture.ts'
import { verify } from './verify.ts'

/** One town with a bit of everything; each case breaks one thing by SQL, as the owner, and is undone. */
const { db, owner } = await testDatabase()
const done = { now: NOW, actor: ACTOR }

const town = await db.transaction(async (tx) => {
  const town = await buildTown(tx, 2)
  const { clientId } = town
  const [first, second] = town.homes
  if (!first || !second) throw new Error('the town has two homes')
  for (const home of town.homes)
    await completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done })
  const payment = {
    payerCustomerId: first.customerId,
    accounts: [
      { ...first, amountCents: 5632 },
      { ...second, amountCents: 2000 },
    ],
    paymentDate: '2026-02-10',
    source: 'counter' as const,
    tender: { method: 'cash' as const },
  }
  await recordPayment(tx, { ...payment, ...done })
  const bounced = await recordPayment(tx, { ...payment, ...done })
  const cancel = { payerCustomerId: first.customerId, eventNumber: bounced ?? 0, reason: 'bounced' }
  await cancelPayment(tx, { ...cancel, cancelledOn: '2026-02-11', ...done })
  const rebill = {
    customerId: first.customerId,
    chargeId: 1,
    reason: 'test',
    correctedOn: '2026-02-20',
    ...done,
  }
  await rebillCharge(tx, rebill)
  const adjusting = { ...first, effectiveDate: '2026-02-21', ...done }
  const { adjustmentId } = await createAdjustment(tx, { ...adjusting, type: 'trip_fee' })
  const back = { ...first, adjustmentId, reason: 'test', cancelledOn: '2026-02-22', ...done }
  await cancelAdjustment(tx, back)
  const scope = { clientId }
  const transfer = { from: second, to: first, scope, what: 'debt' as const, amountCents: 100, ...done }
  await transferBalance(tx, { ...transfer, effectiveDate: '2026-02-21' })
  await takeUnapplied(tx, clientId)
  const supplied = await addHome(tx, town, { number: 9, billMethod: 'bill_ready' })
  const charged = { ...supplied, periodEnd: '2026-02-01', chargedOn: '2026-02-01', ...done }
  const [key] = await chargeAgreement(tx, charged)
  if (key) await invoiceCharge(tx, { ...key, invoiceDate: '2026-02-02', ...done })
  const rule = { ruleCode: 'late', companyId: null, customerClass: null, debtClass: null, percent: '1' }
  const figures = { flatCents: 0, graceDays: 0, minimumCents: 0, capCents: null, repeats: 'once' as const }
  await saveLateFeeRule(tx, {
    clientId,
    ...rule,
    ...figures,
    startDate: '2026-01-01',
    endDate: null,
    ...done,
  })
  await assessLateFees(tx, { clientId, customerIds: [second.customerId], day: '2026-02-26', ...done })
  await payOverTime(tx, town)
  await startBillRun(tx, { clientId, cycleCode: CYCLE, billDate: '2026-03-01', mode: 'live', ...done })
  return town
})
await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, { clientId: 1, runId: 1 })
await collectDebts(db, town)
await drawPayments(db, town)
await serveNewPlaces(town)
await db.transaction(async (tx) => {
  await tellAndListen(tx, 1)
  await closeBooks(tx, { clientId: 1, through: '2026-01' })
  await exportJournal(tx, { clientId: 1, through: '2026-02-28', ...done })
  await sealAudit(tx, { clientId: 1, now: NOW })
})

/** One home on a budget, with a deposit and a promise; another with an arrangement. */
async function payOverTime(tx: Tx, town: Awaited<ReturnType<typeof buildTown>>): Promise<void> {
  const levelled = await addHome(tx, town, { number: 61 })
  const arranged = await addHome(tx, town, { number: 62 })
  const { agreementId } = levelled
  const amounts = [{ agreementId, amountCents: 5000 }]
  const { customerId, accountNumber } = levelled
  const account = { customerId, accountNumber }
  await startBudget(tx, { ...account, amounts, day: '2026-01-05', ...done })
  for (const home of [levelled, arranged])
    await completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done })
  const deposit = { ...account, amountCents: 3000, reason: 'credit' as const, dueDate: '2026-03-01' }
  await assessDeposit(tx, { ...deposit, day: '2026-02-02', ...done })
  const payments = [{ dueDate: '2026-03-20', amountCents: 5000 }]
  const promise = { ...account, amountCents: 5000, payments, requestedBy: 'test', day: '2026-02-02' }
  await makePromise(tx, { ...promise, ...done })
  const arrangement = { customerId: arranged.customerId, accountNumber, split: { count: 3 } }
  await startArrangement(tx, { ...arrangement, day: '2026-02-02', ...done })
}

/** Two payments of nobody, counted in one till; the second is sent back. */
async function takeUnapplied(tx: Tx, clientId: number): Promise<void> {
  const controlId = await openControl(tx, { clientId, kind: 'batch', name: 'Mail', ...done })
  const customerId = await openOwnFile(tx, clientId, NOW)
  const unapplied = { customerId, accountNumber: null, amountCents: 500, method: 'check' as const, controlId }
  const payments = [1, 2].map(() => ({ ...unapplied, paymentDate: '2026-02-10' }))
  const [, second] = await recordPayments(tx, { clientId, source: 'lockbox', payments, ...done })
  const address = { line1: '1 Main St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const back = { payeeName: 'J. Payer', address, reason: 'no account', requestedOn: '2026-02-12' }
  await refundUnapplied(tx, { customerId, paymentNumber: second?.paymentNumber ?? 0, ...back, ...done })
  await balanceControl(tx, { clientId, controlId, countedCents: 1000, countedTenders: 2, ...done })
}

/** Service has begun at one new place, waits at another, and was called off at the third. */
async function serveNewPlaces(town: Awaited<ReturnType<typeof buildTown>>): Promise<void> {
  const { clientId, tariffId } = town
  const ask = async (number: number, startDate: string) => {
    const requestId = await db.transaction(async (tx) => {
      const { premiseId, servicePointId } = await addPlace(tx, town, { number })
      const services = [{ servicePointIds: [servicePointId], tariffId }]
      const account = { customerId: 100_000_062, accountNumber: 1, acceptDebt: true, requestedBy: 'test' }
      return requestService(tx, {
        clientId,
        kind: 'start',
        premiseId,
        startDate,
        services,
        ...account,
        ...done,
      })
    })
    return workServiceRequest({ database: db, clock: () => NOW, actor: ACTOR }, { clientId, requestId })
  }
  await ask(71, '2026-04-02')
  await ask(72, '2026-05-01')
  const { requestId } = await ask(73, '2026-05-01')
  await db.transaction((tx) => cancelServiceRequest(tx, { clientId, requestId, reason: 'test', ...done }))
}

/** A letter to the first home, and an endpoint that hears of events. */
async function tellAndListen(tx: Tx, clientId: number): Promise<void> {
  const about = { customerId: 100_000_001, accountNumber: 1, templateCode: 'late_reminder', cause: 'test' }
  await tellCustomers(tx, { clientId, tellings: [{ ...about, facts: { amountCents: 500 } }], ...done })
  const endpoint = { clientId, url: 'https://example.com/hook', eventTypes: ['*'] }
  await addEndpoint(tx, { ...endpoint, allowHosts: [], key: randomBytes(32), ...done })
}

class Undo extends Error {}

async function namedAfter(statements: readonly string[]): Promise<string[]> {
  let names: string[] = []
  const tampered = owner.transaction(async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx)
    const results = await verify(tx, 'all')
    names = results.filter((result) => result.offenders.length > 0).map((result) => result.name)
    throw new Undo()
  })
  await expect(tampered).rejects.toThrow(Undo)
  return names
}

test('nothing is broken to begin with, and every invariant has its tampering', async () => {
  expect(await broken(db)).toEqual([])
  const names = (await db.transaction((tx) => verify(tx, 'all'))).map((result) => result.name)
  expect(Object.keys(TAMPERING).sort()).toEqual([...names].sort())
})

test.for(Object.entries(TAMPERING))('%s is named when it is broken', async ([name, statements]) => {
  expect(await namedAfter(statements)).toContain(name)
})

test.for(["debt_class = 'supply'", 'account_number = 2', "arose_on = '2025-12-31'"])(
  'an open item with %s is not what its entry says',
  async (change) => {
    const moved = `update open_item set ${change} where customer_id = ${C} and item_id = 1`
    expect(await namedAfter([moved])).toContain('items_equal_entries')
  },
)
