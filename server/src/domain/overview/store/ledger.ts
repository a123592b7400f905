import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

/** The postings of a charge on one account of the books: the charge's, not the line's, where lines share an account. */
export async function postingsOfLedger(
  tx: Tx,
  input: { customerId: number; chargeId: number; ledgerCode: string },
): Promise<{ debitCode: string; creditCode: string; amountCents: number }[]> {
  const { rows } = await sql<{ debitCode: string; creditCode: string; amountCents: number }>`
    select s.debit_code as "debitCode", s.credit_code as "creditCode", s.amount_cents as "amountCents"
      from journal_entry e join posting s on s.customer_id = e.customer_id and s.entry_id = e.entry_id
     where e.customer_id = ${input.customerId} and e.kind = 'charge' and e.reference = ${`charge:${input.chargeId}`}
       and ${input.ledgerCode} in (s.debit_code, s.credit_code)
     order by s.line_number`.execute(tx)
  return rows
}
