import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { ChargeKey, ChargeStatus } from '../charges/charge.ts'
import { insertPartsAndLines, type NewCharge } from './charge.ts'

/** A charge that is cancelled while its bill is open again is not on that bill any more. */
export async function updateCancelled(tx: Tx, key: ChargeKey, reason: string, now: Instant): Promise<void> {
  await sql`
    update charge c set status = 'cancelled', cancelled_at = ${now}, cancel_reason = ${reason},
           bill_id = (select b.bill_id from bill b where b.customer_id = c.customer_id and b.bill_id = c.bill_id
                         and b.status not in ('pending', 'reopened'))
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}

export async function updateStatus(
  tx: Tx,
  key: ChargeKey,
  change: { status: ChargeStatus; frozenAt?: Instant; cancelReason?: string | null },
): Promise<void> {
  await sql`
    update charge set status = ${change.status}, frozen_at = coalesce(${change.frozenAt ?? null}, frozen_at),
           cancel_reason = ${change.cancelReason ?? null}
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}

/** A charge that was only drafted takes what it was priced to, or why it could not be. */
export async function updateDraft(tx: Tx, charge: NewCharge): Promise<void> {
  await sql`
    update charge set status = ${charge.status}, usage_id = ${charge.usageId}, amount_cents = ${charge.amountCents},
           as_of = ${charge.asOf}, engine = ${charge.engine}, basis = ${JSON.stringify(charge.basis)}::jsonb,
           error_code = null, error = null
     where customer_id = ${charge.customerId} and charge_id = ${charge.chargeId}`.execute(tx)
  await insertPartsAndLines(tx, [charge])
}

export async function updateError(tx: Tx, key: ChargeKey, code: string, sentence: string): Promise<void> {
  await sql`
    update charge set status = 'error', error_code = ${code}, error = ${sentence}
     where customer_id = ${key.customerId} and charge_id = ${key.chargeId}`.execute(tx)
}
