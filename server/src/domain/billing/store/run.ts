import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { CycleWindow } from '../runs/cycle.ts'
import type { BillRun, RunCounts, RunKey, RunMode, RunStatus } from '../runs/run.ts'

export async function insertCycle(tx: Tx, clientId: number, cycleCode: string, name: string): Promise<void> {
  await sql`
    insert into bill_cycle (client_id, cycle_code, name) values (${clientId}, ${cycleCode}, ${name})
    on conflict (client_id, cycle_code) do update set name = excluded.name`.execute(tx)
}

export async function insertWindows(
  tx: Tx,
  clientId: number,
  windows: readonly CycleWindow[],
): Promise<void> {
  for (const window of windows)
    await sql`
      insert into bill_cycle_window (client_id, cycle_code, period_end, opens_on, closes_on, accounting_date)
      values (${clientId}, ${window.cycleCode}, ${window.periodEnd}, ${window.opensOn}, ${window.closesOn},
              ${window.accountingDate})
      on conflict do nothing`.execute(tx)
}

export async function selectWindows(tx: Tx, clientId: number, cycleCode: string): Promise<CycleWindow[]> {
  const { rows } = await sql<CycleWindow>`
    select cycle_code as "cycleCode", period_end as "periodEnd", opens_on as "opensOn", closes_on as "closesOn",
           accounting_date as "accountingDate"
      from bill_cycle_window where client_id = ${clientId} and cycle_code = ${cycleCode} order by period_end`.execute(
    tx,
  )
  return rows
}

export async function selectCycles(tx: Tx, clientId: number): Promise<{ cycleCode: string; name: string }[]> {
  const { rows } = await sql<{ cycleCode: string; name: string }>`
    select cycle_code as "cycleCode", name from bill_cycle where client_id = ${clientId} order by cycle_code`.execute(
    tx,
  )
  return rows
}

export interface NewRun {
  clientId: number
  cycleCode: string
  periodEnd: LocalDate
  billDate: LocalDate
  mode: RunMode
  accounts: number
  requestedBy: string
  now: Instant
}

/** Undefined: another live run of the window is not finished. */
export async function insertRun(tx: Tx, run: NewRun): Promise<number | undefined> {
  await sql`select from client where client_id = ${run.clientId} for no key update`.execute(tx)
  const { rows } = await sql<{ runId: number }>`
    insert into bill_run (client_id, run_id, cycle_code, period_end, bill_date, mode, status, accounts, requested_by,
                          created_at, started_at)
    select ${run.clientId}, (select coalesce(max(run_id), 0) + 1 from bill_run where client_id = ${run.clientId}),
           ${run.cycleCode}, ${run.periodEnd}, ${run.billDate}, ${run.mode}, 'running', ${run.accounts},
           ${run.requestedBy}, ${run.now}, ${run.now}
    on conflict (client_id, cycle_code, period_end)
      where mode = 'live' and status in ('planning', 'running', 'paused') do nothing
    returning run_id as "runId"`.execute(tx)
  return rows[0]?.runId
}

export async function insertChunks(
  tx: Tx,
  key: RunKey,
  chunks: readonly (readonly AccountKey[])[],
): Promise<void> {
  for (const [index, accounts] of chunks.entries())
    await sql`
      insert into bill_run_chunk (client_id, run_id, chunk_number, customer_ids, account_numbers, status)
      values (${key.clientId}, ${key.runId}, ${index + 1}, ${accounts.map((a) => a.customerId)}::int8[],
              ${accounts.map((a) => a.accountNumber)}::int2[], 'pending')`.execute(tx)
}

const runColumns = sql`
  r.client_id as "clientId", r.run_id as "runId", r.cycle_code as "cycleCode", r.period_end as "periodEnd",
  r.bill_date as "billDate", w.accounting_date as "accountingDate", r.mode, r.status, r.accounts,
  r.requested_by as "requestedBy", r.created_at as "createdAt", r.started_at as "startedAt",
  r.finished_at as "finishedAt"`

export async function selectRun(tx: Tx, key: RunKey): Promise<BillRun | undefined> {
  const { rows } = await sql<BillRun>`
    select ${runColumns} from bill_run r join bill_cycle_window w using (client_id, cycle_code, period_end)
     where r.client_id = ${key.clientId} and r.run_id = ${key.runId}`.execute(tx)
  return rows[0]
}

