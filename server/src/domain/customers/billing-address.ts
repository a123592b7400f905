import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import { type Actor, audit } from '../identity/index.ts'
import type { AccountKey, BillingAccount, MailingAddress } from './billing-account.ts'
import { clientOf } from './customer.ts'
import { lockCustomers } from './operations.ts'
import { getBillingAccount } from './queries.ts'
import * as store from './store/billing-address.ts'

/** A place where the bills of an account may go. */
export interface BillingAddress extends AccountKey {
  addressNumber: number
  mailingName: string
  mailingAddress: MailingAddress
  /** Bills go there: it is the account's own mailing name and address. */
  current: boolean
  /** Null: given when the account was opened. */
  createdAt: Instant | null
  createdBy: string | null
  changedAt: Instant | null
  changedBy: string | null
}

type Done = { now: Instant; actor: Actor }
type AddressKey = AccountKey & { addressNumber: number }

const MOST_ADDRESSES = 99

/** This will list where the bills of an account may go; the one given at its opening is the first. Refuses an unknown account. */
export async function billingAddresses(tx: Tx, key: AccountKey): Promise<BillingAddress[]> {
  const account = await getBillingAccount(tx, key)
  const kept = await store.selectBillingAddresses(tx, key)
  return kept.length > 0 ? kept : [firstOf(account)]
}

/** This will read one address of an account. Refuses an unknown one. */
export async function getBillingAddress(tx: Tx, key: AddressKey): Promise<BillingAddress> {
  const address = (await billingAddresses(tx, key)).find((one) => one.addressNumber === key.addressNumber)
  if (address) return address
  throw new Refusal(
    'not_found',
    'billing_address_unknown',
    `This billing account has no address ${key.addressNumber}.`,
  )
}

/** An account that never had another address keeps its only one itself. */
function firstOf({ customerId, accountNumber, mailingName, mailingAddress }: BillingAccount): BillingAddress {
  const nobody = { createdAt: null, createdBy: null, changedAt: null, changedBy: null }
  return {
    customerId,
    accountNumber,
    addressNumber: 1,
    mailingName,
    mailingAddress,
    current: true,
    ...nobody,
  }
}

/** This will keep another address of an account and answer its number; bills go there from now on unless told otherwise. */
export async function addBillingAddress(
  tx: Tx,
  input: Done & AccountKey & { mailingName?: string; mailingAddress: MailingAddress; use?: boolean },
): Promise<number> {
  const { customerId, accountNumber, mailingAddress, use = true, now, actor } = input
  const known = await keptAddresses(tx, input)
  if (known.length >= MOST_ADDRESSES)
    throw new Refusal(
      'rule',
      'addresses_exhausted',
      `A billing account has at most ${MOST_ADDRESSES} addresses; change one instead.`,
    )
  const current = known.find((one) => one.current)
  const mailingName = input.mailingName ?? current?.mailingName ?? ''
  const key = { customerId, accountNumber, addressNumber: known.length + 1 }
  const made = { createdAt: now, createdBy: actor.actor, changedAt: null, changedBy: null }
  await store.insertBillingAddress(tx, { ...key, mailingName, mailingAddress, current: false, ...made })
  if (use) await store.useBillingAddress(tx, key)
  await note(tx, 'addBillingAddress', key, input, { used: use })
  return key.addressNumber
}

/** This will correct an address, or have bills go there. What is left out stays. Refuses an unknown address. */
export async function changeBillingAddress(
  tx: Tx,
  input: Done &
    AddressKey & { mailingName?: string; mailingAddress?: Partial<MailingAddress>; use?: boolean },
): Promise<void> {
  const { use = false, now, actor } = input
  await keptAddresses(tx, input)
  const before = await getBillingAddress(tx, input)
  await store.updateBillingAddress(tx, input, {
    mailingName: input.mailingName ?? before.mailingName,
    mailingAddress: { ...before.mailingAddress, ...input.mailingAddress },
    at: now,
    by: actor.actor,
  })
  if (use || before.current) await store.useBillingAddress(tx, input)
  await note(tx, 'changeBillingAddress', input, input, { used: use || before.current })
}

/** The addresses of an account as rows, its first one among them. Locks the customer. */
async function keptAddresses(tx: Tx, key: AccountKey): Promise<BillingAddress[]> {
  await lockCustomers(tx, [key.customerId])
  const addresses = await billingAddresses(tx, key)
  const [first] = addresses
  if (first && (await store.selectBillingAddresses(tx, key)).length === 0)
    await store.insertBillingAddress(tx, first)
  return addresses
}

function note(tx: Tx, operation: string, key: AddressKey, done: Done, detail: object): Promise<void> {
  const { customerId, accountNumber, addressNumber } = key
  const subject = `billing_account:${customerId}-${accountNumber}`
  return audit(tx, {
    clientId: clientOf(customerId),
    at: done.now,
    actor: done.actor,
    operation,
    subject,
    detail: { addressNumber, ...detail },
  })
}
