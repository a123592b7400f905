import { sql } from 'kysely'
import { isRetriable, type Tx } from './connection.ts'

/** This will do an act inside the caller's transaction, undo it, and answer what it answered. */
export async function undone<Result>(tx: Tx, act: () => Promise<Result>): Promise<Result> {
  await sql`savepoint undone_act`.execute(tx)
  const result = await act()
  await sql`rollback to savepoint undone_act`.execute(tx)
  await sql`release savepoint undone_act`.execute(tx)
  return result
}

/**
 * This will do an act so that its failure leaves the caller's transaction as it was before: the error is answered, not
 * thrown. A lost connection is thrown by the undoing itself, a conflict of transactions so that the whole is tried again.
 */
export async function apart<Result>(
  tx: Tx,
  act: () => Promise<Result>,
): Promise<{ result: Result; error?: undefined } | { error: unknown; result?: undefined }> {
  await sql`savepoint apart_act`.execute(tx)
  try {
    const result = await act()
    await sql`release savepoint apart_act`.execute(tx)
    return { result }
  } catch (error) {
    await sql`rollback to savepoint apart_act`.execute(tx)
    await sql`release savepoint apart_act`.execute(tx)
    if (isRetriable(error)) throw error
    return { error }
  }
}
