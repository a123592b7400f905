import type { Tx } from '../../platform/db/index.ts'
import { customerIdOf } from '../customers/index.ts'
import { type Found, type Match, rank } from './found.ts'
import { readQuery } from './read-query.ts'
import * as store from './store/find.ts'
import { forgiveSlips } from './store/likeness.ts'

/**
 * This will find accounts, customers, bills, meters and premises by whatever was typed, best match first: exact for
 * numbers, forgiving for names and streets.
 */
export async function find(
  tx: Tx,
  input: { clientId: number; query: string; limit: number },
): Promise<Found[]> {
  const { clientId, limit } = input
  const reading = readQuery(clientId, input.query)
  const matches: Match[] = []
  if (reading.words) await forgiveSlips(tx)
  const add = async (found: Promise<Match[]>) => {
    matches.push(...(await found))
  }
  if (reading.account) await add(store.matchAccount(tx, reading.account))
  if (reading.bill) await add(store.matchBill(tx, reading.bill))
  if (reading.customerNumber !== undefined)
    await add(store.matchCustomer(tx, customerIdOf(clientId, reading.customerNumber)))
  if (reading.badge) await add(store.matchMeter(tx, { clientId }, reading.badge))
  if (reading.badge) await add(store.matchExternal(tx, { clientId }, reading.badge))
  if (reading.phoneDigits) await add(store.matchPhone(tx, { clientId }, reading.phoneDigits))
  if (reading.email) await add(store.matchEmail(tx, { clientId }, reading.email))
  if (reading.words) await add(store.matchName(tx, { clientId }, reading.words))
  if (reading.words) await add(store.matchAddress(tx, { clientId }, reading.words))
  return store.describeMatches(tx, rank(matches, limit))
}
