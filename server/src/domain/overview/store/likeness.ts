import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

/** How alike words must be, 0 to 1: a letter wrong, missing or too many in a name of six. */
const LIKENESS = '0.4'

/** Lets `<%` forgive that much, for this transaction. */
export async function forgiveSlips(tx: Tx): Promise<void> {
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${LIKENESS}, true)`.execute(tx)
}
