import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { claimUniqueValue, releaseUniqueValue } from '../../../platform/unique-value.ts'
import { clientOf } from '../../customers/index.ts'
import type { AgreementKey } from '../agreement.ts'

/** This will let go of the utility's account number of an agreement. */
export async function releaseExternalAccount(tx: Tx, key: AgreementKey, value: string): Promise<void> {
  const owner = `agreement:${key.customerId}-${key.agreementId}`
  await releaseUniqueValue(tx, { clientId: clientOf(key.customerId), kind: 'external_account', value, owner })
}

/** This will claim the utility's account number, if any, for an agreement. Refuses one that another has. */
export async function claimExternalAccount(
  tx: Tx,
  clientId: number,
  key: AgreementKey,
  externalAccount: string | undefined,
): Promise<void> {
  if (externalAccount === undefined) return
  const owner = `agreement:${key.customerId}-${key.agreementId}`
  if (await claimUniqueValue(tx, { clientId, kind: 'external_account', value: externalAccount, owner }))
    return
  throw new Refusal(
    'conflict',
    'external_account_taken',
    `Another agreement has the utility's account number ${externalAccount}.`,
  )
}
