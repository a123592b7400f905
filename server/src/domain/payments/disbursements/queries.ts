import { csvLine } from '../../../formats/csv/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { centsToDecimal } from '../../../platform/money.ts'
import { customerNumber } from '../../customers/index.ts'
import { selectDisbursements, selectDisbursementsOfCustomer } from '../store/disbursement.ts'
import type { Disbursement, DisbursementStatus } from './disbursement.ts'

/** This will list the checks of a client in a state: those that accounts payable has to write when left out. */
export function disbursementsOf(
  tx: Tx,
  clientId: number,
  status: DisbursementStatus = 'requested',
): Promise<Disbursement[]> {
  return selectDisbursements(tx, clientId, status)
}

/** This will list a customer's checks, latest first. */
export function disbursementsOfCustomer(tx: Tx, customerId: number): Promise<Disbursement[]> {
  return selectDisbursementsOfCustomer(tx, customerId)
}

const HEADER = [
  'request',
  'payee',
  'address_1',
  'address_2',
  'city',
  'state',
  'postal_code',
  'amount',
  'requested_on',
  'reason',
]

/** This will write checks for accounts payable as CSV; `request` names each for its return. */
export function payablesCsv(disbursements: readonly Disbursement[]): string {
  const lines = disbursements.map(({ customerId, disbursementNumber, payeeName, address, ...one }) =>
    csvLine([
      `${customerNumber(customerId)}-${disbursementNumber}`,
      payeeName,
      address.line1,
      address.line2,
      address.city,
      address.state,
      address.postalCode,
      centsToDecimal(one.amountCents),
      one.requestedOn,
      one.reason,
    ]),
  )
  return csvLine(HEADER) + lines.join('')
}
