import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

export interface AccountTurnover {
  lastBill: { billId: number; billDate: LocalDate; dueDate: LocalDate; amountDueCents: number } | null
  lastPayment: { paymentNumber: number; paymentDate: LocalDate; amountCents: number } | null
  billedThisYearCents: number
  paidThisYearCents: number
}

/** What an account was billed and paid, up to and with a day. */
export async function selectTurnover(
  tx: Tx,
  account: { customerId: number; accountNumber: number },
  asOf: LocalDate,
): Promise<AccountTurnover> {
  const { customerId, accountNumber } = account
  const { rows } = await sql<AccountTurnover>`
    with bills as (
      select bill_id, bill_date, due_date, amount_due_cents, charges_cents from bill
       where customer_id = ${customerId} and account_number = ${accountNumber} and status = 'complete'
         and bill_date <= ${asOf}::date),
    payments as (
      select p.payment_number, e.payment_date, p.amount_cents from payment p
        join payment_event e on e.customer_id = p.payer_customer_id and e.event_number = p.event_number
       where p.customer_id = ${customerId} and p.account_number = ${accountNumber} and p.status = 'frozen'
         and e.payment_date <= ${asOf}::date)
    select (select jsonb_build_object('billId', bill_id, 'billDate', bill_date, 'dueDate', due_date,
                                      'amountDueCents', amount_due_cents)
              from bills order by bill_date desc, bill_id desc limit 1) as "lastBill",
           (select jsonb_build_object('paymentNumber', payment_number, 'paymentDate', payment_date,
                                      'amountCents', amount_cents)
              from payments order by payment_date desc, payment_number desc limit 1) as "lastPayment",
           (select coalesce(sum(charges_cents), 0)::bigint from bills
             where bill_date >= date_trunc('year', ${asOf}::date)) as "billedThisYearCents",
           (select coalesce(sum(amount_cents), 0)::bigint from payments
             where payment_date >= date_trunc('year', ${asOf}::date)) as "paidThisYearCents"`.execute(tx)
  const [turnover] = rows
  if (!turnover) throw new Error('a select without from has one row')
  return turnover
}
