import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { ContractKey } from '../contracts/contract.ts'

/** What one promise was paid on a day. */
export interface PromiseReceipt extends ContractKey {
  day: LocalDate
  amountCents: Cents
}

/**
 * Payments of what promises are about, posted since they were made, by the day of the payment; one that was taken back
 * counts as never made.
 */
export async function selectReceipts(tx: Tx, promises: readonly ContractKey[]): Promise<PromiseReceipt[]> {
  if (promises.length === 0) return []
  const { rows } = await sql<PromiseReceipt>`
    select c.customer_id as "customerId", c.contract_number as "contractNumber", coalesce(paid.effective_date, i.arose_on) as day,
           (-sum(i.amount_cents))::bigint as "amountCents"
      from unnest(${promises.map((one) => one.customerId)}::int8[], ${promises.map((one) => one.contractNumber)}::int4[])
             as k(customer_id, contract_number)
      join payment_contract c using (customer_id, contract_number)
      join agreement g on g.customer_id = c.customer_id and g.account_number = c.account_number
       and (c.covers_agreement_id is null or g.agreement_id = c.covers_agreement_id)
      join open_item i on i.customer_id = g.customer_id and i.agreement_id = g.agreement_id
       and i.kind in ('payment', 'payment_cancel') and (c.debt_classes is null or i.debt_class = any(c.debt_classes))
      join journal_entry j on j.customer_id = i.customer_id and j.entry_id = i.entry_id and j.created_at >= c.created_at
      left join journal_entry paid on paid.customer_id = j.customer_id and paid.entry_id = j.reverses_entry_id
     where paid.entry_id is null or paid.created_at >= c.created_at
     group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

/** A promise that keeps debt from being collected. */
export interface ShieldRow extends ContractKey {
  accountNumber: number
  agreementId: number | null
  debtClasses: string[] | null
  lastDueDate: LocalDate
}

export async function selectShields(tx: Tx, customerIds: readonly number[]): Promise<ShieldRow[]> {
  const { rows } = await sql<ShieldRow>`
    select c.customer_id as "customerId", c.contract_number as "contractNumber", c.account_number as "accountNumber",
           c.covers_agreement_id as "agreementId", c.debt_classes as "debtClasses", max(i.due_date) as "lastDueDate"
      from payment_contract c
      join contract_instalment i using (customer_id, contract_number)
     where c.customer_id = any(${customerIds}::int8[]) and c.kind = 'promise' and c.status = 'active' and not i.cancelled
     group by 1, 2, 3, 4, 5 order by 1, 2`.execute(tx)
  return rows
}
