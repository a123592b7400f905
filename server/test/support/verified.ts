import { verify } from '../../src/domain/overview/index.ts'
import type { Database } from '../../src/platform/db/index.ts'

/** This will name every invariant that is broken, with its offenders; empty when all hold. */
export async function broken(database: Database): Promise<string[]> {
  const results = await database.transaction((tx) => verify(tx, 'all'), 'repeatable read')
  return results.flatMap(({ name, offenders }) => offenders.map((one) => `${name}: ${one}`))
}

/** What a test that posts by the primitives alone leaves out: the records that the postings would be made for. */
const ABOUT_RECORDS = /^(entries_have_causes|deferred_is_explained|refunds_payable_are_requests): /

/** This will name every invariant of the books alone that is broken: entries, items, settlements. */
export async function brokenBooks(database: Database): Promise<string[]> {
  return (await broken(database)).filter((one) => !ABOUT_RECORDS.test(one))
}
