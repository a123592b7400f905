import { type RawBuilder, sql } from 'kysely'
import type { TimelineFilter } from './timeline.ts'

type Filter = Pick<TimelineFilter, 'customerId' | 'agreementId' | 'accountNumber' | 'timeZone' | 'today'>

/** Fees, contracts, collection, notices and ways to pay, as rows of a timeline: all of the billing account. */
export function moneyEvents(filter: Filter): RawBuilder<unknown> {
  const all = [adjustments, fees, contracts, processes, debts, protections, notices, paying]
  return sql.join(
    all.map((events) => events(filter)),
    sql` union all `,
  )
}

const account = ({ customerId, accountNumber }: Filter) =>
  sql`customer_id = ${customerId} and account_number = ${accountNumber}`
const day = ({ timeZone }: Filter, column: string) => sql`(${sql.ref(column)} at time zone ${timeZone})::date`

const adjustments = (filter: Filter) => sql`
  select 'adjustment', case a.purpose when 'fee' then 'feeCharged' when 'transfer' then 'transferred' else 'adjusted' end,
         a.effective_date, a.created_at,
         jsonb_build_object('en', t.name_en, 'es', t.name_es, 'comment', a.comment)::text, a.amount_cents, a.created_by,
         a.status, a.adjustment_id
    from adjustment a
    join adjustment_type t on t.client_id = ${filter.customerId}::bigint / 100000000 and t.adjustment_type = a.adjustment_type
   where ${account(filter)} and a.status in ('frozen', 'cancelled')
  union all
  select 'adjustment', 'adjustmentCancelled', j.effective_date, j.created_at,
         jsonb_build_object('en', t.name_en, 'es', t.name_es, 'comment', a.cancel_reason)::text, -a.amount_cents, '',
         a.status, a.adjustment_id
    from adjustment a
    join adjustment_type t on t.client_id = ${filter.customerId}::bigint / 100000000 and t.adjustment_type = a.adjustment_type
    join journal_entry j on j.customer_id = a.customer_id and j.entry_id = a.cancel_entry_id
   where a.customer_id = ${filter.customerId} and a.account_number = ${filter.accountNumber}`

const fees = (filter: Filter) => sql`
  select 'adjustment', 'lateFeeCharged', assessed_on, created_at, '', amount_cents, '', '', fee_number
    from late_fee where ${account(filter)}`

const contracts = (filter: Filter) => sql`
  select 'contract', kind || 'Started', start_date, created_at, coalesce(note, ''), amount_cents, created_by, '', contract_number
    from payment_contract where ${account(filter)}
  union all
  select 'contract', kind || initcap(status), end_date, null, coalesce(end_reason, ''), null, '', '', contract_number
    from payment_contract where ${account(filter)} and end_date is not null`

/** Steps that have an event of their own are told by it. */
const processes = (filter: Filter) => sql`
  select 'collection', 'collectionStarted', started_on, created_at, '', arrears_cents, '', '', process_id
    from collection_process where ${account(filter)} and path_code <> 'command'
  union all
  select 'collection', 'collectionEnded', ended_on, null, end_reason, null, '', '', process_id
    from collection_process where ${account(filter)} and path_code <> 'command' and ended_on is not null
  union all
  select 'collection', 'collectionStep', s.done_on, null, s.kind, s.asked_cents, '', '', p.process_id
    from collection_process p
    join collection_step s on s.customer_id = p.customer_id and s.process_id = p.process_id
   where p.customer_id = ${filter.customerId} and p.account_number = ${filter.accountNumber}
     and s.status = 'complete' and s.kind not in ('write_off', 'agency_referral', 'fee')
  union all
  select 'collection', 'serviceCut', cut_on, null, '', null, '', '', severance_id
    from severance where ${account(filter)} and cut_on is not null
  union all
  select 'collection', 'serviceReconnected', reconnected_on, null, '', null, '', '', severance_id
    from severance where ${account(filter)} and reconnected_on is not null`

