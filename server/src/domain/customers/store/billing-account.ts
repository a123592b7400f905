import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey, AccountRole, BillingAccount, MailingAddress } from '../billing-account.ts'
import { customerIdOf } from '../customer.ts'
import type { Language } from '../person.ts'

export async function insertBillingAccount(tx: Tx, account: Omit<BillingAccount, 'closedOn'>): Promise<void> {
  await tx
    .insertInto('billing_account')
    .values({
      customer_id: account.customerId,
      account_number: account.accountNumber,
      company_id: account.companyId,
      cycle_code: account.cycleCode,
      status: account.status,
      opened_on: account.openedOn,
      document_language: account.documentLanguage,
      delivery_method: account.deliveryMethod,
      copies: account.copies,
      due_days: account.dueDays,
      mailing_name: account.mailingName,
      mailing_address: JSON.stringify(account.mailingAddress),
      hold_bills: account.holdBills,
    })
    .execute()
}

export async function selectBillingAccounts(
  tx: Tx,
  customerIds: readonly number[],
): Promise<BillingAccount[]> {
  if (customerIds.length === 0) return []
  const rows = await tx
    .selectFrom('billing_account')
    .selectAll()
    .where('customer_id', 'in', customerIds)
    .orderBy('customer_id')
    .orderBy('account_number')
    .execute()
  return rows.map((row) => ({
    customerId: row.customer_id,
    accountNumber: row.account_number,
    companyId: row.company_id,
    cycleCode: row.cycle_code,
    status: row.status as BillingAccount['status'],
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    documentLanguage: row.document_language as Language,
    deliveryMethod: row.delivery_method as BillingAccount['deliveryMethod'],
    copies: row.copies,
    dueDays: row.due_days,
    mailingName: row.mailing_name,
    mailingAddress: row.mailing_address as MailingAddress,
    holdBills: row.hold_bills,
  }))
}

export async function selectAccountsInCycle(
  tx: Tx,
  clientId: number,
  cycleCode: string,
): Promise<AccountKey[]> {
  const rows = await tx
    .selectFrom('billing_account')
    .select(['customer_id', 'account_number'])
    .where('cycle_code', '=', cycleCode)
    .where('status', '=', 'active')
    .where('customer_id', '>=', customerIdOf(clientId, 0))
    .where('customer_id', '<', customerIdOf(clientId + 1, 0))
    .orderBy('customer_id')
    .orderBy('account_number')
    .execute()
  return rows.map((row) => ({ customerId: row.customer_id, accountNumber: row.account_number }))
}

export async function insertAccountPerson(
  tx: Tx,
  key: AccountKey,
  person: { personId: number; role: AccountRole; startDate: LocalDate; endDate?: LocalDate },
): Promise<void> {
  await tx
    .insertInto('account_person')
    .values({
      customer_id: key.customerId,
      account_number: key.accountNumber,
      person_id: person.personId,
      role: person.role,
      start_date: person.startDate,
      end_date: person.endDate ?? null,
    })
    .execute()
}

export async function selectAccountPersons(tx: Tx, customerId: number) {
  return await tx
    .selectFrom('account_person')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('account_number')
    .orderBy('start_date')
    .execute()
}
