import { sql } from 'kysely'
import { insertRows, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { BillKey, BillMessage } from '../bills/bill.ts'
import type { MessageTemplate } from '../bills/message.ts'

/** What bills of a day may say, in the order in which they say it. */
export async function selectTemplates(tx: Tx, clientId: number, day: LocalDate): Promise<MessageTemplate[]> {
  const { rows } = await sql<MessageTemplate>`
    select message_code as "messageCode", start_date as "startDate", end_date as "endDate", condition,
           condition_value as "conditionValue", title, body, sequence
      from bill_message_template
     where client_id = ${clientId} and start_date <= ${day} and (end_date is null or end_date > ${day})
     order by sequence, message_code`.execute(tx)
  return rows
}

/** The template in force before ends where this one begins. */
export async function insertTemplate(tx: Tx, clientId: number, template: MessageTemplate): Promise<void> {
  const { messageCode, startDate, endDate, condition, conditionValue, title, body, sequence } = template
  await sql`
    update bill_message_template set end_date = ${startDate}
     where client_id = ${clientId} and message_code = ${messageCode} and start_date < ${startDate}
       and (end_date is null or end_date > ${startDate})`.execute(tx)
  await sql`
    insert into bill_message_template (client_id, message_code, start_date, end_date, condition, condition_value, title,
                                       body, sequence)
    values (${clientId}, ${messageCode}, ${startDate}, ${endDate}, ${condition}, ${conditionValue},
            ${JSON.stringify(title)}::jsonb, ${JSON.stringify(body)}::jsonb, ${sequence})
    on conflict (client_id, message_code, start_date) do update
       set end_date = excluded.end_date, condition = excluded.condition, condition_value = excluded.condition_value,
           title = excluded.title, body = excluded.body, sequence = excluded.sequence`.execute(tx)
}

const COLUMNS = {
  customer_id: 'int8',
  bill_id: 'int4',
  message_number: 'int2',
  message_code: 'text',
  title: 'jsonb',
  body: 'jsonb',
} as const

export function insertMessages(
  tx: Tx,
  bills: readonly (BillKey & { messages: readonly BillMessage[] })[],
): Promise<void> {
  const rows = bills.flatMap(({ customerId, billId, messages }) =>
    messages.map(({ messageCode, title, body }, index) => ({
      customer_id: customerId,
      bill_id: billId,
      message_number: index + 1,
      message_code: messageCode,
      title: JSON.stringify(title),
      body: JSON.stringify(body),
    })),
  )
  return insertRows(tx, 'bill_message', COLUMNS, rows)
}

export async function selectMessages(tx: Tx, key: BillKey): Promise<BillMessage[]> {
  const { rows } = await sql<BillMessage>`
    select message_code as "messageCode", title, body from bill_message
     where customer_id = ${key.customerId} and bill_id = ${key.billId} order by message_number`.execute(tx)
  return rows
}
