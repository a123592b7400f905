import type { InvariantResult, Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import { type AuditEntry, CHAIN_START, sealHash } from './audit.ts'
import {
  auditedHere,
  insertAudit,
  insertSeal,
  lockSeals,
  type SealRow,
  selectClientIds,
  selectEntriesBetween,
  selectFinishedTransaction,
  selectSeals,
} from './store/audit.ts'

/** This will record an act, in the transaction of the act: the outermost operation calls it once. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await insertAudit(tx, entry)
}

/** This will record an act unless its transaction has recorded one already. */
export async function auditOnce(tx: Tx, entry: AuditEntry): Promise<void> {
  if (!(await auditedHere(tx, entry.clientId))) await insertAudit(tx, entry)
}

/**
 * This will seal the entries of all finished transactions that no seal covers yet, and say how many.
 * Runs in the background; twice at once is harmless.
 */
export async function sealAudit(tx: Tx, input: { clientId: number; now: Instant }): Promise<number> {
  await lockSeals(tx, input.clientId)
  const [last] = await selectSeals(tx, input.clientId, 1)
  const fromTransaction = last?.toTransaction ?? '0'
  const toTransaction = await selectFinishedTransaction(tx)
  const entries = await selectEntriesBetween(tx, input.clientId, fromTransaction, toTransaction)
  if (entries.length === 0) return 0
  const previousHash = last?.hash ?? CHAIN_START
  const seal = {
    sealNumber: (last?.sealNumber ?? 0) + 1,
    fromTransaction,
    toTransaction,
    entries: entries.length,
    previousHash,
    hash: sealHash(previousHash, entries),
  }
  await insertSeal(tx, input.clientId, seal, input.now)
  return entries.length
}

/** This will recompute the audit chain of every client and name each seal that its entries contradict. */
export async function verifyAudit(tx: Tx): Promise<InvariantResult[]> {
  const offenders: string[] = []
  for (const clientId of await selectClientIds(tx)) {
    let before: SealRow | undefined
    for (const seal of await selectSeals(tx, clientId)) {
      const fault = await faultOf(tx, clientId, seal, before)
      if (fault) offenders.push(`client ${clientId}, seal ${seal.sealNumber}: ${fault}`)
      before = seal
    }
  }
  const sentence = 'Every sealed audit entry is as it was written, none is missing and none was added.'
  return [{ name: 'audit_chain', sentence, offenders }]
}

async function faultOf(
  tx: Tx,
  clientId: number,
  seal: SealRow,
  before: SealRow | undefined,
): Promise<string | undefined> {
  if (seal.sealNumber !== (before?.sealNumber ?? 0) + 1) return 'the seal before it is missing'
  if (seal.fromTransaction !== (before?.toTransaction ?? '0'))
    return 'it does not begin where the seal before ends'
  if (!seal.previousHash.equals(before?.hash ?? CHAIN_START)) return 'it does not continue the seal before'
  const entries = await selectEntriesBetween(tx, clientId, seal.fromTransaction, seal.toTransaction)
  if (entries.length !== seal.entries) return `it sealed ${seal.entries} entries, there are ${entries.length}`
  if (!sealHash(seal.previousHash, entries).equals(seal.hash)) return 'an entry was changed'
  return undefined
}
