import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import type { Premise } from './premise.ts'
import { getPremise } from './queries.ts'
import { insertPremise, lockPremise, updatePremise } from './store.ts'

/** This will record an address that can be served and answer its id. Refuses an address without street or city. */
export async function createPremise(
  tx: Tx,
  input: Omit<Premise, 'premiseId' | 'country'> & { country?: string; now: Instant },
): Promise<number> {
  requireAddress(input)
  return await insertPremise(tx, { country: 'US', ...input })
}

function requireAddress(premise: Pick<Premise, 'line1' | 'city' | 'state' | 'postalCode'>): void {
  for (const part of ['line1', 'city', 'state', 'postalCode'] as const)
    if (premise[part].trim() === '')
      throw new Refusal('malformed', 'address_incomplete', `The address of a premise needs its ${part}.`)
}

/**
 * This will put right what is written of a premise; what is left out stays, an empty second line is none. Bills already
 * made keep the address they were made with. Refuses an unknown premise and an address without street or city.
 */
export async function changePremise(
  tx: Tx,
  input: Pick<Premise, 'premiseId' | 'clientId'> & {
    change: Partial<Omit<Premise, 'premiseId' | 'clientId'>>
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { premiseId, clientId, change, now, actor } = input
  const { line2, ...before } = await lockedPremise(tx, clientId, premiseId)
  const second = change.line2 ?? line2
  const { line2: _, ...others } = change
  const premise = { ...before, ...others, ...(second && { line2: second }) }
  requireAddress(premise)
  await updatePremise(tx, premise)
  const subject = `premise:${premiseId}`
  await audit(tx, { clientId, at: now, actor, operation: 'changePremise', subject, detail: { ...change } })
}

/** Two who change a premise take turns. */
async function lockedPremise(tx: Tx, clientId: number, premiseId: number): Promise<Premise> {
  await lockPremise(tx, premiseId)
  return await getPremise(tx, clientId, premiseId)
}
