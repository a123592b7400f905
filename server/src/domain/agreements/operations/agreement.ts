import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { getBillingAccount, getCustomer, getSetNumbers, lockCustomers } from '../../customers/index.ts'
import { getServicePoints, lockServicePoints, type ServicePoint } from '../../metering/index.ts'
import { getPremise } from '../../premises/index.ts'
import { getTariff } from '../../tariffs/index.ts'
import { formatAccountId } from '../account-id.ts'
import { type Agreement, type AgreementKey, agreementIdOf } from '../agreement.ts'
import { type AgreementAction, agreementAfter } from '../life-cycle.ts'
import { checkPeriod, type Period } from '../period.ts'
import { getAgreement } from '../queries.ts'
import {
  insertAgreement,
  insertPoints,
  selectAgreementsOfCustomers,
  selectHolders,
  updateAgreement,
} from '../store/agreement.ts'
import { insertPlan, updatePointEnds } from '../store/term.ts'
import { claimExternalAccount } from './external-account.ts'

export interface NewAgreement {
  customerId: number
  setNumber?: number
  /** The next free one of the set when left out. */
  number?: number
  accountNumber: number
  kind?: Agreement['kind']
  serviceKind?: Agreement['serviceKind']
  companyId?: number
  startDate: LocalDate
  premiseId?: number
  points?: { servicePointId: number; sign?: 1 | -1; percent?: string }[]
  /** The plan from the first day on. */
  tariffId?: number
  revenueClass?: string
  debtClass?: string
  billMethod?: Agreement['billMethod']
  externalAccount?: string
  /** It waits to be activated, even when its first day has come. */
  pending?: boolean
  now: Instant
}

/**
 * This will start an agreement with its points and its first plan, and answer its id. It is active when its first day
 * has come where it is served, else pending start. Refuses a point that another service agreement holds at that time,
 * a point or plan of another kind of service, and the utility's account number of another agreement. Locks the
 * customer, then the points.
 */
export async function startAgreement(tx: Tx, input: NewAgreement): Promise<number> {
  const { customerId, kind = 'service', setNumber = 1, startDate } = input
  await lockCustomers(tx, [customerId])
  const customer = await getCustomer(tx, customerId)
  await getBillingAccount(tx, input)
  const points = await takePoints(tx, input, kind, customer.clientId)
  const serviceKind = kind === 'service' ? (input.serviceKind ?? points[0]?.serviceKind ?? null) : null
  if (kind === 'service' && serviceKind === null)
    throw new Refusal(
      'malformed',
      'service_kind_missing',
      'A service agreement needs a kind of service or a service point.',
    )
  checkSameService(points, serviceKind)
  const premiseId = input.premiseId ?? points[0]?.premiseId ?? null
  if (premiseId !== null) await getPremise(tx, customer.clientId, premiseId)
  if (input.tariffId !== undefined) await requirePlan(tx, customer.clientId, input.tariffId, serviceKind)
  const key = { customerId, agreementId: await nextAgreementId(tx, customerId, setNumber, input.number) }
  await claimExternalAccount(tx, customer.clientId, key, input.externalAccount)
  const today = localDateAt(input.now, points[0]?.timeZone ?? 'UTC')
  await insertAgreement(tx, {
    ...key,
    accountNumber: input.accountNumber,
    kind,
    serviceKind,
    companyId: input.companyId ?? customer.companyId,
    status: input.pending || startDate > today ? 'pending_start' : 'active',
    startDate,
    endDate: null,
    premiseId,
    revenueClass: input.revenueClass ?? customer.class,
    debtClass: input.debtClass ?? 'regulated',
    billMethod: input.billMethod ?? 'utility',
    externalAccount: input.externalAccount ?? null,
    createdAt: input.now,
  })
  const served = (input.points ?? []).map((point, index) => ({
    sign: 1 as const,
    percent: '100',
    ...point,
    ...key,
    pointNumber: index + 1,
    startDate,
    endDate: null,
  }))
  await insertPoints(tx, served)
  if (input.tariffId !== undefined)
    await insertPlan(tx, { ...key, assignmentNumber: 1, tariffId: input.tariffId, startDate, endDate: null })
  return key.agreementId
}

async function takePoints(
  tx: Tx,
  input: NewAgreement,
  kind: Agreement['kind'],
  clientId: number,
): Promise<ServicePoint[]> {
  const ids = (input.points ?? []).map((point) => point.servicePointId)
  await lockServicePoints(tx, ids)
  const points = await getServicePoints(tx, ids)
  const stranger = points.find((point) => point.clientId !== clientId)
  if (stranger)
    throw new Refusal(
      'not_found',
      'service_point_unknown',
      `There is no service point ${stranger.servicePointId}.`,
    )
  const { startDate } = input
  if (kind === 'service') await refuseHeldPoints(tx, ids, { startDate, endDate: null }, null)
  return points
}

