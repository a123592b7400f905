import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

export interface AccountTotals {
  customerId: number
  accountNumber: number
  payoffCents: number
  currentCents: number
  pastDueCents: number
  /** Credits that nothing has used yet, above zero. */
  creditCents: number
  /** Money of the customer that is kept as security, above zero; what is asked for but not paid is not held. */
  depositHeldCents: number
  /** Owed under budgets, arrangements and the like, but not asked for now; below zero: asked for in advance. */
  deferredCents: number
  nextDueDate: LocalDate | null
  oldestDueDate: LocalDate | null
}

/** Of the agreements that each account has now; accounts that nothing concerns are left out. */
export async function selectTotals(
  tx: Tx,
  customerIds: readonly number[],
  asOf: LocalDate,
): Promise<AccountTotals[]> {
  const { rows } = await sql<AccountTotals>`
    select i.customer_id as "customerId", a.account_number as "accountNumber",
           sum(i.unsettled_cents)::bigint as "payoffCents",
           coalesce(sum(i.unsettled_cents) filter (where not i.deferred), 0)::bigint as "currentCents",
           coalesce(sum(i.unsettled_cents) filter (where not i.deferred and i.unsettled_cents > 0 and i.due_date < ${asOf}), 0)::bigint as "pastDueCents",
           coalesce(-sum(i.unsettled_cents) filter (where not i.deferred and i.unsettled_cents < 0), 0)::bigint as "creditCents",
           coalesce(-sum(i.unsettled_cents) filter (where a.kind = 'deposit' and (i.deferred or i.unsettled_cents > 0)), 0)::bigint as "depositHeldCents",
           coalesce(sum(i.unsettled_cents) filter (where i.deferred and a.kind <> 'deposit'), 0)::bigint as "deferredCents",
           min(i.due_date) filter (where not i.deferred and i.unsettled_cents > 0 and i.due_date >= ${asOf}) as "nextDueDate",
           min(i.due_date) filter (where not i.deferred and i.unsettled_cents > 0) as "oldestDueDate"
      from open_item i join agreement a on a.customer_id = i.customer_id and a.agreement_id = i.agreement_id
     where i.customer_id = any(${customerIds}::int8[]) and i.unsettled_cents <> 0
     group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}
