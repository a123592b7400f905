import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { type AccountKey, setMasterAgreement } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { getAgreement } from '../queries.ts'

/** This will have an agreement speak for its billing account. Refuses an unknown one, and one of another account. */
export async function nameMasterAgreement(
  tx: Tx,
  input: AccountKey & { agreementId: number; now: Instant; actor: Actor },
): Promise<void> {
  const { accountNumber, kind } = await getAgreement(tx, input)
  if (accountNumber !== input.accountNumber || kind !== 'service')
    throw new Refusal(
      'rule',
      'agreement_not_on_account',
      `The master must be a service that billing account ${input.accountNumber} is billed for.`,
    )
  await setMasterAgreement(tx, input)
}
