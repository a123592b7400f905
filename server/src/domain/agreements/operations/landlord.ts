import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import type { ServiceKind } from '../../metering/index.ts'
import { getPremise } from '../../premises/index.ts'
import {
  isInSeason,
  type Landlord,
  type LandlordKey,
  type LandlordService,
  type Reversion,
} from '../landlord.ts'
import { checkPeriod, overlaps } from '../period.ts'
import * as store from '../store/landlord.ts'
import { requirePlan } from './agreement.ts'

interface Act {
  now: Instant
  actor: Actor
}

/**
 * This will note that service reverts to an account when tenants leave, for some kinds of service, and answer the
 * landlord's id. Premises are added apart. Refuses no service, a plan of another kind, half a season. Locks the customer.
 */
export async function createLandlordAgreement(
  tx: Tx,
  input: AccountKey & Act & { description?: string; services: readonly LandlordService[] },
): Promise<number> {
  const { customerId, services, description = '', now, actor } = input
  const clientId = clientOf(customerId)
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  if (services.length === 0)
    throw new Refusal('malformed', 'landlord_services_missing', 'Say which kinds of service revert.')
  for (const service of services) {
    await requirePlan(tx, clientId, service.tariffId, service.serviceKind)
    if ((service.seasonStart === null) !== (service.seasonEnd === null))
      throw new Refusal('malformed', 'landlord_season_half', 'A season needs its first day and its end.')
  }
  const { accountNumber } = input
  const row = { clientId, customerId, accountNumber, description, createdAt: now, createdBy: actor.actor }
  const landlordId = await store.insertLandlord(tx, row, services)
  await tell(tx, 'createLandlordAgreement', { clientId, landlordId }, input, { customerId, accountNumber })
  return landlordId
}

/** This will put a premise under a landlord's agreement for a time. Refuses one that is under one in that time already. */
export async function addLandlordPremise(
  tx: Tx,
  input: LandlordKey & Act & { premiseId: number; startDate: LocalDate; endDate?: LocalDate },
): Promise<void> {
  const { clientId, landlordId, premiseId, startDate } = input
  await getLandlordAgreement(tx, input)
  await getPremise(tx, clientId, premiseId)
  const period = { startDate, endDate: input.endDate ?? null }
  checkPeriod(period)
  const present = await store.selectPremises(tx, clientId, { premiseId })
  if (present.some((one) => overlaps(one, period)))
    throw new Refusal(
      'conflict',
      'premise_has_landlord',
      'The premise is under a landlord’s agreement in that time; end that first.',
    )
  await store.insertPremise(tx, { clientId, landlordId, premiseId, ...period })
  await tell(tx, 'addLandlordPremise', input, input, { premiseId, ...period })
}

/** This will take a premise out of a landlord's agreement from a day on. Refuses one that is not under it. */
export async function endLandlordPremise(
  tx: Tx,
  input: LandlordKey & Act & { premiseId: number; endDate: LocalDate },
): Promise<void> {
  const { clientId, landlordId, premiseId, endDate } = input
  const present = await store.selectPremises(tx, clientId, { premiseId })
  const open = present.find((one) => one.landlordId === landlordId && one.endDate === null)
  if (!open)
    throw new Refusal('conflict', 'premise_without_landlord', 'The premise is not under this agreement.')
  checkPeriod({ startDate: open.startDate, endDate })
  await store.updatePremiseEnd(tx, { clientId, ...open, endDate })
  await tell(tx, 'endLandlordPremise', input, input, { premiseId, endDate })
}

/** This will read a landlord's agreement. Refuses an unknown one. */
export async function getLandlordAgreement(tx: Tx, key: LandlordKey): Promise<Landlord> {
  const [landlord] = await store.selectLandlords(tx, key.clientId, { landlordId: key.landlordId })
  if (landlord) return landlord
  throw new Refusal('not_found', 'landlord_unknown', `There is no landlord agreement ${key.landlordId}.`)
}

/** This will list the landlords' agreements of a client, or of one customer. */
export function landlordAgreements(
  tx: Tx,
  { clientId, customerId }: { clientId: number; customerId?: number },
): Promise<Landlord[]> {
  return store.selectLandlords(tx, clientId, customerId === undefined ? {} : { customerId })
}

/** This will tell who takes a kind of service at a premise on a day when no tenant does; undefined: nobody. */
export async function landlordServiceAt(
  tx: Tx,
  input: { clientId: number; premiseId: number; serviceKind: ServiceKind; day: LocalDate },
): Promise<Reversion | undefined> {
  const { clientId, premiseId, serviceKind, day } = input
  const present = await store.selectPremises(tx, clientId, { premiseId })
  const now = present.find((one) => one.startDate <= day && (one.endDate === null || day < one.endDate))
  if (!now) return undefined
  const { landlordId, customerId, accountNumber, services } = await getLandlordAgreement(tx, {
    clientId,
    ...now,
  })
  const service = services.find((one) => one.serviceKind === serviceKind && isInSeason(one, day))
  return service && { clientId, landlordId, customerId, accountNumber, tariffId: service.tariffId }
}

async function tell(
  tx: Tx,
  operation: string,
  { clientId, landlordId }: LandlordKey,
  { now, actor }: Act,
  detail: Record<string, unknown>,
): Promise<void> {
  const subject = `landlord:${landlordId}`
  await audit(tx, { clientId, at: now, actor, operation, subject, detail })
}
