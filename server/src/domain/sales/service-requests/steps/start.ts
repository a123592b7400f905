import type { Tx } from '../../../../platform/db/index.ts'
import { apart } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import type { Cents } from '../../../../platform/money.ts'
import { addDays } from '../../../../platform/time.ts'
import {
  type AgreementKey,
  actOnAgreement,
  addFact,
  getAgreement,
  resumeAgreement,
  setFlag,
  startAgreement,
  stopAgreement,
} from '../../../agreements/index.ts'
import { creditRating } from '../../../collections/index.ts'
import { closeBillingAccount, createCustomer, openBillingAccount } from '../../../customers/index.ts'
import { assessDeposit, recommendDeposit, refundDeposit, waiveDeposit } from '../../../receivables/index.ts'
import { updateRequest } from '../../store/request.ts'
import type { ServiceToStart } from '../request.ts'
import { accountOf, DONE, madeBy, type StepDefinition, type StepWork } from '../step.ts'
import { tellService } from './events.ts'
import { fieldWorkFirst } from './field-work.ts'
import { agreementsNamed, holdersFrom, isOfLandlord, pointsToStart, reversionOf } from './places.ts'

/** A file for who has none, and an account on it. */
export const openAccount: StepDefinition = {
  keeps: true,
  async act(tx, { request, now }) {
    const { newAccount } = request.terms
    const { clientId, startDate } = request
    if (!newAccount || startDate === null || request.accountNumber !== null)
      return { status: 'skipped', message: 'The account is there.' }
    const {
      personId: mainPersonId,
      customerId: fileId,
      companyId,
      class: customerClass,
      ...account
    } = newAccount
    const since = startDate
    const file = { clientId, companyId, class: customerClass, since, now }
    const customerId = fileId ?? (await createCustomer(tx, { ...file, mainPersonId: mainPersonId ?? 0 }))
    const accountNumber = await openBillingAccount(tx, { ...account, customerId, companyId, openedOn: since })
    await updateRequest(tx, request, { customerId, accountNumber })
    return { status: 'done', made: { customerId, accountNumber } }
  },
  async undo(tx, { request, day }) {
    await closeBillingAccount(tx, { ...accountOf(request), closedOn: day })
  },
}

/** A landlord who has service between tenants gives it to the new one. */
export const releaseLandlord: StepDefinition = {
  async act(tx, { request, now }) {
    const { startDate } = request
    if (startDate === null) throw new Error('nothing starts')
    const landlordAgreements: AgreementKey[] = []
    for (const point of await pointsToStart(tx, request)) {
      const landlord = await reversionOf(tx, point, startDate)
      for (const holder of await holdersFrom(tx, point.servicePointId, startDate)) {
        if (!isOfLandlord(holder, landlord)) continue
        const { customerId, agreementId } = holder
        await stopAgreement(tx, { customerId, agreementId, endDate: startDate, now })
        landlordAgreements.push({ customerId, agreementId })
      }
    }
    if (landlordAgreements.length === 0)
      return { status: 'skipped', message: 'No landlord has service here.' }
    return { status: 'done', made: { landlordAgreements } }
  },
  async undo(tx, _work, { landlordAgreements = [] }) {
    for (const key of landlordAgreements) await resumeAgreement(tx, key)
  },
}

/** The agreements with their points and plans; they wait for their day. */
export const startAgreements: StepDefinition = {
  async act(tx, work) {
    const agreementIds: number[] = []
    for (const service of work.request.terms.services ?? [])
      agreementIds.push(await startOne(tx, work, service))
    return { status: 'done', made: { agreementIds } }
  },
  async undo(tx, { request }, { agreementIds = [] }) {
    const { customerId } = accountOf(request)
    for (const agreementId of agreementIds)
      await actOnAgreement(tx, { customerId, agreementId, action: 'cancel' })
  },
}

