import type { Tx } from '../../../platform/db/index.ts'
import { addDays } from '../../../platform/time.ts'
import { assessFee } from '../../receivables/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { addCreditEvent } from '../credit/operations.ts'
import type { Arrears } from '../debt/arrears.ts'
import type { Caseload, Rules } from '../debt/caseload.ts'
import type { StepKind } from '../paths/path.ts'
import { orderCuts } from '../severance/cut.ts'
import { stopCutAgreements } from '../severance/final-bill.ts'
import { noticeSeverances } from '../severance/notice.ts'
import { referToAgency } from '../write-off/agency.ts'
import { writeOffArrears } from '../write-off/write-off-arrears.ts'
import { CALL_KIND } from './end.ts'
import { type ProcessStep, processSubject } from './process.ts'

interface At {
  caseload: Caseload
  process: Caseload['processes'][number]
  arrears: Arrears
  step: ProcessStep
}

/** What a step made, or why it has to wait. */
export interface Outcome {
  result?: Record<string, unknown>
  waitingFor?: string
  /** It was done without anything that the customer must be told. */
  silent?: boolean
}

type Step = (tx: Tx, rules: Rules, at: At) => Promise<Outcome>

/** The customer is told by whoever hears that the step was done. */
const told: Step = async () => ({})

const call: Step = async (tx, { clientId, day, now }, { process, arrears, step }) => {
  const { customerId } = process
  await openWorkItems(tx, [
    {
      ...{ clientId, customerId, subject: processSubject(process), createdAt: now, dueDate: day },
      kind: CALL_KIND,
      reasonCode: `step_${step.stepNumber}`,
      reason: `${arrears.amountCents} cents are past due since ${arrears.oldestDueDate}.`,
      remedy: 'Call the customer and agree on a payment, an extension or an arrangement.',
    },
  ])
  return { result: { workItem: CALL_KIND } }
}

const disconnectNotice: Step = async (tx, rules, { caseload, process, arrears, step }) => {
  const noticed = await noticeSeverances(tx, rules, caseload, process, arrears, step.noticeDays ?? 0)
  return noticed ? { result: { ...noticed } } : { result: { agreementIds: [] }, silent: true }
}

const cut: Step = async (tx, rules, { caseload, process }) => {
  const { activityIds, waitingFor } = await orderCuts(tx, rules, caseload, process)
  return waitingFor === undefined ? { result: { activityIds } } : { waitingFor }
}

const finalBill: Step = async (tx, rules, { process, step }) => {
  const { agreementIds, waits } = await stopCutAgreements(tx, rules, process, step.days)
  return waits ? { waitingFor: 'not_cut' } : { result: { agreementIds } }
}

const creditRating: Step = async (tx, { day, now, actor }, { process, step }) => {
  const { customerId, accountNumber } = process
  const cause = `${processSubject(process)}-${step.stepNumber}`
  const points = step.points === null ? {} : { points: step.points }
  const event = { customerId, accountNumber, kind: 'late_payment' as const, cause, ...points }
  const eventNumber = await addCreditEvent(tx, { ...event, startDate: day, now, actor })
  return { result: { eventNumber } }
}

/** The fee is asked of the agreement that owes the most. */
const fee: Step = async (tx, { day, now, actor }, { process, arrears, step }) => {
  const { customerId } = process
  const [agreementId = 0] = [...arrears.byAgreement].sort((a, b) => b[1] - a[1])[0] ?? []
  const cause = `${processSubject(process)}-${step.stepNumber}`
  const amount = step.amountCents === null ? {} : { amountCents: step.amountCents }
  const asked = { customerId, agreementId, type: 'collection_fee', cause, ...amount, effectiveDate: day }
  const { adjustmentId } = await assessFee(tx, { ...asked, dueDate: addDays(day, 15), now, actor })
  return { result: { adjustmentId, agreementId } }
}

const agencyReferral: Step = async (tx, rules, { process, arrears }) => ({
  result: { referralId: await referToAgency(tx, rules, process, arrears) },
})

const writeOff: Step = async (tx, rules, { process, arrears }) => ({
  result: { writeOffIds: await writeOffArrears(tx, rules, process, [...arrears.byAgreement.keys()]) },
})

/** What each kind of step does; the process goes on when it is done. */
export const STEPS: Readonly<Record<StepKind, Step>> = {
  reminder: told,
  notice: told,
  arrangement_offer: told,
  call,
  disconnect_notice: disconnectNotice,
  cut,
  final_bill: finalBill,
  credit_rating: creditRating,
  fee,
  agency_referral: agencyReferral,
  write_off: writeOff,
}
