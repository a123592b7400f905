import { verify } from '../../src/domain/overview/index.ts'
import type { Database } from '../../src/platform/db/index.ts'

/** This will name every invariant that is broken, with its offenders; empty when all hold. */
export async function broken(database: Database): Promise<string[]> {
  const results = await database.transaction((tx) => verify(tx, 'all'), 'repeatable read')
  return results.flatMap(({ name, offenders }) => offenders.map((one) => `${name}: ${one}`))
}