export async function selectRuns(
  tx: Tx,
  filter: { clientId?: number; status?: RunStatus; limit: number },
): Promise<BillRun[]> {
  const { rows } = await sql<BillRun>`
    select ${runColumns} from bill_run r join bill_cycle_window w using (client_id, cycle_code, period_end)
     where (${filter.clientId ?? null}::int4 is null or r.client_id = ${filter.clientId ?? null}::int4)
       and (${filter.status ?? null}::text is null or r.status = ${filter.status ?? null}::text)
     order by r.client_id, r.run_id desc limit ${filter.limit}`.execute(tx)
  return rows
}

export interface ClaimedChunk {
  chunkNumber: number
  accounts: AccountKey[]
}

/**
 * Claims the next chunk nobody holds, for as long as the transaction lives: a killed worker's claim ends with its
 * connection. Pausing and cancelling do not wait for claimed chunks: those are finished.
 */
export async function claimChunk(tx: Tx, key: RunKey): Promise<ClaimedChunk | undefined> {
  const running = await sql`
    select from bill_run where client_id = ${key.clientId} and run_id = ${key.runId} and status = 'running'`.execute(
    tx,
  )
  if (running.rows.length === 0) return undefined
  const { rows } = await sql<{ chunkNumber: number; customerIds: number[]; accountNumbers: number[] }>`
    select chunk_number as "chunkNumber", customer_ids as "customerIds", account_numbers as "accountNumbers"
      from bill_run_chunk
     where client_id = ${key.clientId} and run_id = ${key.runId} and status = 'pending'
     order by chunk_number limit 1 for update skip locked`.execute(tx)
  const [chunk] = rows
  if (!chunk) return undefined
  const accounts = chunk.customerIds.map((customerId, index) => ({
    customerId,
    accountNumber: chunk.accountNumbers[index] ?? 0,
  }))
  return { chunkNumber: chunk.chunkNumber, accounts }
}

export async function finishChunk(
  tx: Tx,
  key: RunKey & { chunkNumber: number },
  result: RunCounts & { worker: string; startedAt: Instant; finishedAt: Instant },
): Promise<void> {
  await sql`
    update bill_run_chunk set status = 'done', billed = ${result.billed}, held = ${result.held},
           nothing_due = ${result.nothingDue}, amount_cents = ${result.amountCents}, worker = ${result.worker},
           started_at = ${result.startedAt}, finished_at = ${result.finishedAt}
     where client_id = ${key.clientId} and run_id = ${key.runId} and chunk_number = ${key.chunkNumber}`.execute(
    tx,
  )
}

/** Completes a run whose chunks are all done; true when this call did it. */
export async function completeRunWhenDone(tx: Tx, key: RunKey, now: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_run r set status = 'complete', finished_at = ${now}
     where client_id = ${key.clientId} and run_id = ${key.runId} and status = 'running'
       and not exists (select from bill_run_chunk c where c.client_id = r.client_id and c.run_id = r.run_id
                          and c.status = 'pending')`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function updateRunStatus(
  tx: Tx,
  key: RunKey,
  from: RunStatus,
  to: RunStatus,
  finishedAt: Instant | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_run set status = ${to}, finished_at = ${finishedAt}
     where client_id = ${key.clientId} and run_id = ${key.runId} and status = ${from}`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export interface ChunkSums extends RunCounts {
  chunks: number
  chunksDone: number
  accountsDone: number
  lastFinishedAt: Instant | null
}

export async function selectChunkSums(tx: Tx, key: RunKey): Promise<ChunkSums> {
  const { rows } = await sql<ChunkSums>`
    select count(*) as chunks, count(*) filter (where status = 'done') as "chunksDone",
           coalesce(sum(billed), 0) as billed, coalesce(sum(held), 0) as held,
           coalesce(sum(nothing_due), 0) as "nothingDue", coalesce(sum(amount_cents), 0)::bigint as "amountCents",
           coalesce(sum(cardinality(customer_ids)) filter (where status = 'done'), 0) as "accountsDone",
           max(finished_at) as "lastFinishedAt"
      from bill_run_chunk where client_id = ${key.clientId} and run_id = ${key.runId}`.execute(tx)
  const [sums] = rows
  if (!sums) throw new Error('an aggregate gave no row')
  return sums
}
