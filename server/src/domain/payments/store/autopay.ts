import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import { type Autopay, type AutopayKey, type DrawRule, drawDaysOf } from '../autopay/autopay.ts'
import type { MethodKey } from '../methods/method.ts'

type Row = Omit<Autopay, 'drawRule'> & { rule: DrawRule['rule']; drawDays: number | null }

const columns = sql`
  a.customer_id as "customerId", a.autopay_number as "autopayNumber", a.account_number as "accountNumber",
  a.payer_customer_id as "payerCustomerId", a.method_number as "methodNumber", a.start_date as "startDate",
  a.end_date as "endDate", a.draw_rule as rule, a.draw_days as "drawDays", a.limit_cents as "limitCents", a.returns,
  a.suspended_at as "suspendedAt", a.suspend_reason as "suspendReason"`

/** False: another autopay serves the account in that time. */
export async function insertAutopay(
  tx: Tx,
  autopay: Omit<Autopay, 'returns' | 'suspendedAt' | 'suspendReason'> & {
    createdAt: Instant
    createdBy: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into autopay (customer_id, autopay_number, account_number, payer_customer_id, method_number, start_date,
      end_date, draw_rule, draw_days, limit_cents, created_at, created_by)
    values (${autopay.customerId}, ${autopay.autopayNumber}, ${autopay.accountNumber}, ${autopay.payerCustomerId},
      ${autopay.methodNumber}, ${autopay.startDate}, ${autopay.endDate}, ${autopay.drawRule.rule},
      ${drawDaysOf(autopay.drawRule)}, ${autopay.limitCents}, ${autopay.createdAt}, ${autopay.createdBy})
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function selectAutopay(tx: Tx, key: AutopayKey): Promise<Autopay | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from autopay a
     where a.customer_id = ${key.customerId} and a.autopay_number = ${key.autopayNumber}`.execute(tx)
  return rows.map(fromRow)[0]
}

export async function selectAutopaysOfAccounts(tx: Tx, accounts: readonly AccountKey[]): Promise<Autopay[]> {
  const { rows } = await sql<Row>`
    select ${columns} from autopay a
      join unnest(${accounts.map((one) => one.customerId)}::int8[], ${accounts.map((one) => one.accountNumber)}::int2[])
           as k(customer_id, account_number)
        on a.customer_id = k.customer_id and a.account_number = k.account_number
     order by a.customer_id, a.account_number, a.start_date desc`.execute(tx)
  return rows.map(fromRow)
}

export async function selectAutopaysOfMethod(tx: Tx, key: MethodKey): Promise<Autopay[]> {
  const { rows } = await sql<Row>`
    select ${columns} from autopay a
     where a.payer_customer_id = ${key.customerId} and a.method_number = ${key.methodNumber}
     order by a.customer_id, a.autopay_number`.execute(tx)
  return rows.map(fromRow)
}

export async function updateAutopayEnd(tx: Tx, key: AutopayKey, endDate: LocalDate): Promise<void> {
  await sql`
    update autopay set end_date = ${endDate}
     where customer_id = ${key.customerId} and autopay_number = ${key.autopayNumber}`.execute(tx)
}

export async function updateAutopayTerms(
  tx: Tx,
  autopay: AutopayKey & Pick<Autopay, 'payerCustomerId' | 'methodNumber' | 'drawRule' | 'limitCents'>,
): Promise<void> {
  await sql`
    update autopay set payer_customer_id = ${autopay.payerCustomerId}, method_number = ${autopay.methodNumber},
           draw_rule = ${autopay.drawRule.rule}, draw_days = ${drawDaysOf(autopay.drawRule)},
           limit_cents = ${autopay.limitCents}
     where customer_id = ${autopay.customerId} and autopay_number = ${autopay.autopayNumber}`.execute(tx)
}

export async function updateAutopayReturns(
  tx: Tx,
  key: AutopayKey,
  state: Pick<Autopay, 'returns' | 'suspendedAt' | 'suspendReason'>,
): Promise<void> {
  await sql`
    update autopay set returns = ${state.returns}, suspended_at = ${state.suspendedAt},
           suspend_reason = ${state.suspendReason}
     where customer_id = ${key.customerId} and autopay_number = ${key.autopayNumber}`.execute(tx)
}

function fromRow({ rule, drawDays, ...row }: Row): Autopay {
  const days = drawDays ?? 0
  const drawRule: DrawRule =
    rule === 'due_date' ? { rule } : rule === 'days_before' ? { rule, days } : { rule, day: days }
  return { ...row, drawRule }
}
