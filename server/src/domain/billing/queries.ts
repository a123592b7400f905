import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { AccountKey } from '../customers/index.ts'
import { type Bill, type BillKey, type BillMessage, type BillRouting, formatBillId } from './bills/bill.ts'
import type { Charge, ChargeKey, ChargeLine, ChargePart } from './charges/charge.ts'
import { selectBill, selectBillsOfAccount, selectRoutings } from './store/bill.ts'
import {
  selectCharge,
  selectChargesOfAgreement,
  selectChargesOfBill,
  selectLines,
  selectParts,
} from './store/charge.ts'
import { selectMessages } from './store/message.ts'

/** A charge with its parts and lines. */
export interface WholeCharge extends Charge {
  parts: ChargePart[]
  lines: ChargeLine[]
}

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
  const charges = await withLines(
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
  const [whole] = charge ? await withLines(tx, key.customerId, [charge]) : []
  if (whole) return whole
  throw new Refusal('not_found', 'charge_unknown', `There is no charge ${key.chargeId}.`)
}

/** This will list the charges of an agreement in the order in which they were made, cancelled ones too. */
export async function chargesOfAgreement(
  tx: Tx,
  key: { customerId: number; agreementId: number },
): Promise<WholeCharge[]> {
  return withLines(tx, key.customerId, await selectChargesOfAgreement(tx, key.customerId, key.agreementId))
}

async function withLines(tx: Tx, customerId: number, charges: readonly Charge[]): Promise<WholeCharge[]> {
  if (charges.length === 0) return []
  const ids = charges.map((charge) => charge.chargeId)
  const parts = Map.groupBy(await selectParts(tx, customerId, ids), (part) => part.chargeId)
  const lines = Map.groupBy(await selectLines(tx, customerId, ids), (line) => line.chargeId)
  return charges.map((charge) => ({
    ...charge,
    parts: parts.get(charge.chargeId) ?? [],
    lines: lines.get(charge.chargeId) ?? [],
  }))
}
