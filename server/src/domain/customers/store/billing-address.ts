import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { AccountKey, MailingAddress } from '../billing-account.ts'
import type { BillingAddress } from '../billing-address.ts'

export async function selectBillingAddresses(tx: Tx, key: AccountKey): Promise<BillingAddress[]> {
  const { rows } = await sql<BillingAddress>`
    select customer_id as "customerId", account_number as "accountNumber", address_number as "addressNumber",
           mailing_name as "mailingName", mailing_address as "mailingAddress", current,
           created_at as "createdAt", created_by as "createdBy", changed_at as "changedAt", changed_by as "changedBy"
      from billing_address
     where customer_id = ${key.customerId} and account_number = ${key.accountNumber}
     order by address_number`.execute(tx)
  return rows
}

export async function insertBillingAddress(tx: Tx, address: BillingAddress): Promise<void> {
  await sql`
    insert into billing_address (customer_id, account_number, address_number, mailing_name, mailing_address, current,
                                 created_at, created_by)
    values (${address.customerId}, ${address.accountNumber}, ${address.addressNumber}, ${address.mailingName},
            ${JSON.stringify(address.mailingAddress)}, ${address.current}, ${address.createdAt}, ${address.createdBy})`.execute(
    tx,
  )
}

export async function updateBillingAddress(
  tx: Tx,
  key: AccountKey & { addressNumber: number },
  change: { mailingName: string; mailingAddress: MailingAddress; at: Instant; by: string },
): Promise<void> {
  await sql`
    update billing_address set mailing_name = ${change.mailingName},
           mailing_address = ${JSON.stringify(change.mailingAddress)}, changed_at = ${change.at}, changed_by = ${change.by}
     where customer_id = ${key.customerId} and account_number = ${key.accountNumber}
       and address_number = ${key.addressNumber}`.execute(tx)
}

/** Makes one address the current one: the account's own mailing name and address follow. */
export async function useBillingAddress(tx: Tx, key: AccountKey & { addressNumber: number }): Promise<void> {
  const place = sql`customer_id = ${key.customerId} and account_number = ${key.accountNumber}`
  await sql`update billing_address set current = false where ${place} and current`.execute(tx)
  await sql`
    update billing_address set current = true where ${place} and address_number = ${key.addressNumber}`.execute(
    tx,
  )
  await sql`
    update billing_account a set mailing_name = b.mailing_name, mailing_address = b.mailing_address
      from billing_address b
     where a.customer_id = ${key.customerId} and a.account_number = ${key.accountNumber}
       and b.customer_id = a.customer_id and b.account_number = a.account_number
       and b.address_number = ${key.addressNumber}`.execute(tx)
}
