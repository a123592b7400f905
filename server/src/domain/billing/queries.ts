import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { AccountKey } from '../customers/index.ts'
import { type Bill, type BillKey, type BillMessage, type BillRouting, formatBillId } from './bills/bill.ts'
import type { ChargeKey, ChargeLine, LineDetail } from './charges/charge.ts'
import { type WholeCharge, wholeCharges } from './charges/whole-charge.ts'
import { selectBill, selectBillsOfAccount, selectRoutings } from './store/bill.ts'
import {
  selectCharge,
  selectChargesByIds,
  selectChargesOfAgreement,
  selectChargesOfBill,
} from './store/charge.ts'
import { selectMessages } from './store/message.ts'

export type { WholeCharge }

export interface WholeBill extends Bill {
  charges: WholeCharge[]
  routings: BillRouting[]
  messages: BillMessage[]
}

/** This will read a bill with charges, lines and routings. Refuses an unknown one. */
export async function getBill(tx: Tx, key: BillKey): Promise<WholeBill> {
  const bill = await selectBill(tx, key)
  if (!bill) {
    throw new Refusal('not_found', 'bill_unknown', `There is no bill ${formatBillId(key)}; check its number.`)
  }
  const charges = await wholeCharges(
    tx,
    key.customerId,
    await selectChargesOfBill(tx, key.customerId, key.billId),
  )
  return {
    ...bill,
    charges,
    routings: await selectRoutings(tx, key),
    messages: await selectMessages(tx, key),
  }
}

/** This will list the bills of an account, latest first. */
export function billsOfAccount(tx: Tx, account: AccountKey, limit = 100): Promise<Bill[]> {
  return selectBillsOfAccount(tx, account, limit)
}

/** This will read a charge with parts and lines. Refuses an unknown one. */
export async function getCharge(tx: Tx, key: ChargeKey): Promise<WholeCharge> {
  const charge = await selectCharge(tx, key)
  const [whole] = charge ? await wholeCharges(tx, key.customerId, [charge]) : []
  if (whole) return whole
  throw new Refusal('not_found', 'charge_unknown', `There is no charge ${key.chargeId}.`)
}

/** This will list the charges of an agreement in the order in which they were made, cancelled ones too. */
export async function chargesOfAgreement(
  tx: Tx,
  key: { customerId: number; agreementId: number },
): Promise<WholeCharge[]> {
  return wholeCharges(tx, key.customerId, await selectChargesOfAgreement(tx, key.customerId, key.agreementId))
}

/** What a line of a charge says beside its numbers: text, reason, intervals. */
export type DetailOf = (line: Pick<ChargeLine, 'chargeId' | 'lineNumber'>) => LineDetail

/** This will read what the lines of charges of a customer say, for whoever reads their numbers elsewhere. */
export async function lineDetails(
  tx: Tx,
  customerId: number,
  chargeIds: readonly number[],
): Promise<DetailOf> {
  const charges = await wholeCharges(tx, customerId, await selectChargesByIds(tx, customerId, chargeIds))
  const keyOf = ({ chargeId, lineNumber }: Parameters<DetailOf>[0]) => `${chargeId}-${lineNumber}`
  const details = new Map(charges.flatMap(({ lines }) => lines.map((line) => [keyOf(line), line.detail])))
  return (line) => {
    const detail = details.get(keyOf(line))
    if (!detail) throw new Error(`there is no line ${keyOf(line)} of customer ${customerId}`)
    return detail
  }
}
