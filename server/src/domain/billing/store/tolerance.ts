import { sql } from 'kysely'
import { insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { PastCharge, Tolerance, ToleranceKind } from '../holds/tolerance.ts'

/** Rules in force on a day; with none, every rule there is. */
export async function selectTolerances(tx: Tx, clientId: number, day?: LocalDate): Promise<Tolerance[]> {
  const { rows } = await sql<Tolerance>`
    select rule_number as "ruleNumber", company_id as "companyId", customer_class as "customerClass", kind,
           trim_scale(percent)::text as percent, amount_cents as "amountCents", in_a_row as "inARow", outcome, start_date as "startDate",
           end_date as "endDate"
      from bill_tolerance
     where client_id = ${clientId}
       and (${day ?? null}::date is null
            or start_date <= ${day ?? null}::date and (end_date is null or end_date > ${day ?? null}::date))
     order by rule_number`.execute(tx)
  return rows
}

export async function upsertTolerance(tx: Tx, clientId: number, rule: Tolerance): Promise<void> {
  await sql`
    insert into bill_tolerance (client_id, rule_number, company_id, customer_class, kind, percent, amount_cents, in_a_row,
                                outcome, start_date, end_date)
    values (${clientId}, ${rule.ruleNumber}, ${rule.companyId}, ${rule.customerClass}, ${rule.kind}, ${rule.percent},
            ${rule.amountCents}, ${rule.inARow}, ${rule.outcome}, ${rule.startDate}, ${rule.endDate})
    on conflict (client_id, rule_number) do update
       set company_id = excluded.company_id, customer_class = excluded.customer_class, kind = excluded.kind,
           percent = excluded.percent, amount_cents = excluded.amount_cents, in_a_row = excluded.in_a_row,
           outcome = excluded.outcome, start_date = excluded.start_date, end_date = excluded.end_date`.execute(
    tx,
  )
}

/** Live charges of agreements since a day, in order of time. */
export async function selectPastCharges(
  tx: Tx,
  keys: readonly { customerId: number; agreementId: number }[],
  since: LocalDate,
): Promise<(PastCharge & { customerId: number; agreementId: number })[]> {
  const { rows } = await sql<PastCharge & { customerId: number; agreementId: number }>`
    select c.customer_id as "customerId", c.agreement_id as "agreementId", c.start_date as "startDate",
           c.end_date as "endDate", c.amount_cents as "amountCents", coalesce(u.estimated, false) as estimated
      from unnest(${keys.map((key) => key.customerId)}::int8[], ${keys.map((key) => key.agreementId)}::int4[])
             as k(customer_id, agreement_id)
      join charge c on c.customer_id = k.customer_id and c.agreement_id = k.agreement_id and c.kind = 'service'
       and c.status in ('frozen', 'pending_cancel') and c.end_date >= ${since}
      left join usage u on u.customer_id = c.customer_id and u.usage_id = c.usage_id
     order by 1, 2, 3`.execute(tx)
  return rows
}

export interface Release {
  customerId: number
  accountNumber: number
  agreementId: number
  kind: ToleranceKind
  startDate: LocalDate
  endDate: LocalDate
  amountCents: number
}

/** Releases of these customers that let no bill pass yet. */
export async function selectWaitingReleases(
  tx: Tx,
  customerIds: readonly number[],
): Promise<(Release & { releaseNumber: number })[]> {
  const { rows } = await sql<Release & { releaseNumber: number }>`
    select customer_id as "customerId", release_number as "releaseNumber", account_number as "accountNumber",
           agreement_id as "agreementId", kind, start_date as "startDate", end_date as "endDate",
           amount_cents as "amountCents"
      from bill_release where customer_id = any(${customerIds}::int8[]) and bill_id is null`.execute(tx)
  return rows
}

export async function insertReleases(
  tx: Tx,
  releases: readonly Release[],
  by: { reason: string; releasedAt: Instant; releasedBy: string },
): Promise<void> {
  const next = await numbersAfter(
    tx,
    'bill_release',
    'release_number',
    releases.map((release) => release.customerId),
  )
  const columns = {
    customer_id: 'int8',
    release_number: 'int4',
    account_number: 'int2',
    agreement_id: 'int4',
    kind: 'text',
    start_date: 'date',
    end_date: 'date',
    amount_cents: 'int8',
    reason: 'text',
    released_at: 'timestamptz',
    released_by: 'text',
  } as const
  const rows = releases.map((release) => ({
    customer_id: release.customerId,
    release_number: next(release.customerId),
    account_number: release.accountNumber,
    agreement_id: release.agreementId,
    kind: release.kind,
    start_date: release.startDate,
    end_date: release.endDate,
    amount_cents: release.amountCents,
    reason: by.reason,
    released_at: by.releasedAt,
    released_by: by.releasedBy,
  }))
  await insertRows(tx, 'bill_release', columns, rows)
}

export async function updateReleasesUsed(
  tx: Tx,
  used: readonly { customerId: number; releaseNumber: number; billId: number }[],
): Promise<void> {
  if (used.length === 0) return
  await sql`
    update bill_release r set bill_id = u.bill_id
      from unnest(${used.map((one) => one.customerId)}::int8[], ${used.map((one) => one.releaseNumber)}::int4[],
                  ${used.map((one) => one.billId)}::int4[]) as u(customer_id, release_number, bill_id)
     where r.customer_id = u.customer_id and r.release_number = u.release_number`.execute(tx)
}
