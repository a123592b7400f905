import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import type { Premise } from './premise.ts'
import { insertPremise } from './store.ts'

/** This will record an address that can be served and answer its id. Refuses an address without street or city. */
export async function createPremise(
  tx: Tx,
  input: Omit<Premise, 'premiseId' | 'country'> & {
    country?: string
    latitude?: string
    longitude?: string
    now: Instant
  },
): Promise<number> {
  for (const part of ['line1', 'city', 'state', 'postalCode'] as const)
    if (input[part].trim() === '')
      throw new Refusal('malformed', 'address_incomplete', `The address of a premise needs its ${part}.`)
  return await insertPremise(tx, { country: 'US', ...input })
}
