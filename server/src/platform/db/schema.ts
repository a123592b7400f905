// Generated from the migrated database by `npm run db:schema`; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Instant, LocalDate } from '../time.ts'

/** Read as a value, written as JSON text: the driver would take an array for an SQL array. */
export type Json = ColumnType<unknown, string, string>

/** A column that the database fills when it is left out. */
export type Generated<T> =
  T extends ColumnType<infer Read, infer Written, infer Changed>
    ? ColumnType<Read, Written | undefined, Changed>
    : ColumnType<T, T | undefined, T>

/** Read as text so that no digit is lost. */
export type Numeric = ColumnType<string, string | number, string | number>

export interface AccountPerson {
  customer_id: number
  account_number: number
  person_id: number
  role: string
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface AccountingPeriod {
  client_id: number
  start_date: LocalDate
  end_date: LocalDate
  status: string
  period_code: string
  closed_at: Instant | null
  exported: Generated<boolean>
}

export interface Adjustment {
  customer_id: number
  adjustment_id: number
  agreement_id: number
  account_number: number
  adjustment_type: string
  purpose: string
  status: string
  amount_cents: number | null
  effective_date: LocalDate
  accounting_date: LocalDate
  due_date: LocalDate | null
  on_bill: boolean
  cause: string | null
  comment: string | null
  fault_code: string | null
  fault: string | null
  side: string | null
  sibling_customer_id: number | null
  sibling_adjustment_id: number | null
  entry_id: number | null
  cancel_entry_id: number | null
  cancel_reason: string | null
  created_at: Instant
  created_by: string
  approved_by: string | null
}

export interface AdjustmentType {
  client_id: number
  adjustment_type: string
  name_en: string
  name_es: string
  purpose: string
  direction: string
  ledger_code: string
  debt_class: string | null
  default_amount_cents: number | null
  agreement_kinds: string[]
  service_kinds: string[]
  statuses: string[]
  on_bill: boolean
  approval_above_cents: number | null
  active: boolean
}

export interface AgencyReferral {
  customer_id: number
  referral_id: number
  account_number: number
  process_id: number
  agency_code: string
  amount_cents: number
  referred_on: LocalDate
  recalled_on: LocalDate | null
  recall_reason: string | null
}

export interface Agreement {
  customer_id: number
  agreement_id: number
  set_number: GeneratedAlways<number | null>
  number: GeneratedAlways<number | null>
  account_number: number
  kind: string
  service_kind: string | null
  company_id: number
  status: string
  start_date: LocalDate
  end_date: LocalDate | null
  premise_id: number | null
  revenue_class: Generated<string>
  debt_class: Generated<string>
  bill_method: Generated<string>
  external_account: string | null
  created_at: Instant
}

export interface AgreementFact {
  customer_id: number
  agreement_id: number
  fact_code: string
  start_date: LocalDate
  end_date: LocalDate | null
  value: Json
}

export interface AgreementFlag {
  customer_id: number
  agreement_id: number
  flag: string
  start_date: LocalDate
  end_date: LocalDate | null
  reason: string
}

export interface AgreementPoint {
  customer_id: number
  agreement_id: number
  point_number: number
  service_point_id: number
  start_date: LocalDate
  end_date: LocalDate | null
  sign: Generated<number>
  percent: Generated<Numeric>
}

export interface AuditEntry {
  client_id: number
  audit_id: GeneratedAlways<number>
  at: Instant
  actor: string
  door: string
  operation: string
  subject: string
  reason: string | null
  correlation_id: string | null
  detail: Generated<Json>
  transaction_id: Generated<string>
}

export interface AuditOffset {
  singleton: Generated<boolean>
  transactions: number
}

export interface AuditSeal {
  client_id: number
  seal_number: number
  from_transaction: string
  to_transaction: string
  entries: number
  previous_hash: Buffer
  hash: Buffer
  sealed_at: Instant
}

export interface Autopay {
  customer_id: number
  autopay_number: number
  account_number: number
  payer_customer_id: number
  method_number: number
  start_date: LocalDate
  end_date: LocalDate | null
  draw_rule: string
  draw_days: number | null
  limit_cents: number | null
  returns: Generated<number>
  suspended_at: Instant | null
  suspend_reason: string | null
  created_at: Instant
  created_by: string
}

export interface Bankruptcy {
  customer_id: number
  bankruptcy_number: number
  account_number: number
  case_number: string
  chapter: string
  evidence: string
  filed_on: LocalDate
  status: string
  protection_number: number
  closed_on: LocalDate | null
  created_at: Instant
  created_by: string
}

export interface BankruptcyDebt {
  customer_id: number
  bankruptcy_number: number
  agreement_id: number
  frozen_agreement_id: number
  amount_cents: number
}

export interface Bill {
  customer_id: number
  bill_id: number
  account_number: number
  status: string
  bill_date: LocalDate
  due_date: LocalDate
  start_date: LocalDate
  end_date: LocalDate
  previous_cents: number
  credits_cents: number
  charges_cents: number
  amount_due_cents: number
  language: string
  run_id: number | null
  replaces_bill_id: number | null
  completed_at: Instant | null
  kind: Generated<string>
  cancel_reason: string | null
}

export interface BillCycle {
  client_id: number
  cycle_code: string
  name: string
}

export interface BillCycleWindow {
  client_id: number
  cycle_code: string
  period_end: LocalDate
  opens_on: LocalDate
  closes_on: LocalDate
  accounting_date: LocalDate
}

export interface BillFactor {
  client_id: number
  factor_code: string
  name: Json
  kind: string
}

export interface BillFactorValue {
  client_id: number
  factor_code: string
  characteristic: Generated<string>
  effective_from: LocalDate
  effective_to: LocalDate | null
  value: Numeric
}

export interface BillMessage {
  customer_id: number
  bill_id: number
  message_number: number
  message_code: string
  title: Json
  body: Json
}

export interface BillMessageTemplate {
  client_id: number
  message_code: string
  start_date: LocalDate
  end_date: LocalDate | null
  condition: string
  condition_value: string | null
  title: Json
  body: Json
  sequence: Generated<number>
}

export interface BillRelease {
  customer_id: number
  release_number: number
  account_number: number
  agreement_id: number
  kind: string
  start_date: LocalDate
  end_date: LocalDate
  amount_cents: number
  reason: string
  released_at: Instant
  released_by: string
  bill_id: number | null
}

export interface BillRouting {
  customer_id: number
  bill_id: number
  routing_number: number
  method: string
  name: string
  address: Json
  copies: Generated<number>
  status: string
  sent_at: Instant | null
}

export interface BillRun {
  client_id: number
  run_id: number
  cycle_code: string
  period_end: LocalDate
  bill_date: LocalDate
  mode: string
  status: string
  accounts: Generated<number>
  requested_by: string
  created_at: Instant
  started_at: Instant | null
  finished_at: Instant | null
}

export interface BillRunChunk {
  client_id: number
  run_id: number
  chunk_number: number
  customer_ids: number[]
  account_numbers: number[]
  status: string
  billed: Generated<number>
  held: Generated<number>
  nothing_due: Generated<number>
  amount_cents: Generated<number>
  worker: string | null
  started_at: Instant | null
  finished_at: Instant | null
}

export interface BillTolerance {
  client_id: number
  rule_number: number
  company_id: number | null
  customer_class: string | null
  kind: string
  percent: Generated<Numeric>
  amount_cents: Generated<number>
  in_a_row: Generated<number>
  outcome: string
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface BillingAccount {
  customer_id: number
  account_number: number
  company_id: number
  cycle_code: string
  status: string
  opened_on: LocalDate
  closed_on: LocalDate | null
  document_language: Generated<string>
  delivery_method: Generated<string>
  copies: Generated<number>
  due_days: Generated<number>
  mailing_name: string
  mailing_address: Json
  hold_bills: Generated<boolean>
  master_agreement_id: number | null
}

export interface BillingAddress {
  customer_id: number
  account_number: number
  address_number: number
  mailing_name: string
  mailing_address: Json
  current: boolean
  created_at: Instant | null
  created_by: string | null
  changed_at: Instant | null
  changed_by: string | null
}

export interface BudgetAmount {
  customer_id: number
  contract_number: number
  agreement_id: number
  start_date: LocalDate
  end_date: LocalDate | null
  amount_cents: number
}

export interface BudgetPlan {
  customer_id: number
  contract_number: number
  months: number
  true_up: string
  previous_number: number | null
}

export interface Channel {
  device_id: number
  configuration_number: number
  channel_number: number
  kind: string
  unit: string
  flow: string
  tou_code: string | null
  interval_seconds: number | null
  multiplier: Generated<Numeric>
  dials: number | null
}

export interface Charge {
  customer_id: number
  charge_id: number
  agreement_id: number
  account_number: number
  kind: string
  usage_id: number | null
  start_date: LocalDate
  end_date: LocalDate
  status: string
  amount_cents: number
  bill_id: number | null
  run_id: number | null
  cancel_bill_id: number | null
  rebills_charge_id: number | null
  as_of: Instant
  engine: string
  created_at: Instant
  frozen_at: Instant | null
  cancelled_at: Instant | null
  cancel_reason: string | null
  basis: Generated<Json>
  error_code: string | null
  error: string | null
}

export interface ChargeLine {
  customer_id: number
  charge_id: number
  line_number: number
  part_number: number
  rule_code: string
  kind: string
  section: string
  quantity: number | null
  quantity_scale: number | null
  unit: string | null
  tou_code: string | null
  price: Numeric | null
  base_cents: number | null
  unrounded: Numeric
  amount_cents: number
  ledger_code: string
  tax_category: string | null
  start_date: LocalDate
  end_date: LocalDate
  detail: Generated<Json>
}

export interface ChargePart {
  customer_id: number
  charge_id: number
  part_number: number
  tariff_id: number
  tariff_version: number
  start_date: LocalDate
  end_date: LocalDate
}

export interface Client {
  client_id: number
  code: string
  name: string
  time_zone: string
  locale: Generated<string>
  settings: Generated<Json>
  created_at: Instant
}

export interface CollectionPath {
  client_id: number
  path_code: string
  name: string
  stage: string
  customer_classes: string[]
  debt_classes: string[]
  priority: number
  min_days_past_due: number
  min_amount_cents: number
  release_amount_cents: number
  restart_days: number
  active: Generated<boolean>
}

export interface CollectionPathStep {
  client_id: number
  path_code: string
  step_number: number
  kind: string
  counts_from: string
  after_step: number | null
  days: number
  work_days: Generated<boolean>
  on_work_day: Generated<boolean>
  template: string | null
  amount_cents: number | null
  notice_days: number | null
  points: number | null
}

export interface CollectionProcess {
  customer_id: number
  process_id: number
  account_number: number
  debt_class: string
  stage: string
  path_code: string
  status: string
  arrears_date: LocalDate
  arrears_cents: number
  release_cents: number
  started_on: LocalDate
  ended_on: LocalDate | null
  end_reason: string | null
  not_before: LocalDate | null
  created_at: Instant
  created_by: string
}

export interface CollectionStep {
  customer_id: number
  process_id: number
  step_number: number
  kind: string
  counts_from: string
  after_step: number | null
  days: number
  work_days: boolean
  on_work_day: boolean
  template: string | null
  amount_cents: number | null
  notice_days: number | null
  points: number | null
  status: string
  due_date: LocalDate | null
  waiting_for: string | null
  done_on: LocalDate | null
  asked_cents: number | null
  result: Generated<Json>
}

export interface Company {
  client_id: number
  company_id: number
  code: string
  name: string
  kind: string
  currency: string
  currency_exponent: Generated<number>
  time_zone: string
  address: Generated<Json>
  remit_address: Generated<Json>
  phone: string | null
  email: string | null
  website: string | null
}

export interface ContactLog {
  customer_id: number
  log_number: number
  agreement_id: number | null
  account_number: number | null
  at: Instant
  actor: string
  kind: string
  text: string
  subject: string | null
}

export interface ContractAsk {
  customer_id: number
  ask_number: number
  contract_number: number
  agreement_id: number
  kind: string
  amount_cents: number
  asked_on: LocalDate
  due_date: LocalDate | null
  bill_id: number | null
  instalment_number: number | null
  months: number | null
  charged_cents: number | null
  text: Json | null
  entry_id: number | null
  cancel_entry_id: number | null
  undone: Generated<boolean>
}

export interface ContractInstalment {
  customer_id: number
  contract_number: number
  instalment_number: number
  due_date: LocalDate | null
  amount_cents: number
  cancelled: Generated<boolean>
}

export interface CreditEvent {
  customer_id: number
  event_number: number
  account_number: number
  kind: string
  points: number
  cash_only_points: Generated<number>
  start_date: LocalDate
  end_date: LocalDate
  cause: string
  note: Generated<string>
  created_at: Instant
  created_by: string
}

export interface Customer {
  customer_id: number
  client_id: GeneratedAlways<number | null>
  number: GeneratedAlways<number | null>
  company_id: number
  main_person_id: number
  class: string
  status: string
  since: LocalDate
  created_at: Instant
}

export interface CustomerAlert {
  customer_id: number
  alert_number: number
  kind: string
  text: string
  start_date: LocalDate
  end_date: LocalDate | null
  created_by: string
  created_at: Instant
  account_number: number | null
}

export interface CustomerSet {
  customer_id: number
  set_number: number
  name: Generated<string>
}

export interface DailyStep {
  client_id: number
  step: string
  done_through: LocalDate
}

export interface DebtClass {
  client_id: number
  debt_class: string
  name: string
  pay_priority: number
}

export interface Deposit {
  customer_id: number
  contract_number: number
  form: string
  reason: string
  interest_from: LocalDate | null
  guarantor_customer_id: number | null
  evidence: string | null
  valid_until: LocalDate | null
}

export interface DepositControl {
  client_id: number
  deposit_id: number
  bank_account: string
  status: string
  opened_at: Instant
  opened_by: string
  balanced_at: Instant | null
  balanced_by: string | null
  expected_cents: number | null
}

export interface DepositInterest {
  customer_id: number
  contract_number: number
  interest_number: number
  start_date: LocalDate
  end_date: LocalDate
  amount_cents: number
  agreement_id: number | null
  entry_id: number | null
  spans: Json
}

export interface DepositRate {
  client_id: number
  start_date: LocalDate
  yearly_percent: Numeric
}

export interface Device {
  device_id: Generated<number>
  client_id: number
  kind: string
  badge: string
  serial_number: string | null
  manufacturer: string | null
  model: string | null
  status: string
  created_at: Instant
}

export interface DeviceConfiguration {
  device_id: number
  configuration_number: number
  start_at: Instant
  end_at: Instant | null
}

export interface Disbursement {
  customer_id: number
  disbursement_number: number
  account_number: number | null
  agreement_id: number | null
  payment_number: number | null
  amount_cents: number
  status: string
  payee_name: string
  address: Json
  reason: string
  entry_id: number
  paid_entry_id: number | null
  check_number: string | null
  requested_on: LocalDate
  paid_on: LocalDate | null
  ended_on: LocalDate | null
  requested_by: string
  created_at: Instant
}

export interface Exemption {
  customer_id: number
  agreement_id: number
  exemption_number: number
  kind: string
  tax_category: string | null
  share: Generated<Numeric>
  certificate: string | null
  start_date: LocalDate
  end_date: LocalDate | null
  reason: Generated<string>
}

export interface FieldActivity {
  client_id: number
  activity_id: GeneratedAlways<number>
  kind: string
  premise_id: number
  service_point_id: number | null
  customer_id: number | null
  agreement_id: number | null
  status: string
  guarded: Generated<boolean>
  cause: string
  requested_for: LocalDate
  window_start: Instant | null
  window_end: Instant | null
  crew: string | null
  instructions: Generated<string>
  hold_reason: string | null
  external_id: string | null
  dispatched_at: Instant | null
  completed_at: Instant | null
  result: Json | null
  cancel_reason: string | null
  created_at: Instant
  created_by: string
}

export interface GatewayAccount {
  client_id: number
  gateway: string
  status: string
  settings: Json
  sealed_secrets: Buffer
  updated_at: Instant
  updated_by: string
}

export interface GeneralLedger {
  client_id: number
  agency_id: number
  general_ledger_id: number
  name: string
}

export interface GeneralLedgerString {
  client_id: number
  agency_id: number
  general_ledger_id: number
  start_date: LocalDate
  account_string: string
}

export interface GoverningAgency {
  client_id: number
  agency_id: number
  name: string
}

export interface Holiday {
  client_id: number
  calendar_code: string
  day: LocalDate
  name: Json
}

export interface HostedSession {
  customer_id: number
  session_number: number
  account_number: number
  gateway: string
  idempotency_key: string
  gateway_reference: string | null
  amount_cents: number
  save_method: boolean
  return_url: string
  status: string
  reason: string | null
  event_number: number | null
  method_number: number | null
  expires_at: Instant
  created_at: Instant
  created_by: string
}

export interface IdempotencyKey {
  client_id: number
  door: string
  caller: string
  key: string
  request_hash: Buffer
  status: number | null
  reply: Json | null
  created_at: Instant
}

export interface InstallEvent {
  service_point_id: number
  install_number: number
  device_id: number
  configuration_number: number
  installed_at: Instant
  removed_at: Instant | null
  switched_on: Generated<boolean>
}

export interface Installation {
  singleton: Generated<boolean>
  demo: Generated<boolean>
  clock_start: Instant | null
  clock_origin: Instant | null
  demo_step: string | null
  created_at: Instant
}

export interface IntervalBlock {
  service_point_id: number
  series_number: number
  local_day: LocalDate
  version: number
  start_seconds: number
  interval_seconds: number
  interval_count: number
  total: number
  encoded: Buffer
  quality: Buffer | null
  source: string
  recorded_at: Instant
  superseded_at: Instant | null
}

export interface JournalEntry {
  customer_id: number
  entry_id: number
  kind: string
  reference: string
  effective_date: LocalDate
  accounting_date: LocalDate
  reverses_entry_id: number | null
  clearing_event: string | null
  created_at: Instant
}

export interface JournalExport {
  client_id: number
  batch_number: number
  through_date: LocalDate
  entries: number
  amount_cents: number
  created_at: Instant
  created_by: string
}

export interface JournalExportEntry {
  customer_id: number
  entry_id: number
  batch_number: number
}

export interface JournalExportLine {
  client_id: number
  batch_number: number
  accounting_date: LocalDate
  ledger_code: string
  account_string: string
  debit_cents: number
  credit_cents: number
}

export interface LandlordAgreement {
  client_id: number
  landlord_id: GeneratedAlways<number>
  customer_id: number
  account_number: number
  description: Generated<string>
  created_at: Instant
  created_by: string
}

export interface LandlordPremise {
  client_id: number
  premise_id: number
  landlord_id: number
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface LandlordService {
  client_id: number
  landlord_id: number
  service_kind: string
  tariff_id: number
  season_start: string | null
  season_end: string | null
}

export interface LateFee {
  customer_id: number
  fee_number: number
  account_number: number
  agreement_id: number
  assessed_on: LocalDate
  rule: Json
  base_cents: number
  amount_cents: number
  entry_id: number
  status: string
  cancel_reason: string | null
  created_at: Instant
}

export interface LateFeeBase {
  customer_id: number
  fee_number: number
  item_id: number
  origin: string
  unsettled_cents: number
  due_date: LocalDate
  days_late: number
}

export interface LateFeeRule {
  client_id: number
  rule_code: string
  company_id: number | null
  customer_class: string | null
  debt_class: string | null
  percent: Generated<Numeric>
  flat_cents: Generated<number>
  grace_days: Generated<number>
  minimum_cents: Generated<number>
  cap_cents: number | null
  repeats: string
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface LedgerAccount {
  client_id: number
  ledger_code: string
  name: string
  kind: string
  control: Generated<boolean>
  account_number: number
  agency_id: Generated<number>
  general_ledger_id: number
  active: Generated<boolean>
}

export interface LedgerBalance {
  client_id: number
  end_date: LocalDate
  ledger_code: string
  debit_cents: number
  credit_cents: number
}

export interface MarketDetail {
  customer_id: number
  agreement_id: number
  detail_number: number
  kind: string
  value: string
  status: string
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface MarketInvoice {
  customer_id: number
  invoice_number: number
  agreement_id: number
  charge_id: number
  amount_cents: number
  status: string
  invoice_date: LocalDate
  external_id: string | null
  created_at: Instant
}

export interface Migration {
  number: number
  name: string
  checksum: string
  applied_at: Generated<Instant>
}

export interface Moratorium {
  client_id: number
  moratorium_id: number
  name: string
  kind: string
  forbids: string
  postal_codes: string[]
  customer_classes: string[]
  start_date: LocalDate
  end_date: LocalDate
  created_at: Instant
  created_by: string
  ended_at: Instant | null
}

export interface Notice {
  customer_id: number
  notice_number: number
  account_number: number
  person_id: number
  template_code: string
  channel: string
  language: string
  cause: string
  name: string
  address: Json
  subject: string
  body: string
  content_hash: Buffer
  bill_id: number | null
  routing_number: number | null
  status: string
  reason: string | null
  attempts: Generated<number>
  last_error: string | null
  due_at: Instant
  queued_at: Instant
  done_at: Instant | null
}

export interface NoticePreference {
  customer_id: number
  account_number: number
  person_id: number
  category: string
  channel: string
  wanted: boolean
  changed_at: Instant
}

export interface NoticeTemplate {
  client_id: number
  template_code: string
  name: string
  category: string
  legal: Generated<boolean>
  letters: Generated<boolean>
  facts: Json
}

export interface NoticeText {
  client_id: number
  template_code: string
  channel: string
  language: string
  start_date: LocalDate
  subject: string
  body: string
  created_by: string
  created_at: Instant
}

export interface OfficeHoliday {
  client_id: number
  holiday: LocalDate
  name: string
}

export interface OpenItem {
  customer_id: number
  item_id: number
  agreement_id: number
  account_number: number
  debt_class: string
  kind: string
  reference: string
  entry_id: number
  bill_id: number | null
  arose_on: LocalDate
  due_date: LocalDate | null
  amount_cents: number
  unsettled_cents: number
  deferred: Generated<boolean>
}

export interface OutboxEvent {
  client_id: number
  event_id: GeneratedAlways<number>
  at: Instant
  type: string
  subject: string
  payload: Json
  handled_at: Instant | null
  attempts: Generated<number>
  retry_at: Instant | null
  transaction_id: Generated<string>
}

export interface PasswordReset {
  client_id: number
  user_id: number
  reset_number: number
  token_hash: Buffer
  sealed_token: Buffer | null
  requested_by: string
  requested_at: Instant
  expires_at: Instant
  attempts: Generated<number>
  last_error: string | null
  mailed_at: Instant | null
  ended_at: Instant | null
}

export interface Payment {
  customer_id: number
  payment_number: number
  account_number: number | null
  payer_customer_id: number
  event_number: number
  amount_cents: number
  status: string
  entry_id: number | null
  target_kind: string | null
  target_id: number | null
  error_code: string | null
  error_text: string | null
  cancelled_on: LocalDate | null
  cancel_reason: string | null
  replaces_customer_id: number | null
  replaces_payment_number: number | null
}

export interface PaymentAttempt {
  customer_id: number
  request_number: number
  attempt_number: number
  act: string
  gateway: string
  idempotency_key: string
  amount_cents: number
  status: string
  gateway_reference: string | null
  decline_code: string | null
  message: string | null
  sent_at: Instant
  answered_at: Instant | null
}

export interface PaymentContract {
  customer_id: number
  contract_number: number
  kind: string
  account_number: number
  agreement_id: number | null
  covers_agreement_id: number | null
  status: string
  start_date: LocalDate
  end_date: LocalDate | null
  end_reason: string | null
  amount_cents: number | null
  debt_classes: string[] | null
  requested_by: string | null
  note: string | null
  created_at: Instant
  created_by: string
}

export interface PaymentEvent {
  customer_id: number
  event_number: number
  payment_date: LocalDate
  source: string
  external_id: string | null
  created_at: Instant
  created_by: string
}

export interface PaymentMethod {
  customer_id: number
  method_number: number
  kind: string
  gateway: string
  sealed_token: Buffer
  last_four: string
  brand: string | null
  routing_number: string | null
  account_type: string | null
  holder_name: string
  nickname: string
  expires_on: LocalDate | null
  verification: string
  is_default: Generated<boolean>
  status: string
  created_at: Instant
  created_by: string
  retired_at: Instant | null
}

export interface PaymentRequest {
  customer_id: number
  request_number: number
  account_number: number
  origin: string
  autopay_number: number | null
  payer_customer_id: number
  method_number: number
  bill_id: number | null
  draw_date: LocalDate
  amount_cents: number | null
  status: string
  reason: string | null
  event_number: number | null
  created_at: Instant
  created_by: string
}

export interface Permission {
  permission: string
  permission_id: number
  name: string
  description: Generated<string>
  active: Generated<boolean>
}

export interface Person {
  person_id: Generated<number>
  client_id: number
  kind: string
  first_name: string | null
  last_name: string | null
  organisation_name: string | null
  doing_business_as: string | null
  language: Generated<string>
  search_name: string
  created_at: Instant
}

export interface PersonContact {
  person_id: number
  contact_number: number
  kind: string
  value: string
  normalized: string
  main: Generated<boolean>
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface PersonIdentifier {
  person_id: number
  identifier_number: number
  kind: string
  encrypted: Buffer
  last_digits: string
}

export interface PlanAssignment {
  customer_id: number
  agreement_id: number
  assignment_number: number
  tariff_id: number
  start_date: LocalDate
  end_date: LocalDate | null
}

export interface Posting {
  customer_id: number
  entry_id: number
  line_number: number
  debit_code: string
  credit_code: string
  amount_cents: number
  agreement_id: number | null
  account_number: number | null
  debt_class: string | null
  payoff_cents: number | null
  current_cents: number | null
}

export interface Premise {
  premise_id: Generated<number>
  client_id: number
  kind: string
  line1: string
  line2: string | null
  city: string
  state: string
  postal_code: string
  country: Generated<string>
  search_address: string
  latitude: Numeric | null
  longitude: Numeric | null
  created_at: Instant
}

export interface Protection {
  customer_id: number
  protection_number: number
  account_number: number | null
  agreement_id: number | null
  kind: string
  forbids: string
  amount_cents: number | null
  start_date: LocalDate
  end_date: LocalDate | null
  evidence: string | null
  reason: string
  created_at: Instant
  created_by: string
  ended_at: Instant | null
  ended_by: string | null
}

export interface RegisterRead {
  service_point_id: number
  series_number: number
  read_at: Instant
  version: number
  device_id: number
  reading: number
  quality: string
  source: string
  recorded_at: Instant
  superseded_at: Instant | null
}

export interface RemittanceFile {
  client_id: number
  file_id: number
  format: string
  file_name: string
  sender: string
  sender_file_id: string
  content_hash: Buffer
  status: string
  row_count: number
  amount_cents: number
  loaded_by: string
  started_at: Instant
  finished_at: Instant | null
}

export interface RemittanceRow {
  client_id: number
  file_id: number
  row_number: number
  line_number: number
  kind: string
  status: string
  account_text: Generated<string>
  amount_cents: number | null
  payment_date: LocalDate | null
  method: string | null
  reference: string | null
  return_code: string | null
  reason_code: string | null
  reason: string | null
  customer_id: number | null
  payment_number: number | null
  payer_customer_id: number | null
  event_number: number | null
  resolved_by: string | null
  resolved_at: Instant | null
}

export interface Role {
  client_id: number
  role_code: string
  name: string
  description: Generated<string>
  role_id: number
}

export interface RolePermission {
  client_id: number
  role_code: string
  permission: string
}

export interface SandboxCharge {
  client_id: number
  idempotency_key: string
  charge_id: string
  token: string
  amount_cents: number
  status: string
  code: string | null
  return_on: LocalDate | null
  told_at: Instant | null
  created_at: Instant
}

export interface SandboxSession {
  client_id: number
  session_id: string
  idempotency_key: string
  description: string
  payee: string
  amount_cents: number
  currency: string
  language: string
  save_method: boolean
  return_url: string
  status: string
  token: string | null
  charge_id: string | null
  created_at: Instant
  expires_at: Instant
}

export interface Series {
  service_point_id: number
  series_number: number
  kind: string
  unit: string
  flow: string
  tou_code: string | null
  interval_seconds: number | null
  scale: number
}

export interface ServicePoint {
  service_point_id: Generated<number>
  client_id: number
  premise_id: number
  service_kind: string
  time_zone: string
  status: string
  external_number: string | null
  utility_code: string | null
  voltage: string | null
  created_at: Instant
}

export interface ServiceRequest {
  client_id: number
  request_id: GeneratedAlways<number>
  kind: string
  status: string
  customer_id: number | null
  account_number: number | null
  premise_id: number
  from_premise_id: number | null
  start_date: LocalDate | null
  stop_date: LocalDate | null
  terms: Json
  requested_by: string
  reason: Generated<string>
  due_date: LocalDate | null
  fault_code: string | null
  fault: string | null
  created_at: Instant
  created_by: string
  ended_at: Instant | null
}

export interface ServiceRequestStep {
  client_id: number
  request_id: number
  step_number: number
  kind: string
  status: string
  due_date: LocalDate | null
  made: Generated<Json>
  message: string | null
  done_at: Instant | null
}

export interface Session {
  token_hash: Buffer
  client_id: number
  user_id: number
  door: string
  created_at: Instant
  last_used_at: Instant
  expires_at: Instant
  ended_at: Instant | null
}

export interface Settlement {
  customer_id: number
  settlement_id: number
  debit_item_id: number
  credit_item_id: number
  amount_cents: number
  settled_at: Instant
}

export interface Severance {
  customer_id: number
  severance_id: number
  agreement_id: number
  account_number: number
  process_id: number
  status: string
  noticed_on: LocalDate
  cut_from: LocalDate
  cut_activity_id: number | null
  cut_ordered_at: Instant | null
  cut_dispatched_at: Instant | null
  cut_on: LocalDate | null
  fee_adjustment_id: number | null
  reconnect_activity_id: number | null
  reconnected_on: LocalDate | null
  final_billed_on: LocalDate | null
  ended_on: LocalDate | null
  end_reason: string | null
}

export interface StaffUser {
  client_id: number
  user_id: number
  user_name: string
  display_name: string
  email: string | null
  password_hash: string
  status: string
  locale: Generated<string>
  failed_attempts: Generated<number>
  locked_until: Instant | null
  last_login_at: Instant | null
  created_at: Instant
}

export interface StaffUserPermission {
  client_id: number
  user_id: number
  permission: string
  granted: boolean
}

export interface StaffUserRole {
  client_id: number
  user_id: number
  role_code: string
}

export interface SwitchHold {
  client_id: number
  service_point_id: number
  hold_number: number
  reason: string
  start_date: LocalDate
  end_date: LocalDate | null
  created_at: Instant
  created_by: string
}

export interface Tariff {
  client_id: number
  tariff_id: number
  code: string
  name: Json
  company_id: number
  service_kind: string
  customer_class: string | null
  status: string
}

export interface TariffVersion {
  client_id: number
  tariff_id: number
  version: number
  effective_from: LocalDate
  effective_to: LocalDate | null
  status: string
  document: Json
  sha256: Buffer
  created_at: Instant
}

export interface Tender {
  customer_id: number
  event_number: number
  tender_number: number
  method: string
  reference: string | null
  amount_cents: number
  status: string
  cancel_reason: string | null
  control_id: number | null
  cancelled_on: LocalDate | null
  return_code: string | null
}

export interface TenderControl {
  client_id: number
  control_id: number
  deposit_id: number | null
  kind: string
  name: string
  status: string
  opened_at: Instant
  opened_by: string
  balanced_at: Instant | null
  balanced_by: string | null
  expected_cents: number | null
  expected_tenders: number | null
}

export interface UniqueValue {
  client_id: number
  kind: string
  value: string
  owner: string
}

export interface Usage {
  customer_id: number
  usage_id: number
  agreement_id: number
  start_date: LocalDate
  end_date: LocalDate
  source: string
  status: string
  estimated: Generated<boolean>
  as_of: Instant
  created_at: Instant
}

export interface UsageImport {
  client_id: number
  import_id: GeneratedAlways<number>
  file_name: string
  file_sha256: Buffer
  format: string
  imported_at: Instant
  actor: string
  intervals_taken: number
  intervals_same: number
  intervals_refused: number
  report: Json
}

export interface UsageQuantity {
  customer_id: number
  usage_id: number
  line_number: number
  loop: Generated<string>
  unit: string
  tou_code: Generated<string>
  kind: Generated<string>
  quantity: number
  scale: number
  meter_badge: string | null
  begin_reading: number | null
  end_reading: number | null
  estimated: Generated<boolean>
}

export interface UsageSource {
  customer_id: number
  usage_id: number
  source_number: number
  service_point_id: number
  series_number: number
  sign: number
  percent: Numeric
  start_day: LocalDate
  end_day: LocalDate
  block_versions: number[] | null
}

export interface WebhookDelivery {
  client_id: number
  endpoint_id: number
  event_id: number
  status: string
  attempts: Generated<number>
  due_at: Instant
  last_status: number | null
  last_error: string | null
  queued_at: Instant
  done_at: Instant | null
}

export interface WebhookEndpoint {
  client_id: number
  endpoint_id: number
  url: string
  description: Generated<string>
  event_types: string[]
  status: string
  status_reason: string | null
  failing_since: Instant | null
  created_at: Instant
}

export interface WebhookSecret {
  client_id: number
  endpoint_id: number
  secret_number: number
  encrypted: Buffer
  created_at: Instant
  expires_at: Instant | null
}

export interface WorkItem {
  client_id: number
  item_id: GeneratedAlways<number>
  kind: string
  subject: string
  customer_id: number | null
  reason_code: string
  reason: string
  remedy: string
  detail: Generated<Json>
  status: string
  priority: Generated<number>
  assigned_to: string | null
  due_date: LocalDate | null
  run_id: number | null
  created_at: Instant
  closed_at: Instant | null
  closed_by: string | null
}

export interface WriteOff {
  customer_id: number
  write_off_id: number
  account_number: number
  agreement_id: number
  kept_agreement_id: number | null
  process_id: number | null
  kind: string
  amount_cents: number
  written_off_on: LocalDate
  status: string
  entry_id: number
  dismissed_on: LocalDate | null
  dismiss_reason: string | null
  created_at: Instant
  created_by: string
}

export interface WriteOffRecovery {
  customer_id: number
  write_off_id: number
  recovery_number: number
  amount_cents: number
  recovered_on: LocalDate
  entry_id: number
}

export interface DB {
  account_person: AccountPerson
  accounting_period: AccountingPeriod
  adjustment: Adjustment
  adjustment_type: AdjustmentType
  agency_referral: AgencyReferral
  agreement: Agreement
  agreement_fact: AgreementFact
  agreement_flag: AgreementFlag
  agreement_point: AgreementPoint
  audit_entry: AuditEntry
  audit_offset: AuditOffset
  audit_seal: AuditSeal
  autopay: Autopay
  bankruptcy: Bankruptcy
  bankruptcy_debt: BankruptcyDebt
  bill: Bill
  bill_cycle: BillCycle
  bill_cycle_window: BillCycleWindow
  bill_factor: BillFactor
  bill_factor_value: BillFactorValue
  bill_message: BillMessage
  bill_message_template: BillMessageTemplate
  bill_release: BillRelease
  bill_routing: BillRouting
  bill_run: BillRun
  bill_run_chunk: BillRunChunk
  bill_tolerance: BillTolerance
  billing_account: BillingAccount
  billing_address: BillingAddress
  budget_amount: BudgetAmount
  budget_plan: BudgetPlan
  channel: Channel
  charge: Charge
  charge_line: ChargeLine
  charge_part: ChargePart
  client: Client
  collection_path: CollectionPath
  collection_path_step: CollectionPathStep
  collection_process: CollectionProcess
  collection_step: CollectionStep
  company: Company
  contact_log: ContactLog
  contract_ask: ContractAsk
  contract_instalment: ContractInstalment
  credit_event: CreditEvent
  customer: Customer
  customer_alert: CustomerAlert
  customer_set: CustomerSet
  daily_step: DailyStep
  debt_class: DebtClass
  deposit: Deposit
  deposit_control: DepositControl
  deposit_interest: DepositInterest
  deposit_rate: DepositRate
  device: Device
  device_configuration: DeviceConfiguration
  disbursement: Disbursement
  exemption: Exemption
  field_activity: FieldActivity
  gateway_account: GatewayAccount
  general_ledger: GeneralLedger
  general_ledger_string: GeneralLedgerString
  governing_agency: GoverningAgency
  holiday: Holiday
  hosted_session: HostedSession
  idempotency_key: IdempotencyKey
  install_event: InstallEvent
  installation: Installation
  interval_block: IntervalBlock
  journal_entry: JournalEntry
  journal_export: JournalExport
  journal_export_entry: JournalExportEntry
  journal_export_line: JournalExportLine
  landlord_agreement: LandlordAgreement
  landlord_premise: LandlordPremise
  landlord_service: LandlordService
  late_fee: LateFee
  late_fee_base: LateFeeBase
  late_fee_rule: LateFeeRule
  ledger_account: LedgerAccount
  ledger_balance: LedgerBalance
  market_detail: MarketDetail
  market_invoice: MarketInvoice
  migration: Migration
  moratorium: Moratorium
  notice: Notice
  notice_preference: NoticePreference
  notice_template: NoticeTemplate
  notice_text: NoticeText
  office_holiday: OfficeHoliday
  open_item: OpenItem
  outbox_event: OutboxEvent
  password_reset: PasswordReset
  payment: Payment
  payment_attempt: PaymentAttempt
  payment_contract: PaymentContract
  payment_event: PaymentEvent
  payment_method: PaymentMethod
  payment_request: PaymentRequest
  permission: Permission
  person: Person
  person_contact: PersonContact
  person_identifier: PersonIdentifier
  plan_assignment: PlanAssignment
  posting: Posting
  premise: Premise
  protection: Protection
  register_read: RegisterRead
  remittance_file: RemittanceFile
  remittance_row: RemittanceRow
  role: Role
  role_permission: RolePermission
  sandbox_charge: SandboxCharge
  sandbox_session: SandboxSession
  series: Series
  service_point: ServicePoint
  service_request: ServiceRequest
  service_request_step: ServiceRequestStep
  session: Session
  settlement: Settlement
  severance: Severance
  staff_user: StaffUser
  staff_user_permission: StaffUserPermission
  staff_user_role: StaffUserRole
  switch_hold: SwitchHold
  tariff: Tariff
  tariff_version: TariffVersion
  tender: Tender
  tender_control: TenderControl
  unique_value: UniqueValue
  usage: Usage
  usage_import: UsageImport
  usage_quantity: UsageQuantity
  usage_source: UsageSource
  webhook_delivery: WebhookDelivery
  webhook_endpoint: WebhookEndpoint
  webhook_secret: WebhookSecret
  work_item: WorkItem
  write_off: WriteOff
  write_off_recovery: WriteOffRecovery
}
