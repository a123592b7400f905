import { sql } from 'kysely'
import { insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { Bankruptcy, FrozenDebt } from '../bankruptcy/bankruptcy.ts'

export async function nextBankruptcyNumber(tx: Tx, customerId: number): Promise<number> {
  return (await numbersAfter(tx, 'bankruptcy', 'bankruptcy_number', [customerId]))(customerId)
}

export async function insertBankruptcy(tx: Tx, one: Omit<Bankruptcy, 'status' | 'closedOn'>): Promise<void> {
  await sql`
    insert into bankruptcy (customer_id, bankruptcy_number, account_number, case_number, chapter, evidence, filed_on, status,
                            protection_number, created_at, created_by)
    values (${one.customerId}, ${one.bankruptcyNumber}, ${one.accountNumber}, ${one.caseNumber}, ${one.chapter},
            ${one.evidence}, ${one.filedOn}, 'filed', ${one.protectionNumber}, ${one.createdAt}, ${one.createdBy})`.execute(
    tx,
  )
  const columns = {
    customer_id: 'int8',
    bankruptcy_number: 'int2',
    agreement_id: 'int4',
    frozen_agreement_id: 'int4',
    amount_cents: 'int8',
  } as const
  const rows = one.debts.map((debt) => ({
    customer_id: one.customerId,
    bankruptcy_number: one.bankruptcyNumber,
    agreement_id: debt.agreementId,
    frozen_agreement_id: debt.frozenAgreementId,
    amount_cents: debt.amountCents,
  }))
  await insertRows(tx, 'bankruptcy_debt', columns, rows)
}

export async function selectBankruptcies(tx: Tx, customerId: number): Promise<Bankruptcy[]> {
  const { rows } = await sql<Omit<Bankruptcy, 'debts'>>`
    select customer_id as "customerId", bankruptcy_number as "bankruptcyNumber", account_number as "accountNumber",
           case_number as "caseNumber", chapter, evidence, filed_on as "filedOn", status,
           protection_number as "protectionNumber", closed_on as "closedOn", created_at as "createdAt",
           created_by as "createdBy"
      from bankruptcy where customer_id = ${customerId} order by bankruptcy_number`.execute(tx)
  const { rows: debts } = await sql<FrozenDebt & { bankruptcyNumber: number }>`
    select bankruptcy_number as "bankruptcyNumber", agreement_id as "agreementId",
           frozen_agreement_id as "frozenAgreementId", amount_cents as "amountCents"
      from bankruptcy_debt where customer_id = ${customerId} order by bankruptcy_number, agreement_id`.execute(
    tx,
  )
  return rows.map((row) => ({
    ...row,
    debts: debts
      .filter((debt) => debt.bankruptcyNumber === row.bankruptcyNumber)
      .map(({ bankruptcyNumber: _, ...debt }) => debt),
  }))
}

export async function updateClosed(
  tx: Tx,
  key: Pick<Bankruptcy, 'customerId' | 'bankruptcyNumber'>,
  status: 'dismissed' | 'discharged',
  closedOn: LocalDate,
): Promise<void> {
  await sql`
    update bankruptcy set status = ${status}, closed_on = ${closedOn}
     where customer_id = ${key.customerId} and bankruptcy_number = ${key.bankruptcyNumber}`.execute(tx)
}