async function startOne(
  tx: Tx,
  { request, policy, now }: StepWork,
  service: ServiceToStart,
): Promise<number> {
  const { startDate, premiseId } = request
  if (startDate === null) throw new Error('nothing starts')
  const account = accountOf(request)
  const { servicePointIds, revenueClass, debtClass } = service
  const agreementId = await startAgreement(tx, {
    ...account,
    premiseId,
    startDate,
    points: servicePointIds.map((servicePointId) => ({ servicePointId })),
    tariffId: await planOf(tx, request, service),
    ...(revenueClass !== undefined && { revenueClass }),
    ...(debtClass !== undefined && { debtClass }),
    pending: true,
    now,
  })
  const key = { customerId: account.customerId, agreementId }
  for (const [factCode, value] of Object.entries(service.facts ?? {}))
    await addFact(tx, { ...key, factCode, startDate, value })
  if (policy.coolingOffDays > 0) {
    const endDate = addDays(startDate, policy.coolingOffDays)
    await setFlag(tx, { ...key, flag: 'cooling_off', startDate, endDate, reason: 'New contract.' })
  }
  return agreementId
}

/** The plan that was chosen; on a transfer else the one of the old place. */
async function planOf(tx: Tx, request: StepWork['request'], service: ServiceToStart): Promise<number> {
  if (service.tariffId !== undefined) return service.tariffId
  const points = await pointsToStart(tx, { ...request, terms: { services: [service] } })
  const left = await agreementsNamed(tx, request)
  const kept = left.find((one) => one.serviceKind === points[0]?.serviceKind)?.plans.at(-1)
  if (kept) return kept.tariffId
  throw new Refusal('rule', 'plan_missing', 'Choose a plan; there is none to keep.')
}

/** A deposit, by what the request or the client's policy says, or by the credit rating of an account with history. */
export const assessDepositStep: StepDefinition = {
  keeps: true,
  async act(tx, work) {
    const { request, day, now, actor } = work
    const account = accountOf(request)
    const amountCents = await depositCents(tx, work)
    if (amountCents === 0) return { status: 'skipped', message: 'No deposit is needed.' }
    const deposit = { ...account, amountCents, reason: 'new_service' as const, day, now, actor }
    const { contractNumber } = await assessDeposit(tx, { ...deposit, requestedBy: request.requestedBy })
    return {
      status: 'done',
      made: { contractNumber },
      message: `A deposit of ${amountCents} cents is asked for.`,
    }
  },
  async undo(tx, { request, day, now, actor }, { contractNumber = 0 }) {
    const act = { customerId: accountOf(request).customerId, contractNumber, day, now, actor }
    const reason = 'Service does not start.'
    const { error } = await apart(tx, () => waiveDeposit(tx, { ...act, reason }))
    if (error instanceof Refusal && error.code === 'deposit_paid') await refundDeposit(tx, { ...act, reason })
    else if (error !== undefined) throw error
  },
}

async function depositCents(tx: Tx, { request, day, policy }: StepWork): Promise<Cents> {
  const { depositCents } = request.terms
  if (depositCents !== undefined) return depositCents
  const account = accountOf(request)
  if (madeBy(request, 'open_account').accountNumber !== undefined) return policy.newAccountDepositCents
  if (!(await creditRating(tx, account, day)).depositDue) return 0
  return (await recommendDeposit(tx, { ...account, day })).amountCents
}

/** On the day: who had service gives it up, the new agreements are active. */
export const beginService: StepDefinition = {
  on: 'start',
  async act(tx, work) {
    const waits = await fieldWorkFirst(tx, work)
    if (waits) return waits
    const { request, now } = work
    const { startDate } = request
    const { customerId } = accountOf(request)
    const { agreementIds = [] } = madeBy(request, 'start_agreements')
    for (const key of madeBy(request, 'release_landlord').landlordAgreements ?? []) {
      const { status } = await getAgreement(tx, key)
      if (status === 'pending_stop' && startDate !== null)
        await stopAgreement(tx, { ...key, endDate: startDate, now })
    }
    for (const agreementId of agreementIds)
      await actOnAgreement(tx, { customerId, agreementId, action: 'activate' })
    await tellService(tx, work, 'service.started', agreementIds)
    return DONE
  },
}
