import type { Tx } from '../../../platform/db/index.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import type { Arrears } from '../debt/arrears.ts'
import type { Caseload, Rules } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { insertSeverance, selectSeverances } from '../store/severance.ts'

/**
 * This will begin the severance of each agreement whose service may be cut for this debt, and answer from which day on;
 * undefined when there is none. One that is noticed already keeps its day.
 */
export async function noticeSeverances(
  tx: Tx,
  { day, policy, calendar }: Rules,
  caseload: Caseload,
  process: CollectionProcess,
  arrears: Arrears,
  noticeDays: number,
): Promise<{ cutFrom: LocalDate; agreementIds: number[] } | undefined> {
  const severable = severableAgreements(caseload.agreements, arrears, policy.severableDebtClasses)
  if (severable.length === 0) return undefined
  const present = await selectSeverances(tx, [process.customerId], { active: true })
  const cutFrom = calendar.nextWorkDay(addDays(day, noticeDays))
  const { customerId, accountNumber, processId } = process
  for (const { agreementId } of severable) {
    if (present.some((one) => one.agreementId === agreementId)) continue
    await insertSeverance(tx, { customerId, agreementId, accountNumber, processId, noticedOn: day, cutFrom })
  }
  return { cutFrom, agreementIds: severable.map((one) => one.agreementId) }
}

/**
 * This will list the agreements whose service may be cut for a debt of a severable class: those that owe it, or, when it
 * is on a deposit or an arrangement, all live services of the account.
 */
export function severableAgreements(
  agreements: readonly BillableAgreement[],
  arrears: Arrears,
  severableDebtClasses: readonly string[],
): BillableAgreement[] {
  if (!severableDebtClasses.includes(arrears.debtClass)) return []
  const services = agreements.filter(
    (one) =>
      one.customerId === arrears.customerId &&
      one.accountNumber === arrears.accountNumber &&
      one.kind === 'service' &&
      (one.status === 'active' || one.status === 'pending_stop') &&
      one.points.some((point) => point.endDate === null) &&
      severableDebtClasses.includes(one.debtClass),
  )
  const owing = services.filter((one) => arrears.byAgreement.has(one.agreementId))
  const ofOthers = agreements.some(
    (one) =>
      one.customerId === arrears.customerId &&
      arrears.byAgreement.has(one.agreementId) &&
      (one.kind === 'deposit' || one.kind === 'arrangement'),
  )
  return owing.length > 0 ? owing : ofOthers ? services : []
}
