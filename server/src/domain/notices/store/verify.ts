import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of notices and webhooks. */
export const noticeInvariants: readonly Invariant[] = [
  {
    name: 'notices_say_what_was_written',
    sentence: 'Every notice has the words that it was made with.',
    query: sql`
      select format('notice %s-%s', customer_id, notice_number) as offender from notice
       where content_hash <> sha256(convert_to(subject || chr(10) || body, 'UTF8'))`,
  },
  {
    name: 'mailed_bills_were_sent',
    sentence: 'Every bill that counts as sent by e-mail has an e-mail that was sent.',
    query: sql`
      select format('bill %s-%s', r.customer_id, r.bill_id) as offender from bill_routing r
       where r.method = 'email' and r.status = 'sent'
         and not exists (select 1 from notice n where n.customer_id = r.customer_id and n.bill_id = r.bill_id
                            and n.routing_number = r.routing_number and n.status = 'sent')`,
  },
  {
    name: 'deliveries_have_events',
    sentence: 'Every webhook delivery is of an event in the outbox.',
    query: sql`
      select format('client %s, webhook %s, event %s', d.client_id, d.endpoint_id, d.event_id) as offender
        from webhook_delivery d left join outbox_event o on o.client_id = d.client_id and o.event_id = d.event_id
       where o.event_id is null`,
  },
]
