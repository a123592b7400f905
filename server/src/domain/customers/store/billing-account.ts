import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type {
  AccountContact,
  AccountKey,
  AccountRole,
  BillingAccount,
  MailingAddress,
} from '../billing-account.ts'
import { customerIdOf } from '../customer.ts'
import { displayName, type Language } from '../person.ts'

export async function insertBillingAccount(
  tx: Tx,
  account: Omit<BillingAccount, 'closedOn' | 'masterAgreementId'>,
): Promise<void> {
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
    .where(sql<boolean>`customer_id = any(${customerIds}::int8[])`)
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
    masterAgreementId: row.master_agreement_id,
  }))
}

export async function selectKnownAccounts(tx: Tx, accounts: readonly AccountKey[]): Promise<AccountKey[]> {
  const { rows } = await sql<AccountKey>`
    select distinct customer_id as "customerId", account_number as "accountNumber"
      from unnest(${accounts.map((account) => account.customerId)}::int8[],
                  ${accounts.map((account) => account.accountNumber)}::int2[]) k (customer_id, account_number)
      join billing_account using (customer_id, account_number)`.execute(tx)
  return rows
}

export async function updateHoldBills(tx: Tx, key: AccountKey, hold: boolean): Promise<void> {
  await tx
    .updateTable('billing_account')
    .set({ hold_bills: hold })
    .where('customer_id', '=', key.customerId)
    .where('account_number', '=', key.accountNumber)
    .execute()
}

export async function updateBillingAccount(tx: Tx, key: AccountKey, account: BillingAccount): Promise<void> {
  await tx
    .updateTable('billing_account')
    .set({
      cycle_code: account.cycleCode,
      document_language: account.documentLanguage,
      delivery_method: account.deliveryMethod,
      copies: account.copies,
      due_days: account.dueDays,
      hold_bills: account.holdBills,
    })
    .where('customer_id', '=', key.customerId)
    .where('account_number', '=', key.accountNumber)
    .execute()
}

export async function updateMasterAgreement(
  tx: Tx,
  key: AccountKey,
  agreementId: number | null,
): Promise<void> {
  await tx
    .updateTable('billing_account')
    .set({ master_agreement_id: agreementId })
    .where('customer_id', '=', key.customerId)
    .where('account_number', '=', key.accountNumber)
    .execute()
}

export async function updateClosed(tx: Tx, key: AccountKey, closedOn: LocalDate): Promise<void> {
  await tx
    .updateTable('billing_account')
    .set({ status: 'closed', closed_on: closedOn })
    .where('customer_id', '=', key.customerId)
    .where('account_number', '=', key.accountNumber)
    .execute()
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

/** Ends what a person still is to an account on a day. */
export async function updateRoleEnds(
  tx: Tx,
  key: AccountKey,
  personId: number,
  endDate: LocalDate,
): Promise<void> {
  await sql`
    update account_person set end_date = ${endDate}
     where customer_id = ${key.customerId} and account_number = ${key.accountNumber} and person_id = ${personId}
       and (end_date is null or end_date > ${endDate})`.execute(tx)
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

/** Who hears of accounts on a day: main persons and those who get copies, with their main e-mail address. */
export async function selectAccountContacts(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<AccountContact[]> {
  const { rows } = await sql<AccountContactRow>`
    select a.customer_id as "customerId", a.account_number as "accountNumber", a.person_id as "personId", a.role,
           p.language, p.kind, p.first_name as "firstName", p.last_name as "lastName",
           p.organisation_name as "organisationName",
           (select c.value from person_contact c
             where c.person_id = p.person_id and c.kind = 'email' and c.end_date is null
             order by c.main desc, c.contact_number limit 1) as email
      from account_person a join person p on p.person_id = a.person_id
     where a.customer_id = any(${customerIds}::int8[]) and a.role in ('main', 'copy')
       and a.start_date <= ${day} and (a.end_date is null or a.end_date > ${day})
     order by a.customer_id, a.account_number, a.role desc, a.person_id`.execute(tx)
  return rows.map(({ kind, firstName, lastName, organisationName, ...contact }) => ({
    ...contact,
    name: displayName(
      kind === 'human'
        ? { kind, ...(firstName === null ? {} : { firstName }), lastName: lastName ?? '' }
        : { kind, organisationName: organisationName ?? '' },
    ),
  }))
}

interface AccountContactRow extends Omit<AccountContact, 'name'> {
  kind: 'human' | 'organisation'
  firstName: string | null
  lastName: string | null
  organisationName: string | null
}
