import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { ImportReport } from '../import-report.ts'

export interface Imported {
  importId: number
  fileName: string
  importedAt: Instant
  actor: string
  report: ImportReport
}

export async function insertImport(
  tx: Tx,
  imported: {
    clientId: number
    sha256: Uint8Array
    at: Instant
    actor: string
    report: ImportReport
  },
): Promise<void> {
  const { report } = imported
  await tx
    .insertInto('usage_import')
    .values({
      client_id: imported.clientId,
      file_name: report.fileName,
      file_sha256: Buffer.from(imported.sha256),
      format: report.format,
      imported_at: imported.at,
      actor: imported.actor,
      intervals_taken: report.taken + report.corrected,
      intervals_same: report.same,
      intervals_refused: report.refused,
      report: JSON.stringify(report),
    })
    .execute()
}

/** Imports of a file with these bytes, newest first. */
export async function selectImportsOfFile(
  tx: Tx,
  clientId: number,
  sha256: Uint8Array,
): Promise<ImportReport[]> {
  const rows = await tx
    .selectFrom('usage_import')
    .select('report')
    .where('client_id', '=', clientId)
    .where('file_sha256', '=', Buffer.from(sha256))
    .orderBy('import_id', 'desc')
    .execute()
  return rows.map((row) => row.report as ImportReport)
}

export async function selectImports(tx: Tx, clientId: number, limit: number): Promise<Imported[]> {
  const rows = await tx
    .selectFrom('usage_import')
    .select(['import_id', 'file_name', 'imported_at', 'actor', 'report'])
    .where('client_id', '=', clientId)
    .orderBy('import_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    importId: row.import_id,
    fileName: row.file_name,
    importedAt: row.imported_at,
    actor: row.actor,
    report: row.report as ImportReport,
  }))
}
