import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './connection.ts'

/** A sentence about the data that must always be true, and the query that finds what breaks it. */
export interface Invariant {
  name: string
  sentence: string
  query: RawBuilder<{ offender: string }>
}

export interface InvariantResult {
  name: string
  sentence: string
  /** The first offenders; empty when the sentence is true. */
  offenders: string[]
}

const SHOWN_OFFENDERS = 20

/** This will check invariants over the whole database and name what breaks each. */
export async function checkInvariants(tx: Tx, invariants: readonly Invariant[]): Promise<InvariantResult[]> {
  const results: InvariantResult[] = []
  for (const { name, sentence, query } of invariants) {
    const { rows } = await sql<{ offender: string }>`
      select offender from (${query}) as broken limit ${SHOWN_OFFENDERS}`.execute(tx)
    results.push({ name, sentence, offenders: rows.map((row) => row.offender) })
  }
  return results
}
