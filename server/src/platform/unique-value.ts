import type { Tx } from './db/index.ts'

/** A value that may exist once in a client while the rows that hold it live with different owners. */
export interface UniqueValue {
  clientId: number
  /** `meter_badge`, `external_account`, `login_email`. */
  kind: string
  value: string
  /** Who holds it: `device:12`. */
  owner: string
}

/** This will claim a value for its owner, and answer false when another owner has it. */
export async function claimUniqueValue(
  tx: Tx,
  { clientId, kind, value, owner }: UniqueValue,
): Promise<boolean> {
  const claimed = await tx
    .insertInto('unique_value')
    .values({ client_id: clientId, kind, value, owner })
    .onConflict((conflict) => conflict.doNothing())
    .returning('owner')
    .executeTakeFirst()
  return claimed !== undefined || (await ownerOfValue(tx, clientId, kind, value)) === owner
}

/** This will let go of a value that its owner no longer has. Nothing happens when the owner has not claimed it. */
export async function releaseUniqueValue(
  tx: Tx,
  { clientId, kind, value, owner }: UniqueValue,
): Promise<void> {
  await tx
    .deleteFrom('unique_value')
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('owner', '=', owner)
    .execute()
}

/** This will tell who holds a value. */
export async function ownerOfValue(
  tx: Tx,
  clientId: number,
  kind: string,
  value: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('unique_value')
    .select('owner')
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .executeTakeFirst()
  return row?.owner
}
