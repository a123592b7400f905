import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { AuditEntry, SealedEntry } from '../audit.ts'

export async function insertAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor } = entry
  await tx
    .insertInto('audit_entry')
    .values({
      client_id: entry.clientId,
      at: entry.at,
      actor: actor.actor,
      door: actor.door,
      operation: entry.operation,
      subject: entry.subject,
      reason: actor.reason ?? null,
      correlation_id: actor.correlationId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute()
}

export async function auditedHere(tx: Tx, clientId: number): Promise<boolean> {
  const { rows } = await sql<{ audited: boolean }>`
    select exists (select 1 from audit_entry
                    where client_id = ${clientId}
                      and transaction_id = audit_transaction(pg_current_xact_id())) as audited`.execute(tx)
  return rows[0]?.audited ?? false
}

/** What was done to one record, the oldest first. */
export interface AuditedAct {
  at: Instant
  actor: string
  operation: string
  reason: string | null
  detail: Record<string, unknown>
}

export async function selectTrail(tx: Tx, clientId: number, subject: string): Promise<AuditedAct[]> {
  const { rows } = await sql<AuditedAct>`
    select at, actor, operation, reason, detail from audit_entry
     where client_id = ${clientId} and subject = ${subject} order by audit_id`.execute(tx)
  return rows
}

export interface SealRow {
  sealNumber: number
  fromTransaction: string
  toTransaction: string
  entries: number
  previousHash: Buffer
  hash: Buffer
}

/** Seals of one client are made one at a time; the server's role may not lock rows of append-only tables. */
export async function lockSeals(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('audit_seal'), ${clientId})`.execute(tx)
}

/** The transaction below which all are finished, so that a window up to it can never grow. */
export async function selectFinishedTransaction(tx: Tx): Promise<string> {
  const { rows } = await sql<{ xmin: string }>`
    select audit_transaction(pg_snapshot_xmin(pg_current_snapshot()))::text as xmin`.execute(tx)
  return rows[0]?.xmin ?? '0'
}

export async function selectSeals(tx: Tx, clientId: number, last?: number): Promise<SealRow[]> {
  const rows = await tx
    .selectFrom('audit_seal')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('seal_number', last === undefined ? 'asc' : 'desc')
    .$if(last !== undefined, (query) => query.limit(last ?? 0))
    .execute()
  return rows.map((row) => ({
    sealNumber: row.seal_number,
    fromTransaction: row.from_transaction,
    toTransaction: row.to_transaction,
    entries: row.entries,
    previousHash: row.previous_hash,
    hash: row.hash,
  }))
}

export async function selectEntriesBetween(
  tx: Tx,
  clientId: number,
  fromTransaction: string,
  toTransaction: string,
): Promise<SealedEntry[]> {
  const { rows } = await sql<{ audit_id: number; text: string }>`
    select audit_id,
           jsonb_build_array(audit_id, (extract(epoch from at) * 1000000)::bigint, actor, door, operation, subject,
             reason, correlation_id, detail, transaction_id::text)::text as text
      from audit_entry
     where client_id = ${clientId}
       and transaction_id >= ${fromTransaction}::xid8 and transaction_id < ${toTransaction}::xid8
     order by audit_id`.execute(tx)
  return rows.map((row) => ({ auditId: row.audit_id, text: row.text }))
}

export async function insertSeal(tx: Tx, clientId: number, seal: SealRow, now: Instant): Promise<void> {
  await tx
    .insertInto('audit_seal')
    .values({
      client_id: clientId,
      seal_number: seal.sealNumber,
      from_transaction: seal.fromTransaction,
      to_transaction: seal.toTransaction,
      entries: seal.entries,
      previous_hash: seal.previousHash,
      hash: seal.hash,
      sealed_at: now,
    })
    .execute()
}

export async function selectClientIds(tx: Tx): Promise<number[]> {
  const rows = await tx.selectFrom('client').select('client_id').orderBy('client_id').execute()
  return rows.map((row) => row.client_id)
}
