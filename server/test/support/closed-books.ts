import { accountingPeriods, closePeriod, openFiscalYear } from '../../src/domain/ledger/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { type Instant, Temporal } from '../../src/platform/time.ts'
import { ACTOR } from './billed-town.ts'

/** Long after every period of a test is over. */
const LATER = Temporal.Instant.from('2030-01-01T12:00:00Z')

/** This will close a client's calendar months of 2026 in order, up to and with one of them: `2026-03`. */
export async function closeBooks(
  tx: Tx,
  input: { clientId: number; through: string; now?: Instant },
): Promise<void> {
  const { clientId, through, now = LATER } = input
  const act = { clientId, now, actor: ACTOR }
  if ((await accountingPeriods(tx, clientId)).length === 0)
    await openFiscalYear(tx, { ...act, fiscalYear: 2026 })
  for (const { code, status } of await accountingPeriods(tx, clientId))
    if (status === 'open' && code <= through) await closePeriod(tx, { ...act, code })
}
