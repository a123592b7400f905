import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AgreementKind } from '../../agreements/index.ts'
import type { ContractKey } from '../contracts/contract.ts'

/** What a budget has put off of a service agreement, and the budget that it is on. */
export interface PutOff extends ContractKey {
  agreementId: number
  accountNumber: number
  kind: AgreementKind
  debtClass: string
  /** Above zero: owed and not asked for; below: asked for more than charged so far. */
  putOffCents: Cents
  /** The budget that covers it now; null: none, and nothing may be put off. */
  liveNumber: number | null
}

/** Service agreements of a customer for which budgets have put off something; the contract is the last that did. */
export async function selectPutOff(tx: Tx, customerId: number): Promise<PutOff[]> {
  const { rows } = await sql<PutOff>`
    select a.customer_id as "customerId", max(a.contract_number) as "contractNumber", g.agreement_id as "agreementId",
           g.account_number as "accountNumber", g.kind, g.debt_class as "debtClass",
           (-sum(a.amount_cents))::bigint as "putOffCents", b.contract_number as "liveNumber"
      from contract_ask a
      join agreement g on g.customer_id = a.customer_id and g.agreement_id = a.agreement_id and g.kind = 'service'
      left join budget_amount b on b.customer_id = g.customer_id and b.agreement_id = g.agreement_id and b.end_date is null
     where a.customer_id = ${customerId} and not a.undone
     group by 1, 3, 4, 5, 6, b.contract_number having sum(a.amount_cents) <> 0
     order by g.agreement_id`.execute(tx)
  return rows
}

/** What a budget asks for an agreement each month, from, to. */
export interface BudgetAmount extends ContractKey {
  agreementId: number
  startDate: LocalDate
  endDate: LocalDate | null
  amountCents: Cents
}

const amountColumns = sql`
  customer_id as "customerId", contract_number as "contractNumber", agreement_id as "agreementId",
  start_date as "startDate", end_date as "endDate", amount_cents as "amountCents"`

export interface BudgetPlan extends ContractKey {
  months: number
  trueUp: 'roll' | 'settle'
  previousNumber: number | null
}

export async function insertBudgetPlan(tx: Tx, plan: BudgetPlan): Promise<void> {
  await sql`
    insert into budget_plan (customer_id, contract_number, months, true_up, previous_number)
    values (${plan.customerId}, ${plan.contractNumber}, ${plan.months}, ${plan.trueUp}, ${plan.previousNumber})`.execute(
    tx,
  )
}

export async function selectBudgetPlan(tx: Tx, key: ContractKey): Promise<BudgetPlan | undefined> {
  const { rows } = await sql<BudgetPlan>`
    select customer_id as "customerId", contract_number as "contractNumber", months, true_up as "trueUp",
           previous_number as "previousNumber"
      from budget_plan where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(
    tx,
  )
  return rows[0]
}

/** A new amount of the same day replaces the one before. */
export async function upsertBudgetAmount(tx: Tx, amount: Omit<BudgetAmount, 'endDate'>): Promise<void> {
  await sql`
    insert into budget_amount (customer_id, contract_number, agreement_id, start_date, amount_cents)
    values (${amount.customerId}, ${amount.contractNumber}, ${amount.agreementId}, ${amount.startDate}, ${amount.amountCents})
    on conflict (customer_id, contract_number, agreement_id, start_date)
      do update set amount_cents = excluded.amount_cents, end_date = null`.execute(tx)
}

/** Ends the live amount of an agreement; the same day: it was never asked for. */
export async function endBudgetAmount(
  tx: Tx,
  key: ContractKey & { agreementId: number },
  endDate: LocalDate,
): Promise<void> {
  await sql`
    update budget_amount set end_date = greatest(start_date, ${endDate}::date)
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}
       and agreement_id = ${key.agreementId} and end_date is null`.execute(tx)
}

/** What budgets ask for a customer's agreements each month from now on. */
export async function selectLiveAmounts(tx: Tx, customerId: number): Promise<BudgetAmount[]> {
  const { rows } = await sql<BudgetAmount>`
    select ${amountColumns} from budget_amount
     where customer_id = ${customerId} and end_date is null order by agreement_id`.execute(tx)
  return rows
}

/** Every amount of a budget, in order. */
export async function selectBudgetAmounts(tx: Tx, key: ContractKey): Promise<BudgetAmount[]> {
  const { rows } = await sql<BudgetAmount>`
    select ${amountColumns} from budget_amount
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}
     order by agreement_id, start_date`.execute(tx)
  return rows
}

/** What an agreement was charged in a span, and the days between its first and its last charge in it. */
export interface ChargeHistory {
  agreementId: number
  chargedCents: Cents
  firstDay: LocalDate
  lastDay: LocalDate
}

/** Charges and their cancellations of a customer's agreements after `after`, up to and with `until`. */
export async function selectChargeHistory(
  tx: Tx,
  customerId: number,
  { after, until }: { after: LocalDate; until: LocalDate },
): Promise<ChargeHistory[]> {
  const { rows } = await sql<ChargeHistory>`
    select agreement_id as "agreementId", sum(amount_cents)::bigint as "chargedCents", min(arose_on) as "firstDay",
           max(arose_on) as "lastDay"
      from open_item
     where customer_id = ${customerId} and kind in ('charge', 'charge_cancel') and arose_on > ${after} and arose_on <= ${until}
     group by agreement_id order by agreement_id`.execute(tx)
  return rows
}
