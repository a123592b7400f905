import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Actor } from '../../identity/index.ts'
import type { DepositControl, TenderControl } from '../controls/control.ts'

interface Act {
  clientId: number
  now: Instant
  actor: Actor
}

/** One counter of a client's controls at a time. */
function lockNumbers(tx: Tx, clientId: number) {
  return sql`select pg_advisory_xact_lock(hashtext('tender_control'), ${clientId}::int)`.execute(tx)
}

export async function insertDeposit(tx: Tx, input: Act & { bankAccount: string }): Promise<number> {
  await lockNumbers(tx, input.clientId)
  const { rows } = await sql<{ id: number }>`
    insert into deposit_control (client_id, deposit_id, bank_account, status, opened_at, opened_by)
    select ${input.clientId}, coalesce(max(deposit_id), 0) + 1, ${input.bankAccount}, 'open', ${input.now}::timestamptz,
           ${input.actor.actor}
      from deposit_control where client_id = ${input.clientId}
    returning deposit_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

export async function insertControl(
  tx: Tx,
  input: Act & { kind: string; name: string; depositId?: number },
): Promise<number> {
  await lockNumbers(tx, input.clientId)
  const { rows } = await sql<{ id: number }>`
    insert into tender_control (client_id, control_id, deposit_id, kind, name, status, opened_at, opened_by)
    select ${input.clientId}, coalesce(max(control_id), 0) + 1, ${input.depositId ?? null}::int, ${input.kind}, ${input.name},
           'open', ${input.now}::timestamptz, ${input.actor.actor}
      from tender_control where client_id = ${input.clientId}
    returning control_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

const controlColumns = sql`
  client_id as "clientId", control_id as "controlId", deposit_id as "depositId", kind, name, status,
  expected_cents as "expectedCents", expected_tenders as "expectedTenders"`

export async function lockControl(tx: Tx, clientId: number, controlId: number) {
  const { rows } = await sql<TenderControl>`
    select ${controlColumns} from tender_control
     where client_id = ${clientId} and control_id = ${controlId} for no key update`.execute(tx)
  return rows[0]
}

export async function selectControls(tx: Tx, clientId: number): Promise<TenderControl[]> {
  const { rows } = await sql<TenderControl>`
    select ${controlColumns} from tender_control where client_id = ${clientId} order by control_id`.execute(
    tx,
  )
  return rows
}

const ofClient = (clientId: number) =>
  sql`t.customer_id >= ${clientId}::int8 * 100000000 and t.customer_id < (${clientId}::int8 + 1) * 100000000`

export async function selectControlsWithTotals(tx: Tx, clientId: number) {
  const { rows } = await sql<TenderControl & { tenders: number; amountCents: number }>`
    select c.*, coalesce(held.tenders, 0) as tenders, coalesce(held.amount, 0) as "amountCents"
      from (select ${controlColumns} from tender_control where client_id = ${clientId}) as c
      left join (select control_id, count(*)::int as tenders, sum(amount_cents)::int8 as amount from tender t
                  where control_id is not null and status = 'valid' and ${ofClient(clientId)} group by 1) as held
        on held.control_id = c."controlId"
     order by c."controlId" desc`.execute(tx)
  return rows
}

export async function selectTotals(tx: Tx, clientId: number, controlId: number) {
  const { rows } = await sql<{ amountCents: number; tenders: number; unposted: number }>`
    select coalesce(sum(t.amount_cents), 0)::int8 as "amountCents", count(*)::int as tenders,
           count(*) filter (where exists (
             select from payment p where p.payer_customer_id = t.customer_id and p.event_number = t.event_number
                and p.status in ('incomplete', 'error', 'freezable')))::int as unposted
      from tender t where t.control_id = ${controlId} and t.status = 'valid' and ${ofClient(clientId)}`.execute(
    tx,
  )
  return rows[0] ?? { amountCents: 0, tenders: 0, unposted: 0 }
}

export async function updateControl(
  tx: Tx,
  { clientId, controlId, now, actor }: Act & { controlId: number },
  status: 'open' | 'balanced',
  counted?: { countedCents: number; countedTenders: number },
): Promise<void> {
  await sql`
    update tender_control set status = ${status}, expected_cents = ${counted?.countedCents ?? null},
           expected_tenders = ${counted?.countedTenders ?? null}, balanced_at = ${counted ? now : null}::timestamptz,
           balanced_by = ${counted ? actor.actor : null}
     where client_id = ${clientId} and control_id = ${controlId}`.execute(tx)
}

const depositColumns = sql`
  client_id as "clientId", deposit_id as "depositId", bank_account as "bankAccount", status,
  expected_cents as "expectedCents"`

export async function lockDeposit(tx: Tx, clientId: number, depositId: number) {
  const { rows } = await sql<DepositControl>`
    select ${depositColumns} from deposit_control
     where client_id = ${clientId} and deposit_id = ${depositId} for no key update`.execute(tx)
  return rows[0]
}

export async function updateDeposit(
  tx: Tx,
  { clientId, depositId, now, actor }: Act & { depositId: number },
  status: 'open' | 'balanced',
  countedCents: number | null,
): Promise<void> {
  const balanced = status === 'balanced'
  await sql`
    update deposit_control set status = ${status}, expected_cents = ${countedCents},
           balanced_at = ${balanced ? now : null}::timestamptz, balanced_by = ${balanced ? actor.actor : null}
     where client_id = ${clientId} and deposit_id = ${depositId}`.execute(tx)
}
