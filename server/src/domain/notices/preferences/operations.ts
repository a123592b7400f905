import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, localDateAt } from '../../../platform/time.ts'
import { accountContacts, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import * as store from '../store/preference.ts'
import type { Preference } from './preference.ts'

/**
 * This will record how a person wants to hear of a kind of notice, for one account or (0) for all of the customer's.
 * Legal notices go by letter all the same. Locks the customer. Refuses `person_not_on_account` and unknown accounts.
 */
export async function savePreference(
  tx: Tx,
  input: Preference & { now: Instant; actor: Actor },
): Promise<void> {
  const { customerId, accountNumber, personId, category, channel, wanted, now, actor } = input
  await lockCustomers(tx, [customerId])
  const clientId = clientOf(customerId)
  if (accountNumber !== 0) await getBillingAccount(tx, input)
  const today = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const contacts = await accountContacts(tx, [customerId], today)
  const hears = contacts.some(
    (one) => one.personId === personId && [0, one.accountNumber].includes(accountNumber),
  )
  if (!hears)
    throw new Refusal(
      'rule',
      'person_not_on_account',
      `Person ${personId} hears of nothing on this account; make the person its main person or give it copies first.`,
    )
  await store.upsertPreference(tx, input, now)
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'savePreference',
    subject: `customer:${customerId}`,
    detail: { accountNumber, personId, category, channel, wanted },
  })
}
