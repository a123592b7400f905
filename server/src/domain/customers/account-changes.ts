import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import type { AccountKey, BillingAccount } from './billing-account.ts'
import { clientOf } from './customer.ts'
import { lockCustomers } from './operations.ts'
import { getBillingAccount } from './queries.ts'
import { updateBillingAccount, updateMasterAgreement } from './store/billing-account.ts'

/** What may be decided anew about an account that is open. */
export type AccountChange = Partial<
  Pick<
    BillingAccount,
    'cycleCode' | 'deliveryMethod' | 'copies' | 'dueDays' | 'documentLanguage' | 'holdBills'
  >
>

type Done = { now: Instant; actor: Actor }

/**
 * This will change how an account is billed from its next bill on; what is left out stays. The caller knows that the cycle
 * exists. Refuses an unknown account, and another cycle for one that is closed.
 */
export async function changeBillingAccount(
  tx: Tx,
  input: Done & AccountKey & { change: AccountChange },
): Promise<void> {
  const { change, ...key } = input
  await lockCustomers(tx, [key.customerId])
  const account = await getBillingAccount(tx, key)
  if (account.status === 'closed' && change.cycleCode !== undefined)
    throw new Refusal(
      'conflict',
      'billing_account_closed',
      `Billing account ${key.accountNumber} is closed and in no bill cycle any more.`,
    )
  await updateBillingAccount(tx, key, { ...account, ...change })
  await note(tx, 'changeBillingAccount', input, { ...change })
}

/**
 * This will name the agreement that speaks for an account: first wherever its agreements are listed. Null: none does. The
 * caller knows that the agreement is on the account.
 */
export async function setMasterAgreement(
  tx: Tx,
  input: Done & AccountKey & { agreementId: number | null },
): Promise<void> {
  await lockCustomers(tx, [input.customerId])
  await getBillingAccount(tx, input)
  await updateMasterAgreement(tx, input, input.agreementId)
  await note(tx, 'setMasterAgreement', input, { agreementId: input.agreementId })
}

function note(tx: Tx, operation: string, input: Done & AccountKey, detail: Record<string, unknown>) {
  const { customerId, accountNumber, now, actor } = input
  const subject = `billing_account:${customerId}-${accountNumber}`
  return audit(tx, { clientId: clientOf(customerId), at: now, actor, operation, subject, detail })
}
