import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import type { DepositRate, HeldChange, InterestSpan } from '../deposits/interest.ts'

export type DepositForm = 'cash' | 'guarantor' | 'letter_of_credit' | 'surety_bond'
export type DepositReason = 'new_service' | 'credit' | 'disconnected' | 'bankruptcy' | 'other'

/** What a deposit says beside its contract. */
export interface DepositTerms extends ContractKey {
  form: DepositForm
  reason: DepositReason
  /** Interest is credited up to this day (exclusive); null without money. */
  interestFrom: LocalDate | null
  guarantorCustomerId: number | null
  /** The document that secures it without money. */
  evidence: string | null
  validUntil: LocalDate | null
}

export async function insertDeposit(tx: Tx, terms: DepositTerms): Promise<void> {
  await sql`
    insert into deposit (customer_id, contract_number, form, reason, interest_from, guarantor_customer_id, evidence, valid_until)
    values (${terms.customerId}, ${terms.contractNumber}, ${terms.form}, ${terms.reason}, ${terms.interestFrom},
            ${terms.guarantorCustomerId}, ${terms.evidence}, ${terms.validUntil})`.execute(tx)
}

/** A deposit with its money: what was asked for, what of that is not paid, what is held. */
export interface Deposit extends DepositTerms {
  accountNumber: number
  agreementId: number | null
  coversAgreementId: number | null
  status: Contract['status']
  startDate: LocalDate
  /** What is required. */
  requiredCents: Cents
  unpaidCents: Cents
  heldCents: Cents
  interestCents: Cents
}

/** The deposits of customers, in order; `accountNumber` is the account that the deposit is on now. */
export async function selectDeposits(
  tx: Tx,
  customerIds: readonly number[],
  { activeOnly = false }: { activeOnly?: boolean } = {},
): Promise<Deposit[]> {
  const active = activeOnly ? sql`and c.status = 'active'` : sql``
  const { rows } = await sql<Deposit>`
    select c.customer_id as "customerId", c.contract_number as "contractNumber", d.form, d.reason,
           d.interest_from as "interestFrom", d.guarantor_customer_id as "guarantorCustomerId", d.evidence,
           d.valid_until as "validUntil", coalesce(g.account_number, c.account_number) as "accountNumber",
           c.agreement_id as "agreementId", c.covers_agreement_id as "coversAgreementId", c.status,
           c.start_date as "startDate", c.amount_cents as "requiredCents",
           coalesce(i.unpaid, 0)::bigint as "unpaidCents", coalesce(i.held, 0)::bigint as "heldCents",
           coalesce((select sum(n.amount_cents) from deposit_interest n
                      where n.customer_id = c.customer_id and n.contract_number = c.contract_number), 0)::bigint as "interestCents"
      from payment_contract c
      join deposit d on d.customer_id = c.customer_id and d.contract_number = c.contract_number
      left join agreement g on g.customer_id = c.customer_id and g.agreement_id = c.agreement_id
      left join lateral (
        select sum(o.unsettled_cents) filter (where not o.deferred and o.unsettled_cents > 0) as unpaid,
               -sum(o.unsettled_cents) as held
          from open_item o where o.customer_id = c.customer_id and o.agreement_id = c.agreement_id) i on true
     where c.customer_id = any(${customerIds}::int8[]) ${active}
     order by 1, 2`.execute(tx)
  return rows
}

/** What money moved in and out of a deposit's agreement, by day. */
export async function selectHeldChanges(
  tx: Tx,
  customerId: number,
  agreementId: number,
): Promise<HeldChange[]> {
  const { rows } = await sql<HeldChange>`
    select arose_on as day, (-sum(amount_cents))::bigint as "amountCents" from open_item
     where customer_id = ${customerId} and agreement_id = ${agreementId} and kind not in ('deferral', 'deferral_cancel')
     group by arose_on order by arose_on`.execute(tx)
  return rows
}