const debts = (filter: Filter) => sql`
  select 'collection', case kind when 'debt' then 'writtenOff' else 'debtDischarged' end, written_off_on, created_at, '',
         amount_cents, created_by, '', write_off_id
    from write_off where ${account(filter)}
  union all
  select 'collection', 'writeOffDismissed', dismissed_on, null, coalesce(dismiss_reason, ''), amount_cents, '', '', write_off_id
    from write_off where ${account(filter)} and dismissed_on is not null
  union all
  select 'collection', 'agencyReferred', referred_on, null, agency_code, amount_cents, '', '', referral_id
    from agency_referral where ${account(filter)}
  union all
  select 'collection', 'agencyRecalled', recalled_on, null, agency_code, amount_cents, '', '', referral_id
    from agency_referral where ${account(filter)} and recalled_on is not null
  union all
  select 'collection', 'bankruptcyFiled', b.filed_on, b.created_at,
         jsonb_build_object('chapter', b.chapter, 'case', b.case_number)::text,
         (select sum(d.amount_cents) from bankruptcy_debt d
           where d.customer_id = b.customer_id and d.bankruptcy_number = b.bankruptcy_number)::bigint,
         b.created_by, '', b.bankruptcy_number
    from bankruptcy b where ${account(filter)}
  union all
  select 'collection', case status when 'dismissed' then 'bankruptcyDismissed' else 'bankruptcyDischarged' end, closed_on, null,
         jsonb_build_object('chapter', chapter, 'case', case_number)::text, null, '', '', bankruptcy_number
    from bankruptcy where ${account(filter)} and closed_on is not null`

/** That of a bankruptcy begins and ends with it. */
const protections = (filter: Filter) => sql`
  select 'collection', 'protectionAdded', start_date, created_at, kind, amount_cents, created_by, '', protection_number
    from protection where ${sheltered(filter)} and start_date <= ${filter.today}
  union all
  select 'collection', 'protectionEnded', end_date, ended_at, kind, null, coalesce(ended_by, ''), '', protection_number
    from protection where ${sheltered(filter)} and end_date <= ${filter.today}`

const sheltered = ({ customerId, agreementId, accountNumber }: Filter) => sql`
  customer_id = ${customerId} and coalesce(account_number, ${accountNumber}) = ${accountNumber}
  and coalesce(agreement_id, ${agreementId}) = ${agreementId} and kind <> 'bankruptcy'`

const notices = (filter: Filter) => sql`
  select 'notice', case status when 'sent' then 'noticeSent' else 'noticeFailed' end, ${day(filter, 'done_at')}, done_at,
         jsonb_build_object('template', template_code, 'channel', channel, 'reason', reason)::text, null, '', '', notice_number
    from notice where ${account(filter)} and status in ('sent', 'failed')`

const paying = (filter: Filter) => sql`
  select 'payment', 'autopayStarted', start_date, created_at, '', null, created_by, '', null
    from autopay where ${account(filter)} and start_date <= ${filter.today}
  union all
  select 'payment', 'autopaySuspended', ${day(filter, 'suspended_at')}, suspended_at, '', null, '', '', null
    from autopay where ${account(filter)} and suspended_at is not null
  union all
  select 'payment', 'autopayStopped', end_date, null, '', null, '', '', null
    from autopay where ${account(filter)} and end_date <= ${filter.today}
  union all
  select 'payment', 'paymentDeclined', draw_date, null, '', amount_cents, '', '', null
    from payment_request where ${account(filter)} and status = 'declined'
  union all
  select 'payment', 'refundRequested', requested_on, created_at, '', amount_cents, requested_by, '', null
    from disbursement where ${account(filter)}
  union all
  select 'payment', 'refundPaid', paid_on, null, '', amount_cents, '', '', null
    from disbursement where ${account(filter)} and paid_on is not null`
