import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AgreementFact, AgreementFlag, AgreementKey, Exemption, PlanAssignment } from '../agreement.ts'

export async function insertPlan(tx: Tx, plan: PlanAssignment): Promise<void> {
  await tx
    .insertInto('plan_assignment')
    .values({
      customer_id: plan.customerId,
      agreement_id: plan.agreementId,
      assignment_number: plan.assignmentNumber,
      tariff_id: plan.tariffId,
      start_date: plan.startDate,
      end_date: plan.endDate,
    })
    .execute()
}

export async function updatePlanEnd(tx: Tx, plan: PlanAssignment, endDate: LocalDate | null): Promise<void> {
  await tx
    .updateTable('plan_assignment')
    .set({ end_date: endDate })
    .where('customer_id', '=', plan.customerId)
    .where('agreement_id', '=', plan.agreementId)
    .where('assignment_number', '=', plan.assignmentNumber)
    .execute()
}

export async function insertFact(tx: Tx, fact: AgreementFact): Promise<void> {
  await tx
    .insertInto('agreement_fact')
    .values({
      customer_id: fact.customerId,
      agreement_id: fact.agreementId,
      fact_code: fact.factCode,
      start_date: fact.startDate,
      end_date: fact.endDate,
      value: JSON.stringify(fact.value),
    })
    .execute()
}

export async function updateFactEnd(tx: Tx, fact: AgreementFact, endDate: LocalDate): Promise<void> {
  await tx
    .updateTable('agreement_fact')
    .set({ end_date: endDate })
    .where('customer_id', '=', fact.customerId)
    .where('agreement_id', '=', fact.agreementId)
    .where('fact_code', '=', fact.factCode)
    .where('start_date', '=', fact.startDate)
    .execute()
}

export async function insertExemption(
  tx: Tx,
  exemption: Omit<Exemption, 'exemptionNumber'>,
): Promise<number> {
  const { rows } = await sql<{ exemption_number: number }>`
    insert into exemption (customer_id, agreement_id, exemption_number, kind, tax_category, share, certificate,
                           reason, start_date, end_date)
    select ${exemption.customerId}, ${exemption.agreementId}, coalesce(max(exemption_number), 0) + 1,
           ${exemption.kind}, ${exemption.taxCategory}, ${exemption.share}::numeric, ${exemption.certificate},
           ${exemption.reason}, ${exemption.startDate}::date, ${exemption.endDate}::date
    from exemption
    where customer_id = ${exemption.customerId} and agreement_id = ${exemption.agreementId}
    returning exemption_number`.execute(tx)
  return rows[0]?.exemption_number ?? 0
}

export async function updateExemptionEnd(
  tx: Tx,
  { customerId, agreementId, exemptionNumber }: Exemption,
  endDate: LocalDate,
): Promise<void> {
  await tx
    .updateTable('exemption')
    .set({ end_date: endDate })
    .where('customer_id', '=', customerId)
    .where('agreement_id', '=', agreementId)
    .where('exemption_number', '=', exemptionNumber)
    .execute()
}

export async function insertFlag(tx: Tx, flag: AgreementFlag): Promise<void> {
  await tx
    .insertInto('agreement_flag')
    .values({
      customer_id: flag.customerId,
      agreement_id: flag.agreementId,
      flag: flag.flag,
      start_date: flag.startDate,
      end_date: flag.endDate,
      reason: flag.reason,
    })
    .execute()
}

export async function updateFlagEnd(tx: Tx, flag: AgreementFlag, endDate: LocalDate): Promise<void> {
  await tx
    .updateTable('agreement_flag')
    .set({ end_date: endDate })
    .where('customer_id', '=', flag.customerId)
    .where('agreement_id', '=', flag.agreementId)
    .where('flag', '=', flag.flag)
    .where('start_date', '=', flag.startDate)
    .execute()
}

/** Moves the end of those points of an agreement that end on `was` (null: still open). */
export async function updatePointEnds(
  tx: Tx,
  key: AgreementKey,
  was: LocalDate | null,
  endDate: LocalDate | null,
): Promise<void> {
  await sql`
    update agreement_point set end_date = ${endDate}::date
    where customer_id = ${key.customerId} and agreement_id = ${key.agreementId}
      and end_date is not distinct from ${was}::date`.execute(tx)
}

/** Moves the start of those terms of an agreement that begin on `was`. */
export async function updateTermStarts(
  tx: Tx,
  key: AgreementKey,
  { was, later }: { was: LocalDate; later: LocalDate },
): Promise<void> {
  for (const table of ['agreement_point', 'plan_assignment', 'agreement_fact', 'exemption', 'agreement_flag'])
    await sql`
      update ${sql.table(table)} set start_date = ${later}::date
      where customer_id = ${key.customerId} and agreement_id = ${key.agreementId}
        and start_date = ${was}::date`.execute(tx)
}
