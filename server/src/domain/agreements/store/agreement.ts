import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type {
  Agreement,
  AgreementFact,
  AgreementFlag,
  AgreementKey,
  AgreementPoint,
  AgreementSummary,
  Exemption,
  PlanAssignment,
} from '../agreement.ts'

type Row<Shape> = { [Field in keyof Shape]: Shape[Field] }

const AGREEMENT = sql`a.customer_id as "customerId", a.agreement_id as "agreementId",
  a.account_number as "accountNumber", a.kind, a.service_kind as "serviceKind", a.company_id as "companyId",
  a.status, a.start_date as "startDate", a.end_date as "endDate", a.premise_id as "premiseId",
  a.revenue_class as "revenueClass", a.debt_class as "debtClass", a.bill_method as "billMethod",
  a.external_account as "externalAccount", a.created_at as "createdAt"`

export async function insertAgreement(tx: Tx, agreement: Agreement): Promise<void> {
  await tx
    .insertInto('agreement')
    .values({
      customer_id: agreement.customerId,
      agreement_id: agreement.agreementId,
      account_number: agreement.accountNumber,
      kind: agreement.kind,
      service_kind: agreement.serviceKind,
      company_id: agreement.companyId,
      status: agreement.status,
      start_date: agreement.startDate,
      end_date: agreement.endDate,
      premise_id: agreement.premiseId,
      revenue_class: agreement.revenueClass,
      debt_class: agreement.debtClass,
      bill_method: agreement.billMethod,
      external_account: agreement.externalAccount,
      created_at: agreement.createdAt,
    })
    .execute()
}

export async function updateAgreement(
  tx: Tx,
  key: AgreementKey,
  change: Partial<
    Pick<Agreement, 'status' | 'startDate' | 'endDate' | 'accountNumber' | 'billMethod' | 'externalAccount'>
  >,
): Promise<void> {
  await tx
    .updateTable('agreement')
    .set({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.startDate === undefined ? {} : { start_date: change.startDate }),
      ...(change.endDate === undefined ? {} : { end_date: change.endDate }),
      ...(change.billMethod === undefined ? {} : { bill_method: change.billMethod }),
      ...(change.externalAccount === undefined ? {} : { external_account: change.externalAccount }),
      ...(change.accountNumber === undefined ? {} : { account_number: change.accountNumber }),
    })
    .where('customer_id', '=', key.customerId)
    .where('agreement_id', '=', key.agreementId)
    .execute()
}

export async function selectAgreementsOfCustomers(
  tx: Tx,
  customerIds: readonly number[],
): Promise<Agreement[]> {
  const { rows } = await sql<Row<Agreement>>`
    select ${AGREEMENT} from agreement a where a.customer_id = any(${customerIds}::bigint[])
    order by a.customer_id, a.agreement_id`.execute(tx)
  return rows
}

export async function selectAgreementsOfAccounts(
  tx: Tx,
  accounts: readonly AccountKey[],
): Promise<Agreement[]> {
  const { rows } = await sql<Row<Agreement>>`
    select ${AGREEMENT}
    from unnest(${accounts.map((account) => account.customerId)}::bigint[],
                ${accounts.map((account) => account.accountNumber)}::smallint[]) k (customer_id, account_number)
    join agreement a using (customer_id, account_number)
    order by a.customer_id, a.agreement_id`.execute(tx)
  return rows
}

export async function selectSummaries(tx: Tx, accounts: readonly AccountKey[]): Promise<AgreementSummary[]> {
  const { rows } = await sql<Row<AgreementSummary>>`
    select a.customer_id as "customerId", a.agreement_id as "agreementId", a.account_number as "accountNumber", a.kind,
           a.status, a.debt_class as "debtClass"
      from unnest(${accounts.map((account) => account.customerId)}::bigint[],
                  ${accounts.map((account) => account.accountNumber)}::smallint[]) k (customer_id, account_number)
      join agreement a using (customer_id, account_number)
     order by a.customer_id, a.agreement_id`.execute(tx)
  return rows
}

/** A point that starts with its agreement, before the database has given it a zone and a kind of service. */
export type NewPoint = Omit<AgreementPoint, 'timeZone' | 'serviceKind'>

