import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type Actor, audit, listCompanies } from '../identity/index.ts'
import {
  type BooksCurrency,
  DETAIL_HEADER,
  detailRows,
  type ExportBatch,
  SUMMARY_HEADER,
  summaryRows,
} from './journal-export.ts'
import * as store from './store/export.ts'
import { holdBooksOpen, updateExported } from './store/period.ts'

/**
 * This will put every entry up to and with an accounting day that was not exported before into a new batch, and answer
 * it; undefined when there is none. Nobody who posts waits for it.
 */
export async function exportJournal(
  tx: Tx,
  input: { clientId: number; through: LocalDate; now: Instant; actor: Actor },
): Promise<ExportBatch | undefined> {
  const { clientId, through, now, actor } = input
  await holdBooksOpen(tx, clientId)
  await store.lockExports(tx, clientId)
  const batchNumber = await store.nextBatchNumber(tx, clientId)
  const entries = await store.insertExportEntries(tx, { clientId, batchNumber, through })
  await updateExported(tx, clientId, through)
  if (entries === 0) return undefined
  await store.insertExport(tx, { clientId, batchNumber, through, entries, now, by: actor.actor })
  const batch = await findExport(tx, clientId, batchNumber)
  const { amountCents } = batch
  const subject = `journal_export:${batchNumber}`
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'exportJournal',
    subject,
    detail: { through, entries, amountCents },
  })
  return batch
}

/** This will list the export batches of a client. */
export function journalExports(tx: Tx, clientId: number): Promise<ExportBatch[]> {
  return store.selectExports(tx, clientId)
}

/** This will find an export batch. Refuses `journal_export_unknown`. */
export async function findExport(tx: Tx, clientId: number, batchNumber: number): Promise<ExportBatch> {
  const batch = (await store.selectExports(tx, clientId)).find((one) => one.batchNumber === batchNumber)
  if (batch) return batch
  throw new Refusal('not_found', 'journal_export_unknown', `There is no export batch ${batchNumber}.`)
}

const ENTRIES_A_PAGE = 5_000

/**
 * This will write a batch as CSV, piece by piece: amounts by account, day and side, or every posting. The same batch is
 * always the same bytes.
 */
export async function* exportFile(
  tx: Tx,
  input: { clientId: number; batchNumber: number; detail?: boolean },
): AsyncGenerator<string> {
  const { clientId, batchNumber, detail } = input
  await findExport(tx, clientId, batchNumber)
  const currency = await currencyOf(tx, clientId)
  if (!detail) {
    const lines = await store.selectExportLines(tx, clientId, batchNumber)
    yield SUMMARY_HEADER + lines.map((line) => summaryRows(batchNumber, currency, line)).join('')
    return
  }
  yield DETAIL_HEADER
  let after = { customerId: 0, entryId: 0 }
  for (;;) {
    const page = { clientId, batchNumber, after, entries: ENTRIES_A_PAGE }
    const postings = await store.selectExportPostings(tx, page)
    const last = postings.at(-1)
    if (!last) return
    yield postings.map((posting) => detailRows(batchNumber, currency, posting)).join('')
    after = { customerId: last.customerId, entryId: last.entryId }
  }
}

async function currencyOf(tx: Tx, clientId: number): Promise<BooksCurrency> {
  const [company] = await listCompanies(tx, clientId)
  return company ?? { currency: 'USD', currencyExponent: 2 }
}
