import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { DueAgreement } from '../service-dates/keep.ts'

/** Service whose first or last day has come, of customers that no open request looks after; a switch hold keeps it from beginning. */
export async function selectDueAgreements(tx: Tx, clientId: number, day: LocalDate): Promise<DueAgreement[]> {
  const low = clientId * 100_000_000
  const { rows } = await sql<DueAgreement>`
    select a.customer_id as "customerId", a.agreement_id as "agreementId", a.account_number as "accountNumber",
           a.status, a.start_date as "startDate", a.end_date as "endDate"
      from agreement a
     where a.customer_id >= ${low} and a.customer_id < ${low + 100_000_000}
       and (a.status = 'pending_start' and a.start_date <= ${day} or a.status = 'pending_stop' and a.end_date <= ${day})
       and not exists (select from service_request r
             where r.client_id = ${clientId} and r.customer_id = a.customer_id and r.status in ('submitted', 'in_progress'))
       and not (a.status = 'pending_start' and exists (select from agreement_point p join switch_hold h
             on h.client_id = ${clientId} and h.service_point_id = p.service_point_id and h.start_date <= ${day}
            and (h.end_date is null or h.end_date > ${day})
             where p.customer_id = a.customer_id and p.agreement_id = a.agreement_id))
     order by a.customer_id, a.agreement_id`.execute(tx)
  return rows
}