export async function insertPoints(tx: Tx, points: readonly NewPoint[]): Promise<void> {
  await insertRows(
    tx,
    'agreement_point',
    {
      customer_id: 'int8',
      agreement_id: 'int4',
      point_number: 'int2',
      service_point_id: 'int8',
      start_date: 'date',
      end_date: 'date',
      sign: 'int2',
      percent: 'numeric',
    },
    points.map((point) => ({
      customer_id: point.customerId,
      agreement_id: point.agreementId,
      point_number: point.pointNumber,
      service_point_id: point.servicePointId,
      start_date: point.startDate,
      end_date: point.endDate,
      sign: point.sign,
      percent: point.percent,
    })),
  )
}

/** Agreements that hold these points at some time in `[start, end)`. Cancelled ones hold nothing. */
export async function selectHolders(
  tx: Tx,
  servicePointIds: readonly number[],
  start: LocalDate,
  end: LocalDate | null,
): Promise<(AgreementKey & { servicePointId: number; kind: Agreement['kind'] })[]> {
  const { rows } = await sql<AgreementKey & { servicePointId: number; kind: Agreement['kind'] }>`
    select p.customer_id as "customerId", p.agreement_id as "agreementId",
           p.service_point_id as "servicePointId", a.kind
    from agreement_point p join agreement a using (customer_id, agreement_id)
    where p.service_point_id = any(${servicePointIds}::bigint[]) and a.status <> 'cancelled'
      and daterange(p.start_date, p.end_date) && daterange(${start}::date, ${end}::date)`.execute(tx)
  return rows
}

/** Who was and is served at a service point, newest first. */
export async function selectAgreementsOfServicePoint(
  tx: Tx,
  servicePointId: number,
): Promise<(AgreementKey & { startDate: LocalDate; endDate: LocalDate | null })[]> {
  const { rows } = await sql<AgreementKey & { startDate: LocalDate; endDate: LocalDate | null }>`
    select customer_id as "customerId", agreement_id as "agreementId",
           start_date as "startDate", end_date as "endDate"
    from agreement_point where service_point_id = ${servicePointId} order by start_date desc`.execute(tx)
  return rows
}

/** The dated rows of agreements, as one query a table; `asOf` leaves out what had ended by then. */
export async function selectTerms(
  tx: Tx,
  agreements: readonly AgreementKey[],
  asOf: LocalDate | undefined,
): Promise<{
  points: AgreementPoint[]
  plans: PlanAssignment[]
  facts: AgreementFact[]
  exemptions: Exemption[]
  flags: AgreementFlag[]
}> {
  const keys = sql`unnest(${agreements.map((key) => key.customerId)}::bigint[],
    ${agreements.map((key) => key.agreementId)}::int[]) k (customer_id, agreement_id)`
  const dated = sql`t.customer_id as "customerId", t.agreement_id as "agreementId",
    t.start_date as "startDate", t.end_date as "endDate"`
  const live = asOf === undefined ? sql`true` : sql`(t.end_date is null or t.end_date > ${asOf}::date)`
  const points = await sql<AgreementPoint>`
    select ${dated}, t.point_number as "pointNumber", t.service_point_id as "servicePointId",
           s.time_zone as "timeZone", s.service_kind as "serviceKind", t.sign, t.percent
    from ${keys} join agreement_point t using (customer_id, agreement_id)
    join service_point s using (service_point_id)
    where ${live} order by t.customer_id, t.agreement_id, t.point_number`.execute(tx)
  const plans = await sql<PlanAssignment>`
    select ${dated}, t.assignment_number as "assignmentNumber", t.tariff_id as "tariffId"
    from ${keys} join plan_assignment t using (customer_id, agreement_id)
    where ${live} order by t.customer_id, t.agreement_id, t.start_date`.execute(tx)
  const facts = await sql<AgreementFact>`
    select ${dated}, t.fact_code as "factCode", t.value
    from ${keys} join agreement_fact t using (customer_id, agreement_id)
    where ${live} order by t.customer_id, t.agreement_id, t.fact_code, t.start_date`.execute(tx)
  const exemptions = await sql<Exemption>`
    select ${dated}, t.exemption_number as "exemptionNumber", t.kind, t.tax_category as "taxCategory",
           t.share, t.certificate, t.reason
    from ${keys} join exemption t using (customer_id, agreement_id)
    where ${live} order by t.customer_id, t.agreement_id, t.exemption_number`.execute(tx)
  const flags = await sql<AgreementFlag>`
    select ${dated}, t.flag, t.reason
    from ${keys} join agreement_flag t using (customer_id, agreement_id)
    where ${live} order by t.customer_id, t.agreement_id, t.flag, t.start_date`.execute(tx)
  return {
    points: points.rows,
    plans: plans.rows,
    facts: facts.rows,
    exemptions: exemptions.rows,
    flags: flags.rows,
  }
}
