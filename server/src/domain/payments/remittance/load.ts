import { createHash } from 'node:crypto'
import type { Database, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import { type Clock, localDateAt } from '../../../platform/time.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import * as store from '../store/remittance.ts'
import { OPEN_ROWS_KIND, type RemittanceFile, type RemittanceRow, type RowStatus } from './file.ts'
import { type ReadOptions, readPaymentFile } from './read.ts'
import { takeChunk } from './take.ts'

const CHUNK_ROWS = 1000
const SHOWN_ROWS = 100

export interface LoadInput extends Omit<ReadOptions, 'currency'> {
  clientId: number
  content: Uint8Array
  currency?: string
  clock: Clock
  actor: Actor
  chunkRows?: number
  onProgress?: (progress: { done: number; total: number }) => void
}

/** What became of a file. */
export interface FileReport {
  file: RemittanceFile
  /** True: an earlier loading was cut off, and this one went on. */
  resumed: boolean
  totals: Partial<Record<RowStatus, { rows: number; amountCents: Cents }>>
  /** The first that need somebody. */
  open: RemittanceRow[]
}

/**
 * This will load a bank's file of payments or returns: chunk by chunk, each in a transaction with the status of its rows,
 * so that a loading that was killed goes on where it was when the file is loaded again. Rows whose account is not known
 * become unapplied cash or are rejected, as the client's policy says; a work item names files with such rows. Refuses: a
 * file that was loaded before, by its content or its sender's number; one that cannot be read or whose totals differ.
 */
export async function loadPaymentFile(database: Database, input: LoadInput): Promise<FileReport> {
  const { clientId, clock, actor, onProgress } = input
  const begun = await database.transaction((tx) => beginFile(tx, input))
  const { fileId, rowCount } = begun.file
  const { timeZone } = await getClient(database.read, clientId)
  const limit = input.chunkRows ?? CHUNK_ROWS
  let done = begun.settled
  for (;;) {
    const now = clock()
    const chunk = { clientId, fileId, limit, today: localDateAt(now, timeZone), now, actor }
    const taken = await database.transaction((tx) => takeChunk(tx, chunk))
    if (taken === 0) break
    done += taken
    onProgress?.({ done, total: rowCount })
  }
  await database.transaction((tx) => endFile(tx, begun.file, input))
  return { ...(await fileReport(database.read, clientId, fileId)), resumed: begun.resumed }
}

async function beginFile(tx: Tx, input: LoadInput) {
  const { clientId, content, format, fileName } = input
  const contentHash = createHash('sha256').update(content).digest()
  await store.lockFiles(tx, clientId)
  const before = await store.selectFileByHash(tx, clientId, contentHash)
  if (before?.status === 'complete') throw loadedBefore(before, 'It was loaded')
  if (before) return { file: before, resumed: true, settled: await settledRows(tx, before) }
  const { sender, senderFileId, rows } = readPaymentFile(content, { currency: 'USD', ...input })
  const other = await store.selectFileBySender(tx, clientId, { format, sender, senderFileId })
  if (other) throw loadedBefore(other, `File ${senderFileId} of ${sender} was loaded, with another content,`)
  const amountCents = rows.reduce((sum, row) => sum + (row.amountCents ?? 0), 0)
  const startedAt = input.clock()
  const facts = {
    clientId,
    format,
    fileName,
    sender,
    senderFileId,
    rowCount: rows.length,
    amountCents,
    startedAt,
  }
  const fileId = await store.insertFile(tx, { ...facts, contentHash, loadedBy: input.actor.actor })
  await store.insertFileRows(tx, clientId, fileId, rows)
  const file: RemittanceFile = { ...facts, fileId, status: 'loading', finishedAt: null }
  return { file, resumed: false, settled: await settledRows(tx, file) }
}

async function settledRows(tx: Tx, { clientId, fileId }: RemittanceFile): Promise<number> {
  const totals = await store.selectFileTotals(tx, clientId, fileId)
  return totals.reduce((sum, { status, rows }) => (status === 'pending' ? sum : sum + rows), 0)
}

function loadedBefore({ fileId, startedAt }: RemittanceFile, what: string): Refusal {
  const day = startedAt.toString().slice(0, 10)
  return new Refusal(
    'conflict',
    'file_loaded_already',
    `${what} on ${day} as file ${fileId}; nothing was moved.`,
  )
}

async function endFile(tx: Tx, file: RemittanceFile, { clock, actor }: LoadInput): Promise<void> {
  const { clientId, fileId, fileName } = file
  const now = clock()
  if (!(await store.finishFile(tx, clientId, fileId, now))) return
  const { totals } = await fileReport(tx, clientId, fileId)
  const subject = `remittance_file:${fileId}`
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'loadPaymentFile',
    subject,
    detail: { fileName, totals },
  })
  const count = (totals.suspended?.rows ?? 0) + (totals.rejected?.rows ?? 0)
  if (count === 0) return
  await openWorkItems(tx, [
    {
      clientId,
      kind: OPEN_ROWS_KIND,
      subject,
      reasonCode: 'rows_not_applied',
      reason: `${count} of ${file.rowCount} rows of ${fileName} found no account or could not be taken.`,
      remedy: 'Assign each row to its account, send its money back, or drop it.',
      detail: { totals },
      createdAt: now,
    },
  ])
}

/** This will tell what became of a file. Refuses an unknown one. */
export async function fileReport(
  tx: Tx,
  clientId: number,
  fileId: number,
): Promise<Omit<FileReport, 'resumed'>> {
  const file = await store.selectFile(tx, clientId, fileId)
  if (!file) throw new Refusal('not_found', 'remittance_file_unknown', `There is no file ${fileId}.`)
  const totals = await store.selectFileTotals(tx, clientId, fileId)
  return {
    file,
    totals: Object.fromEntries(totals.map(({ status, ...total }) => [status, total])),
    open: await store.selectRows(tx, clientId, fileId, ['rejected', 'suspended'], SHOWN_ROWS),
  }
}

/** This will list a client's files, latest first. */
export function remittanceFiles(tx: Tx, clientId: number): Promise<RemittanceFile[]> {
  return store.selectFiles(tx, clientId)
}
