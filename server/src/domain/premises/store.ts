import type { Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import { type Premise, type PremiseKind, premiseSearchAddress } from './premise.ts'

export async function insertPremise(
  tx: Tx,
  premise: Omit<Premise, 'premiseId'> & { now: Instant },
): Promise<number> {
  const row = await tx
    .insertInto('premise')
    .values({
      client_id: premise.clientId,
      kind: premise.kind,
      line1: premise.line1,
      line2: premise.line2 ?? null,
      city: premise.city,
      state: premise.state,
      postal_code: premise.postalCode,
      country: premise.country,
      search_address: premiseSearchAddress(premise),
      latitude: premise.latitude ?? null,
      longitude: premise.longitude ?? null,
      created_at: premise.now,
    })
    .returning('premise_id')
    .executeTakeFirstOrThrow()
  return row.premise_id
}

export async function selectPremises(tx: Tx, premiseIds: readonly number[]): Promise<Premise[]> {
  if (premiseIds.length === 0) return []
  const rows = await tx.selectFrom('premise').selectAll().where('premise_id', 'in', premiseIds).execute()
  return rows.map((row) => ({
    premiseId: row.premise_id,
    clientId: row.client_id,
    kind: row.kind as PremiseKind,
    line1: row.line1,
    ...(row.line2 === null ? {} : { line2: row.line2 }),
    city: row.city,
    state: row.state,
    postalCode: row.postal_code,
    country: row.country,
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
  }))
}

export async function lockPremise(tx: Tx, premiseId: number): Promise<void> {
  await tx
    .selectFrom('premise')
    .select('premise_id')
    .where('premise_id', '=', premiseId)
    .forUpdate()
    .execute()
}

export async function updatePremise(tx: Tx, premise: Premise): Promise<void> {
  await tx
    .updateTable('premise')
    .set({
      kind: premise.kind,
      line1: premise.line1,
      line2: premise.line2 ?? null,
      city: premise.city,
      state: premise.state,
      postal_code: premise.postalCode,
      country: premise.country,
      search_address: premiseSearchAddress(premise),
      latitude: premise.latitude ?? null,
      longitude: premise.longitude ?? null,
    })
    .where('premise_id', '=', premise.premiseId)
    .execute()
}
