import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { PaperCopy } from '../bills/print-queue.ts'

/** Oldest bills first, so that a print run that is cut into parts keeps their order. */
export async function selectWaitingPaper(
  tx: Tx,
  { clientId, limit }: { clientId: number; limit: number },
): Promise<PaperCopy[]> {
  const { rows } = await sql<PaperCopy>`
    select r.customer_id as "customerId", r.bill_id as "billId", r.routing_number as "routingNumber", r.name, r.copies
      from bill_routing r join bill b on b.customer_id = r.customer_id and b.bill_id = r.bill_id
     where r.method = 'paper' and r.status = 'waiting' and b.status in ('complete', 'credit_note')
       and r.customer_id >= ${clientId} * 100000000::int8 and r.customer_id < (${clientId} + 1) * 100000000::int8
     order by b.bill_date, r.customer_id, r.bill_id, r.routing_number limit ${limit}
       for update of r skip locked`.execute(tx)
  return rows
}
