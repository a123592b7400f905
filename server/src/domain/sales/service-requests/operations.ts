import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import { requireAmount } from '../../../platform/money.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { getPremise } from '../../premises/index.ts'
import * as store from '../store/request.ts'
import { tell } from './outcome.ts'
import { planSteps } from './plan.ts'
import { serviceRequestPolicy } from './policy.ts'
import { getServiceRequest } from './queries.ts'
import {
  type RequestKey,
  type RequestTerms,
  requestAfter,
  type ServiceRequest,
  type ServiceToStart,
  type WholeRequest,
} from './request.ts'
import { isBound, type StepWork } from './step.ts'
import { customersOf, STEPS } from './steps/index.ts'
import type { NewAccountTerms } from './terms.ts'
import { dropPending, undoSteps } from './undo.ts'

interface Act {
  now: Instant
  actor: Actor
}

interface Account {
  customerId: number
  accountNumber: number
}

/** Service for an account that is there, or for a new one. */
export type StartWish = { kind: 'start'; premiseId: number; startDate: LocalDate } & {
  services: readonly ServiceToStart[]
  /** Instead of what the client's policy says; 0: none. */
  depositCents?: Cents
  /** Debt that is past due elsewhere does not stand in the way: somebody has decided so. */
  acceptDebt?: boolean
} & (Account | { newAccount: NewAccountTerms })

export type StopWish = Account & {
  kind: 'stop'
  stopDate: LocalDate
  agreementIds: readonly number[]
  /** Whether the field switches service off; the client's policy when absent. */
  disconnect?: boolean
}

/** Service stops at one place and starts at another; plans that are not chosen are kept. */
export type TransferWish = Account & {
  kind: 'transfer'
  startDate: LocalDate
  stopDate: LocalDate
  agreementIds: readonly number[]
  premiseId: number
  services: readonly ServiceToStart[]
  disconnect?: boolean
}

export type ReinstateWish = Account & { kind: 'reinstate'; agreementIds: readonly number[] }

export type NewServiceRequest = Act & {
  clientId: number
  /** In their own words: the customer, a broker, a clerk. */
  requestedBy: string
  reason?: string
} & (StartWish | StopWish | TransferWish | ReinstateWish)

/**
 * This will write down what a customer wants, with the steps that it takes, and answer the request's id. Nothing happens
 * until it is submitted. Refuses what it cannot name: an account, agreement or premise that the client does not have, no
 * service at all, a start without a plan.
 */
export async function draftServiceRequest(tx: Tx, input: NewServiceRequest): Promise<number> {
  const { clientId, kind, requestedBy, reason = '', now, actor } = input
  const wish = await readWish(tx, input)
  await getPremise(tx, clientId, wish.premiseId)
  const row = { clientId, kind, requestedBy, reason, createdAt: now, createdBy: actor.actor, ...wish }
  const requestId = await store.insertRequest(tx, row)
  const policy = await serviceRequestPolicy(tx, clientId)
  const key = { clientId, requestId }
  await store.insertSteps(tx, key, planSteps(row, policy))
  const request = await getServiceRequest(tx, key)
  await tell(tx, { request, now, actor }, 'draftServiceRequest')
  return requestId
}

type Wish = Pick<
  ServiceRequest,
  'customerId' | 'accountNumber' | 'premiseId' | 'fromPremiseId' | 'startDate' | 'stopDate' | 'terms'
>

async function readWish(tx: Tx, input: NewServiceRequest): Promise<Wish> {
  const account =
    'customerId' in input ? await requireAccount(tx, input) : { customerId: null, accountNumber: null }
  const none = { fromPremiseId: null, startDate: null, stopDate: null }
  if (input.kind === 'start') {
    const { startDate, premiseId, services, depositCents, acceptDebt } = input
    requireServices(services, true)
    if (depositCents !== undefined && depositCents !== 0) requireAmount(depositCents, 'The deposit')
    const terms: RequestTerms = {
      services,
      ...('newAccount' in input && { newAccount: input.newAccount }),
      ...(depositCents !== undefined && { depositCents }),
      ...(acceptDebt && { acceptDebt }),
    }
    return { ...none, ...account, premiseId, startDate, terms }
  }
  const { agreementIds } = input
  const place = await placeOf(tx, input)
  if (input.kind === 'reinstate') return { ...none, ...account, premiseId: place, terms: { agreementIds } }
  const { stopDate, disconnect } = input
  const stopping = { agreementIds, ...(disconnect !== undefined && { disconnect }) }
  if (input.kind === 'stop') return { ...none, ...account, premiseId: place, stopDate, terms: stopping }
  const { premiseId, startDate, services } = input
  requireServices(services, false)
  return {
    ...account,
    premiseId,
    fromPremiseId: place,
    startDate,
    stopDate,
    terms: { ...stopping, services },
  }
}

async function requireAccount(tx: Tx, input: Account & { clientId: number }): Promise<Account> {
  const { clientId, customerId, accountNumber } = input
  if (clientOf(customerId) !== clientId)
    throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  await getBillingAccount(tx, input)
  return { customerId, accountNumber }
}

function requireServices(services: readonly ServiceToStart[], chosen: boolean): void {
  if (services.length === 0 || services.some(({ servicePointIds }) => servicePointIds.length === 0))
    throw new Refusal('malformed', 'service_points_missing', 'Say at which service points service starts.')
  if (chosen && services.some(({ tariffId }) => tariffId === undefined))
    throw new Refusal('malformed', 'plan_missing', 'Choose a plan for each service that starts.')
}

