import type { Tx } from '../../../platform/db/index.ts'
import { customerIdOf } from '../../customers/index.ts'
import { selectCustomersWithContracts } from '../store/contract.ts'
import type { ContractKind } from './contract.ts'

const LAST_NUMBER = 99_999_999

/** This will list customers of a client with active contracts of some kinds, a page at a time after a customer. */
export function customersWithContracts(
  tx: Tx,
  input: { clientId: number; kinds: readonly ContractKind[]; after?: number; limit?: number },
): Promise<number[]> {
  const { clientId, kinds, after, limit = 200 } = input
  const first = after === undefined ? customerIdOf(clientId, 0) : after + 1
  return selectCustomersWithContracts(tx, { first, last: customerIdOf(clientId, LAST_NUMBER), kinds, limit })
}
