import { checkInvariants, type InvariantResult, type Tx } from '../../platform/db/index.ts'
import { billInvariants, chargeInvariants } from '../billing/index.ts'
import { collectionInvariants } from '../collections/index.ts'
import { customerInvariants } from '../customers/index.ts'
import { verifyAudit } from '../identity/index.ts'
import { ledgerInvariants } from '../ledger/index.ts'
import { noticeInvariants } from '../notices/index.ts'
import { gatewayInvariants, paymentInvariants } from '../payments/index.ts'
import { adjustmentInvariants, contractInvariants, receivablesInvariants } from '../receivables/index.ts'
import { serviceRequestInvariants } from '../sales/index.ts'
import { entryInvariants } from './store/verify.ts'
import { parentInvariants } from './store/verify-parents.ts'

export type VerifyScope = 'ledger' | 'audit' | 'all'

const BOOKS = [
  ...ledgerInvariants,
  ...entryInvariants,
  ...receivablesInvariants,
  ...adjustmentInvariants,
  ...contractInvariants,
  ...chargeInvariants,
  ...billInvariants,
  ...paymentInvariants,
  ...gatewayInvariants,
  ...collectionInvariants,
  ...serviceRequestInvariants,
  ...noticeInvariants,
  ...customerInvariants,
  ...parentInvariants,
]

/** This will check every invariant of the books, of the audit chain, or of both, in one snapshot of the database. */
export async function verify(tx: Tx, scope: VerifyScope): Promise<InvariantResult[]> {
  const books = scope === 'audit' ? [] : await checkInvariants(tx, BOOKS)
  const audit = scope === 'ledger' ? [] : await verifyAudit(tx)
  return [...books, ...audit]
}
