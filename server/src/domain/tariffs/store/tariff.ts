import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { StoredTariff, StoredTariffVersion } from '../stored-tariff.ts'
import type { TariffDocument } from '../tariff.ts'
import type { LocalText } from '../tariff-text.ts'

/** The lock orders those who save versions of one tariff, and those who take a new id. */
export async function lockTariffs(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tariff'), ${clientId}::int)`.execute(tx)
}

export async function selectTariffs(tx: Tx, clientId: number): Promise<StoredTariff[]> {
  const rows = await tx
    .selectFrom('tariff')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('code')
    .execute()
  return rows.map((row) => ({
    clientId: row.client_id,
    tariffId: row.tariff_id,
    code: row.code,
    name: row.name as LocalText,
    companyId: row.company_id,
    serviceKind: row.service_kind as StoredTariff['serviceKind'],
    customerClass: row.customer_class,
    status: row.status as StoredTariff['status'],
  }))
}

/** A known tariff gets the new name, class and status; its code, company and kind of service stay. */
export async function upsertTariff(tx: Tx, tariff: StoredTariff): Promise<void> {
  const changeable = {
    name: JSON.stringify(tariff.name),
    customer_class: tariff.customerClass,
    status: tariff.status,
  }
  await tx
    .insertInto('tariff')
    .values({
      client_id: tariff.clientId,
      tariff_id: tariff.tariffId,
      code: tariff.code,
      company_id: tariff.companyId,
      service_kind: tariff.serviceKind,
      ...changeable,
    })
    .onConflict((conflict) => conflict.columns(['client_id', 'tariff_id']).doUpdateSet(changeable))
    .execute()
}

export async function insertVersion(
  tx: Tx,
  version: Omit<StoredTariffVersion, 'sha256'> & { clientId: number; sha256: Buffer; now: Instant },
): Promise<void> {
  await tx
    .insertInto('tariff_version')
    .values({
      client_id: version.clientId,
      tariff_id: version.tariffId,
      version: version.version,
      effective_from: version.effectiveFrom,
      effective_to: version.effectiveTo,
      status: 'approved',
      document: JSON.stringify(version.document),
      sha256: version.sha256,
      created_at: version.now,
    })
    .execute()
}

export async function updateVersionEnd(
  tx: Tx,
  key: { clientId: number; tariffId: number; version: number },
  effectiveTo: LocalDate,
): Promise<void> {
  await tx
    .updateTable('tariff_version')
    .set({ effective_to: effectiveTo })
    .where('client_id', '=', key.clientId)
    .where('tariff_id', '=', key.tariffId)
    .where('version', '=', key.version)
    .execute()
}

/** Approved versions in force somewhere in `[start, end)`, by tariff and date; of all time without a period. */
export async function selectVersions(
  tx: Tx,
  clientId: number,
  tariffIds: readonly number[],
  period?: { start: LocalDate; end: LocalDate },
): Promise<StoredTariffVersion[]> {
  if (tariffIds.length === 0) return []
  const all = tx
    .selectFrom('tariff_version')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('tariff_id', 'in', tariffIds)
    .where('status', '=', 'approved')
    .orderBy('tariff_id')
    .orderBy('effective_from')
  const { start, end } = period ?? {}
  const inForce =
    start === undefined || end === undefined
      ? all
      : all
          .where('effective_from', '<', end)
          .where((is) => is.or([is('effective_to', 'is', null), is('effective_to', '>', start)]))
  const rows = await inForce.execute()
  return rows.map((row) => ({
    tariffId: row.tariff_id,
    version: row.version,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    document: row.document as TariffDocument,
    sha256: row.sha256.toString('hex'),
  }))
}

type VersionKey = Pick<StoredTariffVersion, 'tariffId' | 'version'>
type Fingerprint = VersionKey & Pick<StoredTariffVersion, 'sha256'>

export async function selectFingerprints(
  tx: Tx,
  clientId: number,
  keys: readonly VersionKey[],
): Promise<Fingerprint[]> {
  const tariffIds = keys.map((key) => key.tariffId)
  const versions = keys.map((key) => key.version)
  const { rows } = await sql<Fingerprint>`
    select distinct tariff_id as "tariffId", version, encode(sha256, 'hex') as sha256
      from tariff_version
      join unnest(${tariffIds}::int4[], ${versions}::int2[]) as key(tariff_id, version) using (tariff_id, version)
     where client_id = ${clientId}`.execute(tx)
  return rows
}

export async function selectDocuments(tx: Tx, clientId: number, versions: readonly Fingerprint[]) {
  if (versions.length === 0) return []
  const tariffIds = versions.map((one) => one.tariffId)
  const fingerprints = versions.map((one) => one.sha256)
  const { rows } = await sql<Pick<StoredTariffVersion, 'sha256' | 'document'>>`
    select encode(sha256, 'hex') as sha256, document from tariff_version
     where client_id = ${clientId} and tariff_id = any(${tariffIds}::int4[])
       and encode(sha256, 'hex') = any(${fingerprints}::text[])`.execute(tx)
  return rows
}

export async function selectHolidays(tx: Tx, clientId: number, calendarCode: string) {
  const rows = await tx
    .selectFrom('holiday')
    .select(['day', 'name'])
    .where('client_id', '=', clientId)
    .where('calendar_code', '=', calendarCode)
    .orderBy('day')
    .execute()
  return rows.map((row) => ({ day: row.day, name: row.name as LocalText }))
}

export async function insertHolidays(
  tx: Tx,
  calendar: { clientId: number; calendarCode: string; days: readonly { day: LocalDate; name: LocalText }[] },
): Promise<void> {
  await insertRows(
    tx,
    'holiday',
    { client_id: 'int4', calendar_code: 'text', day: 'date', name: 'jsonb' },
    calendar.days.map(({ day, name }) => ({
      client_id: calendar.clientId,
      calendar_code: calendar.calendarCode,
      day,
      name: JSON.stringify(name),
    })),
  )
}
