import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { checkReference, type Disbursement, type DisbursementStatus } from '../disbursements/disbursement.ts'

export async function insertDisbursement(
  tx: Tx,
  one: Omit<Disbursement, 'status' | 'paidEntryId' | 'checkNumber' | 'paidOn' | 'endedOn'>,
  requestedBy: string,
  now: Instant,
): Promise<void> {
  await sql`
    insert into disbursement (customer_id, disbursement_number, account_number, agreement_id, payment_number, amount_cents,
                              status, payee_name, address, reason, entry_id, requested_on, requested_by, created_at)
    values (${one.customerId}, ${one.disbursementNumber}, ${one.accountNumber}, ${one.agreementId}, ${one.paymentNumber},
            ${one.amountCents}, 'requested', ${one.payeeName}, ${JSON.stringify(one.address)}, ${one.reason}, ${one.entryId},
            ${one.requestedOn}, ${requestedBy}, ${now})`.execute(tx)
}

const columns = sql`
  customer_id as "customerId", disbursement_number as "disbursementNumber", account_number as "accountNumber",
  agreement_id as "agreementId", payment_number as "paymentNumber", amount_cents as "amountCents", status,
  payee_name as "payeeName", address, reason, entry_id as "entryId", paid_entry_id as "paidEntryId",
  check_number as "checkNumber", requested_on as "requestedOn", paid_on as "paidOn", ended_on as "endedOn"`

export async function selectDisbursement(tx: Tx, customerId: number, disbursementNumber: number) {
  const { rows } = await sql<Disbursement>`
    select ${columns} from disbursement
     where customer_id = ${customerId} and disbursement_number = ${disbursementNumber}`.execute(tx)
  return rows[0]
}

export async function selectDisbursementsOfCustomer(tx: Tx, customerId: number): Promise<Disbursement[]> {
  const { rows } = await sql<Disbursement>`
    select ${columns} from disbursement where customer_id = ${customerId} order by disbursement_number desc`.execute(
    tx,
  )
  return rows
}

export async function selectDisbursements(
  tx: Tx,
  clientId: number,
  status: DisbursementStatus,
): Promise<Disbursement[]> {
  const { rows } = await sql<Disbursement>`
    select ${columns} from disbursement
     where customer_id >= ${clientId}::int8 * 100000000 and customer_id < (${clientId}::int8 + 1) * 100000000
       and status = ${status}
     order by customer_id, disbursement_number`.execute(tx)
  return rows
}

export async function updateDisbursement(
  tx: Tx,
  { customerId, disbursementNumber }: Pick<Disbursement, 'customerId' | 'disbursementNumber'>,
  change: Pick<Disbursement, 'status' | 'paidEntryId' | 'checkNumber'> & {
    paidOn: LocalDate | null
    endedOn: LocalDate | null
  },
): Promise<void> {
  await sql`
    update disbursement set status = ${change.status}, paid_entry_id = ${change.paidEntryId},
           check_number = ${change.checkNumber}, paid_on = ${change.paidOn}, ended_on = ${change.endedOn}
     where customer_id = ${customerId} and disbursement_number = ${disbursementNumber}`.execute(tx)
}

/** Whether an unapplied payment is being sent back, or was. */
export async function hasLiveRefund(tx: Tx, customerId: number, paymentNumber: number): Promise<boolean> {
  const { rows } = await sql`
    select from disbursement
     where customer_id = ${customerId} and payment_number = ${paymentNumber} and status <> 'cancelled'`.execute(
    tx,
  )
  return rows.length > 0
}

/** Whether a check of this number paid a disbursement before, be it stopped since. */
export async function wasPaidBy(
  tx: Tx,
  { customerId, disbursementNumber }: Pick<Disbursement, 'customerId' | 'disbursementNumber'>,
  checkNumber: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from journal_entry
     where customer_id = ${customerId} and kind = 'disbursement'
       and reference = ${checkReference(disbursementNumber, checkNumber)}`.execute(tx)
  return rows.length > 0
}