export async function selectRates(tx: Tx, clientId: number): Promise<DepositRate[]> {
  const { rows } = await sql<DepositRate>`
    select start_date as "startDate", trim_scale(yearly_percent)::text as "yearlyPercent" from deposit_rate
     where client_id = ${clientId} order by start_date`.execute(tx)
  return rows
}

export async function upsertRate(tx: Tx, clientId: number, rate: DepositRate): Promise<void> {
  await sql`
    insert into deposit_rate (client_id, start_date, yearly_percent)
    values (${clientId}, ${rate.startDate}, ${rate.yearlyPercent}::numeric)
    on conflict (client_id, start_date) do update set yearly_percent = excluded.yearly_percent`.execute(tx)
}

/** Interest that was credited for a period of a deposit. */
export interface CreditedInterest extends ContractKey {
  startDate: LocalDate
  endDate: LocalDate
  amountCents: Cents
  agreementId: number | null
  entryId: number | null
  spans: InterestSpan[]
}

export async function selectInterestNumber(tx: Tx, key: ContractKey): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(interest_number), 0)::int as last from deposit_interest
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(tx)
  return (rows[0]?.last ?? 0) + 1
}

export async function insertInterest(
  tx: Tx,
  interest: CreditedInterest & { interestNumber: number },
): Promise<void> {
  const { customerId, contractNumber, interestNumber } = interest
  await sql`
    insert into deposit_interest (customer_id, contract_number, interest_number, start_date, end_date, amount_cents,
      agreement_id, entry_id, spans)
    values (${customerId}, ${contractNumber}, ${interestNumber}, ${interest.startDate}, ${interest.endDate},
      ${interest.amountCents}, ${interest.agreementId}, ${interest.entryId}, ${JSON.stringify(interest.spans)}::jsonb)`.execute(
    tx,
  )
  await sql`
    update deposit set interest_from = ${interest.endDate}
     where customer_id = ${customerId} and contract_number = ${contractNumber}`.execute(tx)
}

export async function selectInterest(tx: Tx, key: ContractKey): Promise<CreditedInterest[]> {
  const { rows } = await sql<CreditedInterest>`
    select customer_id as "customerId", contract_number as "contractNumber", start_date as "startDate",
           end_date as "endDate", amount_cents as "amountCents", agreement_id as "agreementId", entry_id as "entryId", spans
      from deposit_interest where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}
     order by interest_number`.execute(tx)
  return rows
}

/** A day on which an account had to pay something, and whether all of it was paid in time. */
export interface PaidDay {
  customerId: number
  accountNumber: number
  dueDate: LocalDate
  onTime: boolean
}

/** How accounts paid what fell due up to `until`, and the days on which a payment was returned (never on time), in order. */
export async function selectPaidDays(
  tx: Tx,
  customerIds: readonly number[],
  { until, graceDays }: { until: LocalDate; graceDays: number },
): Promise<PaidDay[]> {
  const { rows } = await sql<PaidDay>`
    select customer_id as "customerId", account_number as "accountNumber", day as "dueDate", bool_and(on_time) as "onTime"
      from (select i.customer_id, g.account_number, i.due_date as day,
                   i.unsettled_cents = 0 and not exists (
                     select 1 from settlement s
                       join open_item c on c.customer_id = s.customer_id and c.item_id = s.credit_item_id
                      where s.customer_id = i.customer_id and s.debit_item_id = i.item_id and c.kind = 'payment'
                        and c.arose_on > i.due_date + ${graceDays}::int
                      group by s.credit_item_id having sum(s.amount_cents) > 0) as on_time
              from open_item i
              join agreement g on g.customer_id = i.customer_id and g.agreement_id = i.agreement_id and g.kind = 'service'
             where i.customer_id = any(${customerIds}::int8[]) and not i.deferred and i.amount_cents > 0
               and i.due_date + ${graceDays}::int < ${until}::date
            union all
            select r.customer_id, g.account_number, r.arose_on, false
              from open_item r
              join agreement g on g.customer_id = r.customer_id and g.agreement_id = r.agreement_id
             where r.customer_id = any(${customerIds}::int8[]) and r.kind = 'payment_cancel') as due
     group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}