/** This will refuse points that another service agreement holds at some time of a period. */
export async function refuseHeldPoints(
  tx: Tx,
  servicePointIds: readonly number[],
  { startDate, endDate }: Period,
  except: AgreementKey | null,
): Promise<void> {
  const holders = await selectHolders(tx, servicePointIds, startDate, endDate)
  const holder = holders.find(
    (one) =>
      one.kind === 'service' &&
      (one.customerId !== except?.customerId || one.agreementId !== except.agreementId),
  )
  if (holder)
    throw new Refusal(
      'conflict',
      'service_point_taken',
      `Account ${formatAccountId(holder)} has service at service point ${holder.servicePointId} on or after ${startDate}; stop it first.`,
    )
}

function checkSameService(points: readonly ServicePoint[], serviceKind: Agreement['serviceKind']): void {
  const other = points.find((point) => point.serviceKind !== serviceKind)
  if (other && serviceKind !== null)
    throw new Refusal(
      'rule',
      'service_point_other_service',
      `Service point ${other.servicePointId} is for ${other.serviceKind}, not for ${serviceKind}.`,
    )
}

/** This will refuse a plan that the client does not have, or that prices another kind of service. */
export async function requirePlan(
  tx: Tx,
  clientId: number,
  tariffId: number,
  serviceKind: Agreement['serviceKind'],
): Promise<void> {
  const tariff = await getTariff(tx, clientId, tariffId)
  if (tariff.serviceKind !== serviceKind)
    throw new Refusal(
      'rule',
      'plan_other_service',
      `Plan ${tariff.code} prices ${tariff.serviceKind}; this agreement is for ${serviceKind ?? 'no service'}.`,
    )
}

async function nextAgreementId(
  tx: Tx,
  customerId: number,
  setNumber: number,
  wanted: number | undefined,
): Promise<number> {
  if (!(await getSetNumbers(tx, customerId)).includes(setNumber))
    throw new Refusal('not_found', 'set_unknown', `This customer has no set ${setNumber}; add it first.`)
  const taken = (await selectAgreementsOfCustomers(tx, [customerId]))
    .map((agreement) => agreement.agreementId)
    .filter((id) => Math.floor(id / 10_000) === setNumber)
  const number = wanted ?? Math.max(0, ...taken.map((id) => id % 10_000)) + 1
  const agreementId = agreementIdOf(setNumber, number)
  if (number < 1 || number > 9_999)
    throw new Refusal('rule', 'agreement_number_range', 'An agreement number is 1 to 9999; add another set.')
  if (taken.includes(agreementId))
    throw new Refusal('conflict', 'agreement_number_taken', `Agreement ${number} of set ${setNumber} exists.`)
  return agreementId
}

/**
 * This will stop an agreement on `endDate`, the first day without service: stopped when that day has come where it is
 * served, else pending stop. Its points are free from then on; its plans end with it. Locks the customer.
 */
export async function stopAgreement(
  tx: Tx,
  input: AgreementKey & { endDate: LocalDate; now: Instant },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  checkPeriod({ startDate: agreement.startDate, endDate: input.endDate })
  const today = localDateAt(input.now, agreement.points[0]?.timeZone ?? 'UTC')
  const status = agreementAfter(agreement.status, input.endDate > today ? 'request_stop' : 'stop')
  await updateAgreement(tx, input, { status, endDate: input.endDate })
  await updatePointEnds(tx, input, null, input.endDate)
}

/**
 * This will undo a stop: a pending one is withdrawn, a past one reinstated, and its points serve it again. Refuses
 * when another agreement has taken a point meanwhile. Locks the customer, then the points.
 */
export async function resumeAgreement(tx: Tx, input: AgreementKey): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const action = agreement.status === 'pending_stop' ? 'withdraw_stop' : 'reinstate'
  const status = agreementAfter(agreement.status, action)
  const { endDate } = agreement
  const ended = agreement.points.filter((point) => point.endDate === endDate)
  const ids = ended.map((point) => point.servicePointId)
  await lockServicePoints(tx, ids)
  if (endDate !== null) await refuseHeldPoints(tx, ids, { startDate: endDate, endDate: null }, input)
  await updateAgreement(tx, input, { status, endDate: null })
  await updatePointEnds(tx, input, endDate, null)
}

/** This will take an agreement to the state that an action without dates leads to. Refuses what its state forbids. */
export async function actOnAgreement(
  tx: Tx,
  input: AgreementKey & { action: Extract<AgreementAction, 'activate' | 'cancel' | 'close' | 'reopen'> },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  await updateAgreement(tx, input, { status: agreementAfter(agreement.status, input.action) })
}

/**
 * This will bill an agreement with another account of its customer from now on; what it owes moves with the agreement,
 * bills already made stay where they are. Locks the customer.
 */
export async function moveToBillingAccount(
  tx: Tx,
  input: AgreementKey & { accountNumber: number },
): Promise<void> {
  const agreement = await lockAgreement(tx, input)
  const account = await getBillingAccount(tx, input)
  if (account.status !== 'active')
    throw new Refusal(
      'conflict',
      'billing_account_closed',
      `Billing account ${input.accountNumber} is closed.`,
    )
  if (agreement.accountNumber === input.accountNumber) return
  await updateAgreement(tx, input, { accountNumber: input.accountNumber })
}

/** This will lock the customer and read its agreement with all its terms. Refuses an unknown one. */
export async function lockAgreement(tx: Tx, key: AgreementKey) {
  await lockCustomers(tx, [key.customerId])
  return await getAgreement(tx, key)
}
