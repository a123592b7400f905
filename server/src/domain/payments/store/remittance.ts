import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { NewRemittanceRow, RemittanceFile, RemittanceRow, RowOutcome } from '../remittance/file.ts'

/** Files of a client are begun one at a time. */
export async function lockFiles(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('remittance_file'), ${clientId}::int)`.execute(tx)
}

const fileColumns = sql`
  client_id as "clientId", file_id as "fileId", format, file_name as "fileName", sender,
  sender_file_id as "senderFileId", status, row_count as "rowCount", amount_cents as "amountCents",
  started_at as "startedAt", finished_at as "finishedAt"`

export async function selectFileByHash(tx: Tx, clientId: number, hash: Uint8Array) {
  const { rows } = await sql<RemittanceFile>`
    select ${fileColumns} from remittance_file where client_id = ${clientId} and content_hash = ${hash}`.execute(
    tx,
  )
  return rows[0]
}

export async function selectFileBySender(
  tx: Tx,
  clientId: number,
  file: Pick<RemittanceFile, 'format' | 'sender' | 'senderFileId'>,
) {
  const { rows } = await sql<RemittanceFile>`
    select ${fileColumns} from remittance_file
     where client_id = ${clientId} and format = ${file.format} and sender = ${file.sender}
       and sender_file_id = ${file.senderFileId}`.execute(tx)
  return rows[0]
}

export async function selectFile(tx: Tx, clientId: number, fileId: number) {
  const { rows } = await sql<RemittanceFile>`
    select ${fileColumns} from remittance_file where client_id = ${clientId} and file_id = ${fileId}`.execute(
    tx,
  )
  return rows[0]
}

export async function selectFiles(tx: Tx, clientId: number): Promise<RemittanceFile[]> {
  const { rows } = await sql<RemittanceFile>`
    select ${fileColumns} from remittance_file where client_id = ${clientId} order by file_id desc`.execute(
    tx,
  )
  return rows
}

export async function insertFile(
  tx: Tx,
  file: Omit<RemittanceFile, 'fileId' | 'status' | 'finishedAt'> & {
    contentHash: Uint8Array
    loadedBy: string
  },
): Promise<number> {
  const { rows } = await sql<{ fileId: number }>`
    insert into remittance_file (client_id, file_id, format, file_name, sender, sender_file_id, content_hash, status,
                                 row_count, amount_cents, loaded_by, started_at)
    select ${file.clientId}, coalesce(max(file_id), 0) + 1, ${file.format}, ${file.fileName}, ${file.sender},
           ${file.senderFileId}, ${file.contentHash}::bytea, 'loading', ${file.rowCount}, ${file.amountCents},
           ${file.loadedBy}, ${file.startedAt}::timestamptz
      from remittance_file where client_id = ${file.clientId}
    returning file_id as "fileId"`.execute(tx)
  return rows[0]?.fileId ?? 0
}

const ROW_COLUMNS = {
  client_id: 'int4',
  file_id: 'int4',
  row_number: 'int4',
  line_number: 'int4',
  kind: 'text',
  status: 'text',
  account_text: 'text',
  amount_cents: 'int8',
  payment_date: 'date',
  method: 'text',
  reference: 'text',
  return_code: 'text',
  reason_code: 'text',
  reason: 'text',
} as const satisfies Record<string, BulkType>

export function insertFileRows(
  tx: Tx,
  clientId: number,
  fileId: number,
  rows: readonly NewRemittanceRow[],
): Promise<void> {
  return insertRows(
    tx,
    'remittance_row',
    ROW_COLUMNS,
    rows.map((row) => ({
      client_id: clientId,
      file_id: fileId,
      row_number: row.rowNumber,
      line_number: row.lineNumber,
      kind: row.kind,
      status: row.status,
      account_text: row.accountText,
      amount_cents: row.amountCents,
      payment_date: row.paymentDate,
      method: row.method,
      reference: row.reference,
      return_code: row.returnCode,
      reason_code: row.reasonCode,
      reason: row.reason,
    })),
  )
}

const rowColumns = sql`
  client_id as "clientId", file_id as "fileId", row_number as "rowNumber", line_number as "lineNumber", kind, status,
  account_text as "accountText", amount_cents as "amountCents", payment_date as "paymentDate", method, reference,
  return_code as "returnCode", reason_code as "reasonCode", reason, customer_id as "customerId",
  payment_number as "paymentNumber", payer_customer_id as "payerCustomerId", event_number as "eventNumber"`

/** Takes the next rows that wait, so that nobody else takes them too. */
export async function takeRows(
  tx: Tx,
  clientId: number,
  fileId: number,
  limit: number,
): Promise<RemittanceRow[]> {
  const { rows } = await sql<RemittanceRow>`
    select ${rowColumns} from remittance_row
     where client_id = ${clientId} and file_id = ${fileId} and status = 'pending'
     order by row_number limit ${limit} for update skip locked`.execute(tx)
  return rows
}

export async function lockRow(tx: Tx, clientId: number, fileId: number, rowNumber: number) {
  const { rows } = await sql<RemittanceRow>`
    select ${rowColumns} from remittance_row
     where client_id = ${clientId} and file_id = ${fileId} and row_number = ${rowNumber} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function selectRows(
  tx: Tx,
  clientId: number,
  fileId: number,
  statuses: readonly string[],
  limit: number,
): Promise<RemittanceRow[]> {
  const { rows } = await sql<RemittanceRow>`
    select ${rowColumns} from remittance_row
     where client_id = ${clientId} and file_id = ${fileId} and status = any(${statuses}::text[])
     order by row_number limit ${limit}`.execute(tx)
  return rows
}

