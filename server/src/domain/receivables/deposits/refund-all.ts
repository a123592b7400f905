import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { selectDeposits } from '../store/deposit.ts'
import { type DepositAct, type GivenBack, refundDeposit } from './give-back.ts'

/**
 * This will give back every cash deposit that secures an agreement or its whole account: each pays what the account owes,
 * and the rest is its credit or goes out by check. Locks the customer. Refuses when nothing is held.
 */
export async function refundDepositsOf(
  tx: Tx,
  input: AgreementKey & Omit<DepositAct, 'contractNumber'> & { to: 'account' | 'check' },
): Promise<GivenBack[]> {
  const { customerId, agreementId } = input
  await lockCustomers(tx, [customerId])
  const { accountNumber } = await getAgreement(tx, { customerId, agreementId })
  const held = (await selectDeposits(tx, [customerId], { activeOnly: true })).filter(
    (one) =>
      one.accountNumber === accountNumber &&
      one.heldCents > 0 &&
      [one.agreementId, one.coversAgreementId ?? agreementId].includes(agreementId),
  )
  if (held.length === 0)
    throw new Refusal('conflict', 'deposit_not_held', 'No deposit is held for this account.')
  const given = []
  for (const { contractNumber } of held) given.push(await refundDeposit(tx, { ...input, contractNumber }))
  return given
}
