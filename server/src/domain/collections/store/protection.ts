import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { CustomerClass } from '../../customers/index.ts'
import type { Moratorium, Protection } from '../protections/protection.ts'

const PROTECTION = sql`
  customer_id as "customerId", protection_number as "protectionNumber", account_number as "accountNumber",
  agreement_id as "agreementId", kind, forbids, amount_cents as "amountCents", start_date as "startDate",
  end_date as "endDate", evidence, reason, created_at as "createdAt", created_by as "createdBy", ended_at as "endedAt",
  ended_by as "endedBy"`

export async function insertProtection(
  tx: Tx,
  one: Omit<Protection, 'protectionNumber' | 'endedAt' | 'endedBy'>,
): Promise<number> {
  const { rows } = await sql<{ protectionNumber: number }>`
    insert into protection (customer_id, protection_number, account_number, agreement_id, kind, forbids, amount_cents,
                            start_date, end_date, evidence, reason, created_at, created_by)
    select ${one.customerId}, coalesce(max(protection_number), 0) + 1, ${one.accountNumber}::int2, ${one.agreementId}::int4,
           ${one.kind}, ${one.forbids}, ${one.amountCents}::int8, ${one.startDate}::date, ${one.endDate}::date,
           ${one.evidence}, ${one.reason}, ${one.createdAt}::timestamptz, ${one.createdBy}
      from protection where customer_id = ${one.customerId}
    returning protection_number as "protectionNumber"`.execute(tx)
  return rows[0]?.protectionNumber ?? 0
}

export async function selectProtections(tx: Tx, customerIds: readonly number[]): Promise<Protection[]> {
  const { rows } = await sql<Protection>`
    select ${PROTECTION} from protection where customer_id = any(${customerIds}::int8[])
     order by customer_id, protection_number`.execute(tx)
  return rows
}

export async function endProtection(
  tx: Tx,
  end: {
    customerId: number
    protectionNumber: number
    endDate: LocalDate
    endedAt: Instant
    endedBy: string
  },
): Promise<void> {
  await sql`
    update protection set end_date = ${end.endDate}, ended_at = ${end.endedAt}, ended_by = ${end.endedBy}
     where customer_id = ${end.customerId} and protection_number = ${end.protectionNumber}`.execute(tx)
}

const MORATORIUM = sql`
  client_id as "clientId", moratorium_id as "moratoriumId", name, kind, forbids, postal_codes as "postalCodes",
  customer_classes as "customerClasses", start_date as "startDate", end_date as "endDate", created_at as "createdAt",
  created_by as "createdBy", ended_at as "endedAt"`

/** The lock makes the next number a client's own question, answered to one transaction at a time. */
export async function insertMoratorium(
  tx: Tx,
  one: Omit<Moratorium, 'moratoriumId' | 'endedAt'>,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('moratorium'), ${one.clientId}::int)`.execute(tx)
  const { rows } = await sql<{ moratoriumId: number }>`
    insert into moratorium (client_id, moratorium_id, name, kind, forbids, postal_codes, customer_classes, start_date,
                            end_date, created_at, created_by)
    select ${one.clientId}, coalesce(max(moratorium_id), 0) + 1, ${one.name}, ${one.kind}, ${one.forbids},
           ${one.postalCodes}::text[], ${one.customerClasses}::text[], ${one.startDate}::date, ${one.endDate}::date,
           ${one.createdAt}::timestamptz, ${one.createdBy}
      from moratorium where client_id = ${one.clientId}
    returning moratorium_id as "moratoriumId"`.execute(tx)
  return rows[0]?.moratoriumId ?? 0
}

export async function selectMoratoria(tx: Tx, clientId: number): Promise<Moratorium[]> {
  const { rows } = await sql<Moratorium>`
    select ${MORATORIUM} from moratorium where client_id = ${clientId} order by moratorium_id`.execute(tx)
  return rows
}

/** Answers whether it was running. */
export async function endMoratorium(
  tx: Tx,
  end: { clientId: number; moratoriumId: number; endDate: LocalDate; endedAt: Instant },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update moratorium set end_date = greatest(${end.endDate}::date, start_date), ended_at = ${end.endedAt}
     where client_id = ${end.clientId} and moratorium_id = ${end.moratoriumId} and ended_at is null`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** Class of customers. */
export async function selectClasses(
  tx: Tx,
  customerIds: readonly number[],
): Promise<Map<number, CustomerClass>> {
  const { rows } = await sql<{ customerId: number; class: CustomerClass }>`
    select customer_id as "customerId", class from customer where customer_id = any(${customerIds}::int8[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.customerId, row.class]))
}

/** Alerts on the customers' files that forbid steps on a day. */
export async function selectForbiddingAlerts(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<{ customerId: number; kind: string }[]> {
  const { rows } = await sql<{ customerId: number; kind: string }>`
    select distinct customer_id as "customerId", kind from customer_alert
     where customer_id = any(${customerIds}::int8[]) and kind in ('life_support', 'do_not_cut', 'legal_hold')
       and start_date <= ${day} and (end_date is null or end_date > ${day})`.execute(tx)
  return rows
}
