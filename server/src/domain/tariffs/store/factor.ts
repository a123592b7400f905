import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { StoredFactor } from '../stored-tariff.ts'
import type { LocalText } from '../tariff-text.ts'

export async function selectFactors(tx: Tx, clientId: number): Promise<StoredFactor[]> {
  const factors = await tx
    .selectFrom('bill_factor')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('factor_code')
    .execute()
  const values = await tx
    .selectFrom('bill_factor_value')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('factor_code')
    .orderBy('characteristic')
    .orderBy('effective_from')
    .execute()
  return factors.map((factor) => ({
    factorCode: factor.factor_code,
    name: factor.name as LocalText,
    kind: factor.kind as StoredFactor['kind'],
    values: values
      .filter((value) => value.factor_code === factor.factor_code)
      .map((value) => ({
        characteristic: value.characteristic,
        effectiveFrom: value.effective_from,
        effectiveTo: value.effective_to,
        value: value.value,
      })),
  }))
}

export async function upsertFactor(
  tx: Tx,
  factor: Omit<StoredFactor, 'values'> & { clientId: number },
): Promise<void> {
  const name = JSON.stringify(factor.name)
  await tx
    .insertInto('bill_factor')
    .values({ client_id: factor.clientId, factor_code: factor.factorCode, name, kind: factor.kind })
    .onConflict((conflict) => conflict.columns(['client_id', 'factor_code']).doUpdateSet({ name }))
    .execute()
}

interface ValueKey {
  clientId: number
  factorCode: string
  characteristic: string
  effectiveFrom: LocalDate
}

export async function insertFactorValue(tx: Tx, value: ValueKey & { value: string }): Promise<void> {
  await tx
    .insertInto('bill_factor_value')
    .values({
      client_id: value.clientId,
      factor_code: value.factorCode,
      characteristic: value.characteristic,
      effective_from: value.effectiveFrom,
      effective_to: null,
      value: value.value,
    })
    .execute()
}

export async function updateFactorValueEnd(tx: Tx, key: ValueKey, effectiveTo: LocalDate): Promise<void> {
  await tx
    .updateTable('bill_factor_value')
    .set({ effective_to: effectiveTo })
    .where('client_id', '=', key.clientId)
    .where('factor_code', '=', key.factorCode)
    .where('characteristic', '=', key.characteristic)
    .where('effective_from', '=', key.effectiveFrom)
    .execute()
}

/** True when there was such a value. */
export async function updateFactorValue(tx: Tx, key: ValueKey, value: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bill_factor_value')
    .set({ value })
    .where('client_id', '=', key.clientId)
    .where('factor_code', '=', key.factorCode)
    .where('characteristic', '=', key.characteristic)
    .where('effective_from', '=', key.effectiveFrom)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
