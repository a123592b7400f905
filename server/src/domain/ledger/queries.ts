import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import { type AccountBalance, selectReceivable, selectTrialBalance } from './store/entry.ts'

/** This will sum every account of a client's books, up to and with an accounting day when one is given. */
export function trialBalance(tx: Tx, clientId: number, asOf?: LocalDate): Promise<AccountBalance[]> {
  return selectTrialBalance(tx, clientId, asOf)
}

/** This will tell what each agreement of a customer owes, from the postings alone. */
export function receivableBalance(tx: Tx, customerId: number) {
  return selectReceivable(tx, customerId)
}
