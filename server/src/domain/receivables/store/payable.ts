import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

/** An unsettled item that is asked for, with what decides who pays it and when. */
export interface PayableItem {
  customerId: number
  itemId: number
  agreementId: number
  agreementKind: string
  debtClass: string
  /** The billing account that its agreement is on now. */
  accountNumber: number
  /** 1 is paid first. */
  payPriority: number
  aroseOn: LocalDate
  dueDate: LocalDate | null
  unsettledCents: number
}

/** What written-off agreements owe is left out: only who means to pays it. */
export async function selectPayable(
  tx: Tx,
  customerIds: readonly number[],
  defaultPriority: number,
): Promise<PayableItem[]> {
  const { rows } = await sql<PayableItem>`
    select i.customer_id as "customerId", i.item_id as "itemId", i.agreement_id as "agreementId",
           a.kind as "agreementKind", a.debt_class as "debtClass", a.account_number as "accountNumber",
           coalesce(d.pay_priority, ${defaultPriority}) as "payPriority", i.arose_on as "aroseOn",
           i.due_date as "dueDate", i.unsettled_cents as "unsettledCents"
      from open_item i
      join agreement a on a.customer_id = i.customer_id and a.agreement_id = i.agreement_id
      left join debt_class d on d.client_id = i.customer_id / 100000000 and d.debt_class = i.debt_class
     where i.customer_id = any(${customerIds}::int8[]) and i.unsettled_cents <> 0 and not i.deferred
       and (a.kind <> 'write_off' or i.unsettled_cents < 0)
     order by i.customer_id, i.item_id`.execute(tx)
  return rows
}
