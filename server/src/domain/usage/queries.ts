import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import type { AgreementKey } from '../agreements/index.ts'
import { type Imported, selectImports } from './store/import.ts'
import { type RegisterRead, selectReads } from './store/read.ts'
import { selectReadyPosted, selectUsages } from './store/usage.ts'
import type { Usage, UsageKey } from './usage.ts'

/** This will list the usages of an agreement with quantities and sources, by period; cancelled ones too. */
export async function usageOfAgreement(tx: Tx, key: AgreementKey): Promise<Usage[]> {
  return await selectUsages(tx, key)
}

/** This will read usages by key. */
export async function usagesByKey(tx: Tx, keys: readonly UsageKey[]): Promise<Usage[]> {
  return keys.length === 0 ? [] : await selectUsages(tx, { keys })
}

/** This will read what somebody else measured for these customers and no charge has taken yet, by customer and period. */
export async function readyUsages(tx: Tx, customerIds: readonly number[]): Promise<Usage[]> {
  return await usagesByKey(tx, await selectReadyPosted(tx, customerIds))
}

/** This will read one usage. Refuses an unknown one. */
export async function getUsage(tx: Tx, key: UsageKey): Promise<Usage> {
  const [usage] = await selectUsages(tx, { keys: [key] })
  if (usage) return usage
  throw new Refusal('not_found', 'usage_unknown', 'There is no such usage.')
}

/** This will load the current register reads of series with `from <= readAt <= until`, by series and instant. */
export async function loadReads(
  tx: Tx,
  requests: readonly { servicePointId: number; from: Instant; until: Instant }[],
): Promise<RegisterRead[]> {
  return await selectReads(tx, requests)
}

/** This will list the latest imports of usage files, newest first. */
export async function usageImports(tx: Tx, clientId: number, limit = 50): Promise<Imported[]> {
  return await selectImports(tx, clientId, limit)
}
