import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of payments by gateways. */
export const gatewayInvariants: readonly Invariant[] = [
  {
    name: 'drawn_money_posted',
    sentence:
      'What a gateway accepted is posted once, with its amount, or waits to be posted as a work item says.',
    query: sql`
      select format('payment request %s-%s', a.customer_id, a.request_number) as offender
        from payment_attempt a join payment_request r using (customer_id, request_number)
       where a.act = 'charge' and a.status = 'accepted'
         and case when r.status = 'unposted'
               then not exists (select from work_item w where w.kind = 'payment_unposted' and w.status = 'open'
                      and w.subject = format('payment_request:%s-%s', r.customer_id, r.request_number))
               else (select count(*) <> 1 or sum(t.amount_cents) <> a.amount_cents from payment_event e
                       join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number
                      where e.customer_id = r.payer_customer_id and e.external_id = a.idempotency_key
                        and e.event_number is not distinct from r.event_number) end`,
  },
  {
    name: 'paid_requests_drawn',
    sentence: 'A payment request is paid when, and only when, a gateway accepted its charge.',
    query: sql`
      select format('payment request %s-%s', r.customer_id, r.request_number) as offender from payment_request r
       where (r.status in ('paid', 'returned', 'refunded', 'unposted')) <> exists (
               select from payment_attempt a where a.customer_id = r.customer_id and a.request_number = r.request_number
                  and a.act = 'charge' and a.status = 'accepted')`,
  },
  {
    name: 'paid_pages_posted',
    sentence: 'What was paid on a payment page is posted once, with its amount.',
    query: sql`
      select format('hosted session %s-%s', s.customer_id, s.session_number) as offender from hosted_session s
       where s.status = 'paid' and not exists (
               select from payment_event e join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number
                where e.customer_id = s.customer_id and e.event_number = s.event_number
                  and e.external_id = s.idempotency_key and t.amount_cents = s.amount_cents)`,
  },
  {
    name: 'drawing_has_attempt',
    sentence: 'A payment that is being drawn has exactly one charge that waits for its answer.',
    query: sql`
      select format('payment request %s-%s', r.customer_id, r.request_number) as offender from payment_request r
       where (r.status = 'drawing') <> exists (
               select from payment_attempt a where a.customer_id = r.customer_id and a.request_number = r.request_number
                  and a.act = 'charge' and a.status = 'sent')`,
  },
]
