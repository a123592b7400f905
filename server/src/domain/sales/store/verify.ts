import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

const NAMED = sql`format('service request %s-%s', r.client_id, r.request_id) as offender`

/** What is always true of service requests. */
export const serviceRequestInvariants: readonly Invariant[] = [
  {
    name: 'ended_requests_leave_nothing',
    sentence:
      'A service request that failed or was cancelled has no step that is pending or done, and the agreements it made are cancelled.',
    query: sql`
      select ${NAMED} from service_request r
       where r.status in ('failed', 'cancelled') and (
         exists (select from service_request_step s
                  where s.client_id = r.client_id and s.request_id = r.request_id and s.status in ('pending', 'done'))
         or exists (select from service_request_step s
                      cross join lateral jsonb_array_elements_text(s.made -> 'agreementIds') m (agreement_id)
                      join agreement a on a.customer_id = r.customer_id and a.agreement_id = m.agreement_id::int
                     where s.client_id = r.client_id and s.request_id = r.request_id and s.kind = 'start_agreements'
                       and s.status = 'undone' and a.status <> 'cancelled'))`,
  },
  {
    name: 'complete_requests_did_it',
    sentence:
      'Of a complete service request nothing but its aftercare is pending, and the agreements it started are past their start.',
    query: sql`
      select ${NAMED} from service_request r
       where r.status = 'complete' and (
         exists (select from service_request_step s
                  where s.client_id = r.client_id and s.request_id = r.request_id
                    and (s.status in ('failed', 'undone') or s.status = 'pending' and s.kind <> 'close_agreements'))
         or exists (select from service_request_step s
                      cross join lateral jsonb_array_elements_text(s.made -> 'agreementIds') m (agreement_id)
                      join agreement a on a.customer_id = r.customer_id and a.agreement_id = m.agreement_id::int
                     where s.client_id = r.client_id and s.request_id = r.request_id and s.kind = 'start_agreements'
                       and a.status in ('pending_start', 'cancelled')))`,
  },
  {
    name: 'open_requests_go_on',
    sentence: 'A service request that is under way has a day on which somebody looks at it again.',
    query: sql`
      select ${NAMED} from service_request r
       where r.status in ('submitted', 'in_progress') and r.due_date is null`,
  },
]
