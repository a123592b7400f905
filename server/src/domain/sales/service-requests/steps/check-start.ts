import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../../platform/money.ts'
import { addDays, daysBetween, type LocalDate } from '../../../../platform/time.ts'
import { formatAccountId } from '../../../agreements/index.ts'
import { customersOfPerson, getBillingAccount, getCustomer, getPersons } from '../../../customers/index.ts'
import type { ServicePoint } from '../../../metering/index.ts'
import { getPremise } from '../../../premises/index.ts'
import { balances } from '../../../receivables/index.ts'
import { selectHolds } from '../../store/switch-hold.ts'
import type { ServiceRequestPolicy } from '../policy.ts'
import type { ServiceRequest } from '../request.ts'
import { DONE, type StepDefinition, type StepWork } from '../step.ts'
import { holdersFrom, isOfLandlord, pointsToStart, reversionOf } from './places.ts'

/** Whether service may start: the place, the account, the day, and what the person owes elsewhere. */
export const checkStart: StepDefinition = {
  async act(tx, work) {
    const { request, day, policy } = work
    const startDate = requireDay(request.startDate, day, policy)
    await getPremise(tx, request.clientId, request.premiseId)
    const points = await pointsToStart(tx, request)
    for (const point of points) await requireFree(tx, request, point, startDate)
    await refuseHeld(tx, request, startDate)
    await requireAccount(tx, request)
    if (request.kind === 'start') await refuseDebt(tx, work)
    else requireOverlap(request, policy)
    return DONE
  },
}

/** This will refuse a day that is further away than the client allows. */
export function requireDay(
  wanted: LocalDate | null,
  day: LocalDate,
  { backDays, aheadDays }: ServiceRequestPolicy,
): LocalDate {
  if (wanted === null) throw new Error('the request was kept without its date')
  const [first, last] = [addDays(day, -backDays), addDays(day, aheadDays)]
  if (first <= wanted && wanted <= last) return wanted
  throw new Refusal('rule', 'service_date_range', `Choose a day from ${first} to ${last}; ${wanted} is not.`)
}

async function requireFree(
  tx: Tx,
  { premiseId }: ServiceRequest,
  point: ServicePoint,
  startDate: LocalDate,
): Promise<void> {
  const { servicePointId } = point
  if (point.premiseId !== premiseId)
    throw new Refusal(
      'rule',
      'service_point_elsewhere',
      `Service point ${servicePointId} is not at premise ${premiseId}; choose one of that premise.`,
    )
  if (point.status === 'retired')
    throw new Refusal('conflict', 'service_point_retired', `Service point ${servicePointId} is retired.`)
  const landlord = await reversionOf(tx, point, startDate)
  const holder = (await holdersFrom(tx, servicePointId, startDate)).find(
    (one) => !isOfLandlord(one, landlord),
  )
  if (!holder) return
  throw new Refusal(
    'conflict',
    'service_point_taken',
    `Account ${formatAccountId(holder)} has service at service point ${servicePointId} on or after ${startDate}; stop it first.`,
  )
}

async function refuseHeld(tx: Tx, { clientId, terms }: ServiceRequest, day: LocalDate): Promise<void> {
  const ids = (terms.services ?? []).flatMap(({ servicePointIds }) => servicePointIds)
  const hold = (await selectHolds(tx, clientId, ids)).find(
    (one) => one.startDate <= day && (one.endDate === null || day < one.endDate),
  )
  if (!hold) return
  throw new Refusal(
    'conflict',
    'switch_hold',
    `Service point ${hold.servicePointId} is held since ${hold.startDate}: ${hold.reason} Have the hold lifted first.`,
  )
}

async function requireAccount(tx: Tx, { customerId, accountNumber }: ServiceRequest): Promise<void> {
  if (customerId === null || accountNumber === null) return
  const account = await getBillingAccount(tx, { customerId, accountNumber })
  if (account.status === 'active') return
  throw new Refusal('conflict', 'billing_account_closed', `Billing account ${accountNumber} is closed.`)
}

/** What is past due on any file of the person, this one included. */
async function refuseDebt(tx: Tx, { request, day, policy }: StepWork): Promise<void> {
  if (request.terms.acceptDebt) return
  const personId = await personOf(tx, request)
  const files = await customersOfPerson(tx, request.clientId, personId)
  const pastDueCents: Cents = sumCents((await balances(tx, files, day)).map((one) => one.pastDueCents))
  if (pastDueCents <= policy.debtToleranceCents) return
  throw new Refusal(
    'rule',
    'debt_past_due',
    `The person has ${pastDueCents} cents past due; have it paid or arranged, or accept the debt.`,
  )
}

async function personOf(tx: Tx, { clientId, customerId, terms }: ServiceRequest): Promise<number> {
  const fileId = customerId ?? terms.newAccount?.customerId
  if (fileId !== undefined) return (await getCustomer(tx, fileId)).mainPersonId
  const [person] = await getPersons(tx, [terms.newAccount?.personId ?? 0])
  if (person?.clientId === clientId) return person.personId
  throw new Refusal('not_found', 'person_unknown', 'There is no such person; record the person first.')
}

function requireOverlap(request: ServiceRequest, { overlapDays }: ServiceRequestPolicy): void {
  const { startDate, stopDate } = request
  if (startDate === null || stopDate === null || startDate >= stopDate) return
  if (daysBetween(startDate, stopDate) <= overlapDays) return
  throw new Refusal(
    'rule',
    'overlap_too_long',
    `Both places are served from ${startDate} to ${stopDate}; at most ${overlapDays} days are allowed.`,
  )
}