/** The premise of the first agreement that stops or is taken up again. */
async function placeOf(
  tx: Tx,
  { customerId, agreementIds }: { customerId: number; agreementIds: readonly number[] },
): Promise<number> {
  const [agreementId] = agreementIds
  if (agreementId === undefined)
    throw new Refusal('malformed', 'agreements_missing', 'Say which agreements it is about.')
  for (const one of agreementIds) await getAgreement(tx, { customerId, agreementId: one })
  const { premiseId } = await getAgreement(tx, { customerId, agreementId })
  if (premiseId !== null) return premiseId
  throw new Refusal(
    'rule',
    'agreement_without_premise',
    'The agreement has no premise; nothing is served there.',
  )
}

/** This will let a drafted request be worked on from today. Refuses one that was submitted before. */
export async function submitServiceRequest(tx: Tx, input: RequestKey & Act): Promise<void> {
  const { request, day, now, actor } = await locked(tx, input)
  const status = requestAfter(request, 'submit')
  await store.updateRequest(tx, request, { status, dueDate: request.steps[0]?.dueDate ?? day })
  await tell(tx, { request, now, actor }, 'submitServiceRequest', 'service_request.submitted')
}

/** This will draft and submit a request in one act, and answer its id. Refuses what drafting refuses. */
export async function requestService(tx: Tx, input: NewServiceRequest): Promise<number> {
  const requestId = await draftServiceRequest(tx, input)
  await submitServiceRequest(tx, { clientId: input.clientId, requestId, now: input.now, actor: input.actor })
  return requestId
}

/**
 * This will take a request back: a stop is withdrawn, a start is cancelled with all that it made. Refuses once service has
 * begun or ended: then it is stopped, or reinstated. Locks the request and the customers that it touches.
 */
export async function cancelServiceRequest(
  tx: Tx,
  input: RequestKey & Act & { reason: string },
): Promise<void> {
  const work = await locked(tx, input)
  const { request } = work
  const status = requestAfter(request, 'cancel')
  refuseBound(request, 'be cancelled')
  await undoWhole(tx, work)
  await dropPending(tx, work, 'The request was cancelled.')
  await store.updateRequest(tx, request, { status, dueDate: null, endedAt: input.now })
  const { reason } = input
  await tell(tx, work, 'cancelServiceRequest', 'service_request.cancelled', { reason })
}

/**
 * This will move the days of a request: what was arranged for the old ones is undone, and its steps are taken anew. An
 * account and a deposit that it made stay. Refuses once service has begun or ended, and a day that the request does not
 * have. Locks the request and the customers that it touches.
 */
export async function changeServiceDates(
  tx: Tx,
  input: RequestKey & Act & { startDate?: LocalDate; stopDate?: LocalDate },
): Promise<void> {
  const work = await locked(tx, input)
  const { request, day } = work
  const status = requestAfter(request, 'redate')
  refuseBound(request, 'be moved')
  const dates = {
    startDate: moved(request.startDate, input.startDate),
    stopDate: moved(request.stopDate, input.stopDate),
  }
  await undoWhole(tx, work, true)
  const planned = planSteps({ ...request, ...dates }, work.policy)
  await store.deleteSteps(tx, request)
  await store.insertSteps(tx, request, planned)
  for (const step of planned) {
    const kept = request.steps.find((one) => one.kind === step.kind && one.status === 'done')
    if (kept && STEPS[step.kind].keeps)
      await store.updateStep(tx, request, { ...kept, stepNumber: step.stepNumber })
  }
  const dueDate = status === 'draft' ? null : day
  await store.updateRequest(tx, request, { ...dates, status, dueDate })
  await tell(
    tx,
    { ...work, request: { ...request, ...dates } },
    'changeServiceDates',
    'service_request.moved',
  )
}

function moved(present: LocalDate | null, wanted: LocalDate | undefined): LocalDate | null {
  if (wanted === undefined) return present
  if (present !== null) return wanted
  throw new Refusal('rule', 'service_date_unused', 'The request has no such day; it starts or stops nothing.')
}

async function locked(tx: Tx, { clientId, requestId, now, actor }: RequestKey & Act): Promise<StepWork> {
  await store.lockRequest(tx, { clientId, requestId })
  const request = await getServiceRequest(tx, { clientId, requestId })
  await lockCustomers(tx, await customersOf(tx, request))
  const { timeZone } = await getClient(tx, clientId)
  const policy = await serviceRequestPolicy(tx, clientId)
  return { request, day: localDateAt(now, timeZone), policy, now, actor }
}

function refuseBound(request: WholeRequest, action: string): void {
  if (!isBound(request)) return
  throw new Refusal(
    'conflict',
    'service_request_too_late',
    `Service has changed hands already; request ${request.requestId} cannot ${action}. Stop or reinstate the service.`,
  )
}

/** All of it, or with `redate` all that depends on the days. */
async function undoWhole(tx: Tx, work: StepWork, redate = false): Promise<void> {
  const keep = redate ? ({ kind }: { kind: keyof typeof STEPS }) => STEPS[kind].keeps === true : undefined
  const [stuck] = await undoSteps(tx, work, keep)
  if (!stuck) return
  throw new Refusal('conflict', 'service_request_stuck', stuck.message ?? 'A step could not be undone.')
}
