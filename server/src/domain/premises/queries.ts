import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Premise } from './premise.ts'
import { selectPremises } from './store.ts'

/** This will read a premise of the client. Refuses an unknown one. */
export async function getPremise(tx: Tx, clientId: number, premiseId: number): Promise<Premise> {
  const [premise] = await selectPremises(tx, [premiseId])
  if (premise?.clientId === clientId) return premise
  throw new Refusal(
    'not_found',
    'premise_unknown',
    `There is no premise ${premiseId}; record its address first.`,
  )
}

/** This will read premises; unknown ids are left out. */
export async function getPremises(tx: Tx, premiseIds: readonly number[]): Promise<Premise[]> {
  return await selectPremises(tx, premiseIds)
}
