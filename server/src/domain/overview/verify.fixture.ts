/** The first home's customer. */
export const C = '100000001'

/** How each invariant is broken in the town of `verify.test.ts`; what the database itself would refuse is first allowed. */
export const TAMPERING: Record<string, string[]> = {
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
