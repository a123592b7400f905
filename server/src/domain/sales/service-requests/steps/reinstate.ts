import { apart, type Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import { resumeAgreement, stopAgreement } from '../../../agreements/index.ts'
import { cancelBill, cancelCharge, chargesOfAgreement } from '../../../billing/index.ts'
import { cancelDisbursement, disbursementsOfCustomer } from '../../../payments/index.ts'
import { selectRequests, updateRequest, updateStep } from '../../store/request.ts'
import type { WholeRequest } from '../request.ts'
import { accountOf, isBound, madeBy, type StepDefinition, type StepWork } from '../step.ts'
import { callBackWork } from './field-work.ts'
import { agreementsNamed } from './places.ts'

/** The agreements go on as if they had not stopped. */
export const resumeAgreements: StepDefinition = {
  async act(tx, { request }) {
    const agreementIds: number[] = []
    const endDates: LocalDate[] = []
    for (const agreement of await agreementsNamed(tx, request)) {
      if (agreement.endDate === null) throw new Error('an agreement that stopped has an end')
      await resumeAgreement(tx, agreement)
      agreementIds.push(agreement.agreementId)
      endDates.push(agreement.endDate)
    }
    return { status: 'done', made: { agreementIds, endDates } }
  },
  async undo(tx, { request, now }, { agreementIds = [], endDates = [] }) {
    const { customerId } = accountOf(request)
    for (const [index, agreementId] of agreementIds.entries())
      await stopAgreement(tx, { customerId, agreementId, endDate: endDates[index] ?? '', now })
  },
}

/** What the stop had charged to the end is taken back, with its final bill; the next bill charges on. */
export const cancelFinalBill: StepDefinition = {
  async act(tx, work) {
    const { customerId } = accountOf(work.request)
    const { agreementIds = [], endDates = [] } = madeBy(work.request, 'resume_agreements')
    const disbursementNumbers = await callBackChecks(tx, work)
    const chargeIds: number[] = []
    const billIds: number[] = []
    for (const [index, agreementId] of agreementIds.entries()) {
      const taken = await takeBackLast(tx, work, { customerId, agreementId }, endDates[index] ?? '')
      chargeIds.push(...taken.chargeIds)
      billIds.push(...taken.billIds)
    }
    if (chargeIds.length + disbursementNumbers.length === 0)
      return { status: 'skipped', message: 'Nothing was billed to the end.' }
    return { status: 'done', made: { chargeIds, billIds, disbursementNumbers } }
  },
}

async function takeBackLast(
  tx: Tx,
  { day, now, actor }: StepWork,
  key: { customerId: number; agreementId: number },
  endDate: LocalDate,
): Promise<{ chargeIds: number[]; billIds: number[] }> {
  const { customerId } = key
  const act = { customerId, reason: 'Service was reinstated.', correctedOn: day, now, actor }
  const isLast = (one: { status: string; endDate: LocalDate }) =>
    one.status === 'frozen' && one.endDate === endDate
  const last = (await chargesOfAgreement(tx, key)).filter(isLast)
  const billIds: number[] = []
  for (const billId of new Set(last.flatMap((charge) => charge.billId ?? []))) {
    const { error } = await apart(tx, () => cancelBill(tx, { ...act, billId }))
    if (error === undefined) billIds.push(billId)
    else if (!(error instanceof Refusal && error.code.startsWith('bill_'))) throw error
  }
  for (const { chargeId } of (await chargesOfAgreement(tx, key)).filter(isLast))
    await cancelCharge(tx, { ...act, chargeId })
  return { chargeIds: last.map((charge) => charge.chargeId), billIds }
}

/** Checks over what was left after the stop, and not written yet. */
async function callBackChecks(tx: Tx, { request, day, now, actor }: StepWork): Promise<number[]> {
  const { customerId } = accountOf(request)
  const stops = await stopsBefore(tx, request)
  const asked = stops.flatMap((stop) => madeBy(stop, 'pay_out_credit').disbursementNumbers ?? [])
  const open = (await disbursementsOfCustomer(tx, customerId)).filter(
    ({ disbursementNumber, status }) =>
      asked.includes(disbursementNumber) && (status === 'requested' || status === 'hold'),
  )
  for (const { disbursementNumber } of open)
    await cancelDisbursement(tx, { customerId, disbursementNumber, cancelledOn: day, now, actor })
  return open.map((one) => one.disbursementNumber)
}

/** What the stop still wanted is dropped: field work that is not done, a final bill that waits. */
export const dropStop: StepDefinition = {
  async act(tx, work) {
    const stops = await stopsBefore(tx, work.request)
    for (const stop of stops) {
      await callBackWork(tx, work, madeBy(stop, 'order_stop_work'))
      const pending = stop.steps.filter((step) => step.status === 'pending')
      for (const step of pending)
        await updateStep(tx, stop, { ...step, status: 'skipped', message: 'Reinstated.', doneAt: work.now })
      const ended = stop.status === 'complete' ? {} : { status: 'complete' as const, endedAt: work.now }
      await updateRequest(tx, stop, { ...ended, dueDate: null })
    }
    if (stops.length === 0) return { status: 'skipped', message: 'No request had asked for the stop.' }
    return { status: 'done' }
  },
}

/** This will refuse to reinstate what a stop still asks for that can simply be withdrawn. */
export async function refuseOpenStop(tx: Tx, request: WholeRequest): Promise<void> {
  const open = (await requestsNaming(tx, request)).find(
    (one) => (one.status === 'submitted' || one.status === 'in_progress') && !isBound(one),
  )
  if (!open) return
  throw new Refusal(
    'conflict',
    'stop_request_open',
    `Service request ${open.requestId} asks for the stop and is not done; cancel it instead.`,
  )
}

async function stopsBefore(tx: Tx, request: WholeRequest): Promise<WholeRequest[]> {
  const all = await requestsNaming(tx, request)
  return all.filter(
    ({ kind, status }) => kind === 'stop' && (status === 'complete' || status === 'in_progress'),
  )
}

/** The other requests of the customer that name one of these agreements. */
async function requestsNaming(tx: Tx, { clientId, requestId, customerId, terms }: WholeRequest) {
  if (customerId === null) return []
  const { requests } = await selectRequests(tx, { clientId, customerId, limit: 1_000, offset: 0 })
  const named = new Set(terms.agreementIds ?? [])
  return requests.filter(
    (one) => one.requestId !== requestId && one.terms.agreementIds?.some((id) => named.has(id)),
  )
}