export async function updateRows(
  tx: Tx,
  clientId: number,
  fileId: number,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  await sql`
    update remittance_row r set status = o.status, reason_code = o.reason_code, reason = o.reason,
           customer_id = o.customer_id, payment_number = o.payment_number, payer_customer_id = o.payer_customer_id,
           event_number = o.event_number
      from unnest(${outcomes.map((o) => o.rowNumber)}::int4[], ${outcomes.map((o) => o.status)}::text[],
                  ${outcomes.map((o) => o.reasonCode ?? null)}::text[], ${outcomes.map((o) => o.reason ?? null)}::text[],
                  ${outcomes.map((o) => o.customerId ?? null)}::int8[], ${outcomes.map((o) => o.paymentNumber ?? null)}::int4[],
                  ${outcomes.map((o) => o.payerCustomerId ?? null)}::int8[], ${outcomes.map((o) => o.eventNumber ?? null)}::int4[])
             as o(row_number, status, reason_code, reason, customer_id, payment_number, payer_customer_id, event_number)
     where r.client_id = ${clientId} and r.file_id = ${fileId} and r.row_number = o.row_number`.execute(tx)
}

export async function updateResolved(
  tx: Tx,
  key: { clientId: number; fileId: number },
  resolvedBy: string,
  resolvedAt: Instant,
  outcome: RowOutcome,
): Promise<void> {
  await updateRows(tx, key.clientId, key.fileId, [outcome])
  await sql`
    update remittance_row set resolved_by = ${resolvedBy}, resolved_at = ${resolvedAt}
     where client_id = ${key.clientId} and file_id = ${key.fileId} and row_number = ${outcome.rowNumber}`.execute(
    tx,
  )
}

/** Complete once no row waits; false while another transaction still works on one. */
export async function finishFile(
  tx: Tx,
  clientId: number,
  fileId: number,
  finishedAt: Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update remittance_file f set status = 'complete', finished_at = ${finishedAt}
     where client_id = ${clientId} and file_id = ${fileId} and status = 'loading'
       and not exists (select from remittance_row r where r.client_id = f.client_id and r.file_id = f.file_id
                          and r.status = 'pending')`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

export async function selectFileTotals(tx: Tx, clientId: number, fileId: number) {
  const { rows } = await sql<{ status: RemittanceRow['status']; rows: number; amountCents: number }>`
    select status, count(*)::int as rows, coalesce(sum(amount_cents), 0)::int8 as "amountCents"
      from remittance_row where client_id = ${clientId} and file_id = ${fileId} group by status`.execute(tx)
  return rows
}
