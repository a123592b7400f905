import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { getClient } from '../../identity/index.ts'

/** What a client may decide about starts and stops, under `serviceRequests` of its settings. */
const ServiceRequestPolicy = z.object({
  /** So much past due on any file of the person stands in the way of a start. */
  debtToleranceCents: z.int().min(0).default(0),
  /** How far back, and ahead, service may be started or stopped. */
  backDays: z.int().min(0).default(60),
  aheadDays: z.int().min(1).default(180),
  /** The contract may be left without cost for so many days; 0: never flagged. */
  coolingOffDays: z.int().min(0).default(0),
  /** Whether the field switches off what stops, unless somebody else takes the service over. */
  disconnectOnStop: z.boolean().default(true),
  /** How long after a stop service can be taken up again as if it had not stopped. */
  reinstateDays: z.int().min(0).default(30),
  /** How long both places of a transfer may be served. */
  overlapDays: z.int().min(0).default(30),
  /** Asked of an account without history; 0: none. Of one with history: two average bills when its score is low. */
  newAccountDepositCents: z.int().min(0).default(0),
  /** A smaller credit that is left after the final bill is not paid out by check. */
  refundFromCents: z.int().min(1).default(100),
})
export type ServiceRequestPolicy = z.infer<typeof ServiceRequestPolicy>

/** What holds where a client decided nothing. */
export const DEFAULT_POLICY: ServiceRequestPolicy = ServiceRequestPolicy.parse({})

/** This will read what a client decided about service requests; what it left open has its default. */
export async function serviceRequestPolicy(tx: Tx, clientId: number): Promise<ServiceRequestPolicy> {
  const { settings } = await getClient(tx, clientId)
  return ServiceRequestPolicy.parse(settings.serviceRequests ?? {})
}
