import { sql } from 'kysely'
import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AgencyReferral, WriteOff } from '../write-off/write-off.ts'

const WRITE_OFF = sql`
  customer_id as "customerId", write_off_id as "writeOffId", account_number as "accountNumber",
  agreement_id as "agreementId", kept_agreement_id as "keptAgreementId", process_id as "processId", kind,
  amount_cents as "amountCents", written_off_on as "writtenOffOn", status, entry_id as "entryId",
  dismissed_on as "dismissedOn", dismiss_reason as "dismissReason", created_at as "createdAt", created_by as "createdBy"`

export async function nextWriteOffId(tx: Tx, customerId: number): Promise<number> {
  return (await numbersAfter(tx, 'write_off', 'write_off_id', [customerId]))(customerId)
}

export async function insertWriteOff(
  tx: Tx,
  one: Omit<WriteOff, 'status' | 'dismissedOn' | 'dismissReason'>,
): Promise<void> {
  await sql`
    insert into write_off (customer_id, write_off_id, account_number, agreement_id, kept_agreement_id, process_id, kind,
                           amount_cents, written_off_on, status, entry_id, created_at, created_by)
    values (${one.customerId}, ${one.writeOffId}, ${one.accountNumber}, ${one.agreementId}, ${one.keptAgreementId},
            ${one.processId}, ${one.kind}, ${one.amountCents}, ${one.writtenOffOn}, 'active', ${one.entryId},
            ${one.createdAt}, ${one.createdBy})`.execute(tx)
}

export async function selectWriteOffs(tx: Tx, customerIds: readonly number[]): Promise<WriteOff[]> {
  const { rows } = await sql<WriteOff>`
    select ${WRITE_OFF} from write_off where customer_id = any(${customerIds}::int8[])
     order by customer_id, write_off_id`.execute(tx)
  return rows
}

export async function updateDismissed(
  tx: Tx,
  key: { customerId: number; writeOffId: number },
  dismissedOn: LocalDate,
  reason: string,
): Promise<void> {
  await sql`
    update write_off set status = 'dismissed', dismissed_on = ${dismissedOn}, dismiss_reason = ${reason}
     where customer_id = ${key.customerId} and write_off_id = ${key.writeOffId}`.execute(tx)
}

export interface Recovering {
  customerId: number
  writeOffId: number
  accountNumber: number
  /** What of the debt is still owed where it is kept. */
  restCents: number
  /** What was paid of it, and what of that is recovered in the books. */
  paidCents: number
  recoveredCents: number
  recoveries: number
}

/** Debt that was written off and is kept, with what came of it. */
export async function selectRecovering(tx: Tx, customerIds: readonly number[]): Promise<Recovering[]> {
  const { rows } = await sql<Recovering>`
    select w.customer_id as "customerId", w.write_off_id as "writeOffId", w.account_number as "accountNumber",
           i.unsettled_cents as "restCents", w.amount_cents - i.unsettled_cents as "paidCents",
           coalesce(r.amount, 0)::bigint as "recoveredCents", coalesce(r.count, 0)::int as recoveries
      from write_off w
      join open_item i on i.customer_id = w.customer_id and i.entry_id = w.entry_id and i.agreement_id = w.kept_agreement_id
      left join (select customer_id, write_off_id, sum(amount_cents) as amount, count(*) as count
                   from write_off_recovery group by 1, 2) r
        on r.customer_id = w.customer_id and r.write_off_id = w.write_off_id
     where w.customer_id = any(${customerIds}::int8[]) and w.status = 'active' and w.kind = 'debt'
     order by w.customer_id, w.write_off_id`.execute(tx)
  return rows
}

export async function insertRecovery(
  tx: Tx,
  one: {
    customerId: number
    writeOffId: number
    recoveryNumber: number
    amountCents: number
    recoveredOn: LocalDate
    entryId: number
  },
): Promise<void> {
  await sql`
    insert into write_off_recovery (customer_id, write_off_id, recovery_number, amount_cents, recovered_on, entry_id)
    values (${one.customerId}, ${one.writeOffId}, ${one.recoveryNumber}, ${one.amountCents}, ${one.recoveredOn},
            ${one.entryId})`.execute(tx)
}

const REFERRAL = sql`
  customer_id as "customerId", referral_id as "referralId", account_number as "accountNumber", process_id as "processId",
  agency_code as "agencyCode", amount_cents as "amountCents", referred_on as "referredOn", recalled_on as "recalledOn",
  recall_reason as "recallReason"`

export async function insertReferral(
  tx: Tx,
  one: Omit<AgencyReferral, 'referralId' | 'recalledOn' | 'recallReason'>,
): Promise<number> {
  const next = await numbersAfter(tx, 'agency_referral', 'referral_id', [one.customerId])
  const referralId = next(one.customerId)
  await sql`
    insert into agency_referral (customer_id, referral_id, account_number, process_id, agency_code, amount_cents, referred_on)
    values (${one.customerId}, ${referralId}, ${one.accountNumber}, ${one.processId}, ${one.agencyCode},
            ${one.amountCents}, ${one.referredOn})`.execute(tx)
  return referralId
}

export async function selectReferrals(tx: Tx, customerIds: readonly number[]): Promise<AgencyReferral[]> {
  const { rows } = await sql<AgencyReferral>`
    select ${REFERRAL} from agency_referral where customer_id = any(${customerIds}::int8[])
     order by customer_id, referral_id`.execute(tx)
  return rows
}

export async function updateRecalled(
  tx: Tx,
  key: { customerId: number; referralId: number },
  recalledOn: LocalDate,
  reason: string,
): Promise<void> {
  await sql`
    update agency_referral set recalled_on = ${recalledOn}, recall_reason = ${reason}
     where customer_id = ${key.customerId} and referral_id = ${key.referralId}`.execute(tx)
}

/** Agreements of a client that stopped so many days ago and have something left, all of it asked for. */
export async function selectSmallBalances(
  tx: Tx,
  { clientId, day, days }: { clientId: number; day: LocalDate; days: number },
): Promise<{ customerId: number; agreementId: number }[]> {
  const first = clientId * 100_000_000
  const { rows } = await sql<{ customerId: number; agreementId: number }>`
    select a.customer_id as "customerId", a.agreement_id as "agreementId"
      from agreement a join open_item i on i.customer_id = a.customer_id and i.agreement_id = a.agreement_id
     where a.customer_id between ${first} and ${first + 99_999_999} and a.kind = 'service'
       and a.status in ('stopped', 'reopened') and a.end_date + ${days}::int <= ${day}::date and i.unsettled_cents <> 0
     group by 1, 2 having abs(sum(i.unsettled_cents)) between 1 and 1000 order by 1, 2`.execute(tx)
  return rows
}
