import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

/** Live charges by the plan assignment that they begin in. */
export async function selectBillings(
  tx: Tx,
  key: { customerId: number; agreementId: number },
): Promise<Map<number, number>> {
  const { rows } = await sql<{ assignment: number; billings: number }>`
    select s.assignment_number as assignment, count(*) as billings
      from plan_assignment s
      join charge g on g.customer_id = s.customer_id and g.agreement_id = s.agreement_id and g.status = 'frozen'
           and g.start_date >= s.start_date and (s.end_date is null or g.start_date < s.end_date)
     where s.customer_id = ${key.customerId} and s.agreement_id = ${key.agreementId}
     group by s.assignment_number`.execute(tx)
  return new Map(rows.map((row) => [row.assignment, row.billings]))
}
