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

/** The first home's customer. */
const C = '100000001'

/** How each invariant is broken; what the database itself would refuse is first allowed. */
const TAMPERING: Record<string, string[]> = {
  ended_requests_leave_nothing: [
    `update agreement set status = 'pending_start' where customer_id = 100000062 and status = 'cancelled'`,
  ],
  complete_requests_did_it: [
    `update service_request_step set status = 'pending' where request_id = 1 and kind = 'begin_service'`,
  ],
  open_requests_go_on: ['update service_request set due_date = null where request_id = 2'],
  contract_asks_equal_entries: [
    'update contract_ask set amount_cents = amount_cents + 1 where customer_id = 100000061 and ask_number = 1',
  ],
  deferred_is_explained: [
    'update contract_ask set undone = true where customer_id = 100000061 and ask_number = 1',
  ],
  put_off_by_live_budgets: ['update budget_amount set end_date = start_date where customer_id = 100000061'],
  arrangements_equal_instalments: [
    'update contract_instalment set cancelled = true where customer_id = 100000062 and instalment_number = 3',
  ],
  deposits_held: [
    `update payment_contract set status = 'ended', end_date = start_date where kind = 'deposit'`,
  ],
  promises_equal_payments: [
    `update payment_contract set amount_cents = amount_cents + 1 where kind = 'promise'`,
  ],
  entries_have_postings: [`delete from posting where customer_id = ${C} and entry_id = 1`],
  entries_have_causes: [
    `insert into journal_entry (customer_id, entry_id, kind, reference, effective_date, accounting_date, created_at)
     values (${C}, 900, 'adjustment', 'adjustment:99', '2026-02-01', '2026-02-01', '2026-02-01')`,
    `insert into posting (customer_id, entry_id, line_number, debit_code, credit_code, amount_cents)
     values (${C}, 900, 1, 'adjustment', 'cash', 5000)`,
  ],
  postings_balance: [
    'alter table posting drop constraint posting_check',
    `update posting set credit_code = debit_code where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  receivable_postings_complete: [
    `update posting set payoff_cents = -payoff_cents, current_cents = -current_cents where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  deferrals_change_no_debt: [
    `update posting set payoff_cents = 0 where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  reversals_mirror: [
    `update posting set credit_code = 'cash' where customer_id = ${C} and line_number = 1
       and entry_id = (select max(entry_id) from journal_entry where kind = 'charge_cancel')`,
  ],
  clearing_zero: [
    `update journal_entry set clearing_event = 'x' where clearing_event is not null and customer_id = ${C}`,
  ],
  control_accounts_of_kind: [
    `update posting set debit_code = 'write_off_receivable' where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  periods_close_in_order: [
    `update accounting_period set status = 'closed', closed_at = now() where period_code = '2026-03'`,
  ],
  closed_periods_frozen: [
    `update journal_entry set accounting_date = '2026-01-31' where customer_id = ${C} and entry_id = 1`,
  ],
  exports_equal_entries: [
    `update journal_export_line set debit_cents = debit_cents + 1 where ledger_code = 'receivable'`,
  ],
  open_items_equal_control_accounts: [
    `update open_item set amount_cents = amount_cents + 1, unsettled_cents = unsettled_cents + 1
      where customer_id = 100000002 and kind = 'charge' and item_id = 1`,
  ],
  items_equal_entries: [
    `update open_item set amount_cents = amount_cents + 1, unsettled_cents = unsettled_cents + 1
      where customer_id = 100000002 and item_id = 1`,
  ],
  unsettled_is_the_rest: [
    `update open_item set unsettled_cents = 1 where customer_id = 100000002 and item_id = 1`,
  ],
  settlements_match: [`update settlement set amount_cents = -1 where customer_id = 100000002`],
  adjustments_equal_entries: [
    `update adjustment set amount_cents = amount_cents + 1 where customer_id = ${C} and adjustment_id = 1`,
  ],
  cancelled_adjustments_reversed: [
    `update adjustment set status = 'frozen', cancel_entry_id = null where customer_id = ${C} and adjustment_id = 1`,
  ],
  transfers_conserved: [
    `update adjustment set amount_cents = amount_cents + 1 where purpose = 'transfer' and customer_id = ${C}`,
  ],
  charges_equal_lines: [
    `update charge_line set amount_cents = amount_cents + 1 where customer_id = ${C} and line_number = 1`,
  ],
  charges_equal_entries: [
    `update posting set amount_cents = amount_cents + 1, payoff_cents = payoff_cents + 1, current_cents = current_cents + 1
      where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  charge_ledgers_equal_lines: [
    `update posting set credit_code = 'revenue_rider' where customer_id = ${C} and entry_id = 1 and line_number = 1`,
  ],
  cancelled_charges_reversed: [
    'alter table charge drop constraint charge_period_once',
    `update charge set status = 'frozen' where customer_id = ${C} and charge_id = 1`,
  ],
  no_period_billed_twice: [
    'alter table charge drop constraint charge_period_once',
    `update charge set status = 'frozen' where customer_id = ${C} and charge_id = 1`,
  ],
  charges_have_usage: [`update usage set status = 'ready' where customer_id = 100000002 and usage_id = 1`],
  bills_equal_charges: [`update charge set bill_id = null where customer_id = 100000002 and charge_id = 1`],
  bills_add_up: [
    `update bill set previous_cents = previous_cents + 1, credits_cents = credits_cents - 1
      where customer_id = 100000002 and bill_id = 2`,
  ],
  bills_equal_items: [`update open_item set bill_id = null where customer_id = 100000002 and item_id = 1`],
  rebills_wait_for_cancels: [
    'update charge set rebills_charge_id = 1 where customer_id = 100000002 and charge_id = 2',
  ],
  only_bills_show_items: [
    `update bill set status = 'reopened' where customer_id = 100000002 and bill_id = 2`,
  ],
  credit_notes_take_back: [
    `update bill set status = 'credit_note', replaces_bill_id = 1 where customer_id = 100000002 and bill_id = 2`,
  ],
  late_fees_equal_entries: ['update late_fee set amount_cents = amount_cents + 1'],
  bills_have_events: [`delete from outbox_event where subject = 'bill:${C}-1'`],
  runs_equal_chunks: [`update bill_run_chunk set amount_cents = amount_cents + 1`],
  invoices_equal_charges: ['update market_invoice set amount_cents = amount_cents + 1'],
  payments_equal_entries: [`update payment set amount_cents = amount_cents + 1 where customer_id = ${C}`],
  tenders_equal_payments: ['update tender set amount_cents = amount_cents + 1 where event_number = 1'],
  payment_entries_have_payments: [
    `update journal_entry set reference = 'payment:99' where reference = 'payment:1' and kind = 'payment'`,
  ],
  unapplied_cash_is_explained: [
    `update posting set amount_cents = amount_cents + 1 where credit_code = 'unapplied_cash'`,
  ],
  refunds_payable_are_requests: ['update disbursement set amount_cents = amount_cents + 1'],
  balanced_tills_were_counted: ['update tender_control set expected_cents = expected_cents + 1'],
  cancelled_payments_reversed: [`update payment set status = 'frozen' where status = 'cancelled'`],
  drawn_money_posted: [`update payment_attempt set amount_cents = amount_cents + 1`],
  paid_requests_drawn: [`update payment_request set status = 'cancelled', event_number = null`],
  paid_pages_posted: [`update hosted_session set amount_cents = amount_cents + 1`],
  drawing_has_attempt: [`update payment_request set status = 'drawing', event_number = null`],
  notices_say_what_was_written: [`update notice set body = body || '!' where cause = 'test'`],
  mailed_bills_were_sent: [
    `update bill_routing set method = 'email', status = 'sent' where customer_id = ${C} and bill_id = 1`,
  ],
  deliveries_have_events: [
    `insert into webhook_delivery (client_id, endpoint_id, event_id, status, due_at, queued_at)
     values (1, 1, 999999, 'waiting', '2026-04-01', '2026-04-01')`,
  ],
  cuts_have_orders: ['update severance set cut_on = cut_from - 1 where cut_on is not null'],
  no_cut_against_protection: [
    `insert into protection (customer_id, protection_number, kind, forbids, start_date, reason, created_at, created_by)
     select customer_id, 9, 'hold', 'cut', '2026-01-01', '', '2026-01-01', '' from severance`,
  ],
  severances_have_processes: [
    'update severance set cut_on = null, cut_activity_id = null',
    `update collection_process set status = 'inactive', ended_on = started_on, end_reason = 'paid'`,
  ],
  one_process_for_a_debt: [
    'drop index collection_process_once',
    `insert into collection_process (customer_id, process_id, account_number, debt_class, stage, path_code, status,
                                     arrears_date, arrears_cents, release_cents, started_on, created_at, created_by)
     select customer_id, process_id + 100, account_number, debt_class, stage, path_code, status, arrears_date,
            arrears_cents, release_cents, started_on, created_at, created_by
       from collection_process where status = 'active'`,
  ],
  steps_follow_their_process: [
    `update collection_process set status = 'inactive', ended_on = started_on, end_reason = 'paid'`,
  ],
  write_offs_conserve_debt: ['update write_off set amount_cents = amount_cents + 1'],
  dismissed_write_offs_reversed: [`update write_off set status = 'dismissed', dismissed_on = written_off_on`],
  recoveries_equal_entries: ['update write_off_recovery set amount_cents = amount_cents * 2'],
  frozen_debt_not_asked: ['update bankruptcy_debt set amount_cents = amount_cents - 1'],
  charge_line_charge_id_exists: [
    `update charge_line set charge_id = charge_id + 900 where customer_id = ${C} and line_number = 1`,
  ],
  charge_part_charge_id_exists: [
    `update charge_part set charge_id = charge_id + 900 where customer_id = ${C}`,
  ],
  charge_bill_id_exists: [`update charge set bill_id = 99 where customer_id = ${C} and charge_id = 1`],
  charge_usage_id_exists: [`update charge set usage_id = 99 where customer_id = ${C} and charge_id = 1`],
  usage_quantity_usage_id_exists: [
    `update usage_quantity set usage_id = usage_id + 900 where customer_id = ${C}`,
  ],
  usage_source_usage_id_exists: [
    `update usage_source set usage_id = usage_id + 900 where customer_id = ${C}`,
  ],
  bill_routing_bill_id_exists: [`update bill_routing set bill_id = bill_id + 900 where customer_id = ${C}`],
  posting_entry_id_exists: [`update posting set entry_id = 999 where customer_id = ${C} and entry_id = 1`],
  open_item_entry_id_exists: [`update open_item set entry_id = 999 where customer_id = ${C} and item_id = 1`],
  settlement_debit_item_id_exists: [
    `update settlement set debit_item_id = 999 where customer_id = ${C} and settlement_id = 1`,
  ],
  settlement_credit_item_id_exists: [
    `update settlement set credit_item_id = 999 where customer_id = ${C} and settlement_id = 1`,
  ],
  tender_event_number_exists: [
    `update tender set event_number = 99 where customer_id = ${C} and event_number = 1`,
  ],
  payment_entry_id_exists: [
    `update payment set entry_id = 999 where customer_id = ${C} and payment_number = 1`,
  ],
  bills_go_to_current_address: [
    `insert into billing_address (customer_id, account_number, address_number, mailing_name, mailing_address, current)
     select customer_id, account_number, 1, 'Somebody else', mailing_address, true
       from billing_account where customer_id = ${C} and account_number = 1`,
  ],
  audit_chain: [
    `update audit_entry set actor = 'user:nobody' where audit_id = (select min(audit_id) from audit_entry)`,
  ],
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
