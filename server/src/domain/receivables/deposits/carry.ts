import type { Tx } from '../../../platform/db/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { type Act, recordAct } from '../contracts/record.ts'
import { selectContracts, updateCovers } from '../store/contract.ts'

/**
 * This will let the deposits that secure one service secure another of the same customer, as when the customer moves, and
 * answer how many. Deposits of the whole account stay as they are. Locks the customer.
 */
export async function carryDeposits(
  tx: Tx,
  input: Act & { customerId: number; fromAgreementId: number; toAgreementId: number },
): Promise<number> {
  const { customerId, fromAgreementId, toAgreementId, now, actor } = input
  await lockCustomers(tx, [customerId])
  const live = await selectContracts(tx, [customerId], { kinds: ['deposit'], activeOnly: true })
  const bound = live.filter((one) => one.coversAgreementId === fromAgreementId)
  for (const contract of bound) {
    await updateCovers(tx, contract, toAgreementId)
    const carried = { ...contract, coversAgreementId: toAgreementId }
    const detail = { fromAgreementId, toAgreementId }
    await recordAct(tx, carried, { operation: 'carryDeposit', event: 'carried', detail }, { now, actor })
  }
  return bound.length
}
