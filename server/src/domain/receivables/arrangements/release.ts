import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { postAsks } from '../contracts/asking.ts'
import type { Contract } from '../contracts/contract.ts'
import type { PostingDates } from '../post.ts'
import { cancelInstalments, selectInstalments } from '../store/contract.ts'

/**
 * This will ask for every instalment of an arrangement that was not asked for yet, at once, and answer how much that is.
 * The customer is locked by the caller.
 */
export async function askTheRest(
  tx: Tx,
  contract: Contract,
  input: PostingDates & { dueDate: LocalDate },
): Promise<number> {
  const { customerId, contractNumber, agreementId } = contract
  if (agreementId === null) throw new Error(`arrangement ${contractNumber} has no agreement`)
  const { dueDate, ...dates } = input
  const waiting = (await selectInstalments(tx, [contract])).filter(
    (one) => !one.cancelled && one.askedOn === null,
  )
  if (waiting.length === 0) return 0
  const amountCents = waiting.reduce((sum, one) => sum + one.amountCents, 0)
  await cancelInstalments(
    tx,
    contract,
    waiting.map((one) => one.instalmentNumber),
  )
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const ask = { customerId, contractNumber, agreement, kind: 'release' as const, amountCents, dueDate }
  await postAsks(tx, [ask], dates)
  return amountCents
}
