import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { AdjustmentType } from '../adjustments/catalogue/adjustment-type.ts'

const typeColumns = sql`
  adjustment_type, name_en, name_es, purpose, direction, ledger_code, debt_class, default_amount_cents, agreement_kinds,
  service_kinds, statuses, on_bill, approval_above_cents, active`

/** The types as rows, those whose ledger account the client has. */
function rowsOf(clientId: number, types: readonly AdjustmentType[]) {
  const rows = types.map(({ code, name, ...type }) => ({
    adjustment_type: code,
    name_en: name.en,
    name_es: name.es,
    purpose: type.purpose,
    direction: type.direction,
    ledger_code: type.ledgerCode,
    debt_class: type.debtClass,
    default_amount_cents: type.defaultAmountCents,
    agreement_kinds: type.agreementKinds,
    service_kinds: type.serviceKinds,
    statuses: type.statuses,
    on_bill: type.onBill,
    approval_above_cents: type.approvalAboveCents,
    active: type.active,
  }))
  return sql`
    select a.client_id, t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(
      adjustment_type text, name_en text, name_es text, purpose text, direction text, ledger_code text, debt_class text,
      default_amount_cents int8, agreement_kinds text[], service_kinds text[], statuses text[], on_bill bool,
      approval_above_cents int8, active bool)
      join ledger_account a on a.client_id = ${clientId} and a.ledger_code = t.ledger_code`
}

export async function insertTypes(tx: Tx, clientId: number, types: readonly AdjustmentType[]): Promise<void> {
  await sql`
    insert into adjustment_type (client_id, ${typeColumns}) ${rowsOf(clientId, types)} on conflict do nothing`.execute(
    tx,
  )
}

/** False: the client has no such ledger account. */
export async function upsertType(tx: Tx, clientId: number, type: AdjustmentType): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into adjustment_type (client_id, ${typeColumns}) ${rowsOf(clientId, [type])}
    on conflict (client_id, adjustment_type) do update set
      name_en = excluded.name_en, name_es = excluded.name_es, direction = excluded.direction,
      ledger_code = excluded.ledger_code, debt_class = excluded.debt_class,
      default_amount_cents = excluded.default_amount_cents, agreement_kinds = excluded.agreement_kinds,
      service_kinds = excluded.service_kinds, statuses = excluded.statuses, on_bill = excluded.on_bill,
      approval_above_cents = excluded.approval_above_cents, active = excluded.active`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

/** All of a client, or the one with a code. */
export async function selectTypes(tx: Tx, clientId: number, code?: string): Promise<AdjustmentType[]> {
  const { rows } = await sql<AdjustmentType>`
    select adjustment_type as code, jsonb_build_object('en', name_en, 'es', name_es) as name, purpose, direction,
           ledger_code as "ledgerCode", debt_class as "debtClass", default_amount_cents as "defaultAmountCents",
           agreement_kinds as "agreementKinds", service_kinds as "serviceKinds", statuses, on_bill as "onBill",
           approval_above_cents as "approvalAboveCents", active
      from adjustment_type
     where client_id = ${clientId} and (${code ?? null}::text is null or adjustment_type = ${code ?? null})
     order by adjustment_type`.execute(tx)
  return rows
}
