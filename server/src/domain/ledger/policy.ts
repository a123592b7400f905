import { z } from 'zod'
import type { Tx } from '../../platform/db/index.ts'
import { getClient } from '../identity/index.ts'

/** What a client may decide about its books, under `ledger` of its settings. */
const LedgerPolicy = z.object({
  /** The month, 1 to 12, in which its fiscal year begins. */
  fiscalYearStartMonth: z.number().int().min(1).max(12).default(1),
})
export type LedgerPolicy = z.infer<typeof LedgerPolicy>

/** This will read what a client decided about its books; what it left open has its default. */
export async function ledgerPolicy(tx: Tx, clientId: number): Promise<LedgerPolicy> {
  const { settings } = await getClient(tx, clientId)
  return LedgerPolicy.parse(settings.ledger ?? {})
}
