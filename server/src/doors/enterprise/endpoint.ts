import type { StaffCaller } from '../../domain/identity/index.ts'
import type { Renderer } from '../../formats/pdf/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { DoorSide } from '../../platform/http/door.ts'
import { endpointsFor } from '../../platform/http/endpoint.ts'
import type { Clock } from '../../platform/time.ts'

/** What the server lends to the door. */
export interface EnterpriseServices {
  renderer: Pick<Renderer, 'render'>
  /** Keys the hashes of session tokens. */
  tokenKey: Buffer
  /** Sessions live by the machine's clock, so that moving the demo's clock signs nobody out. */
  wallClock: Clock
  /** Wakes workers for a bill run, in the caller's transaction. */
  wakeBillRun(tx: Tx, run: { clientId: number; runId: number }): Promise<void>
  /** Has a worker draw a requested payment, in the caller's transaction. */
  wakeDraw(tx: Tx, request: { customerId: number; requestNumber: number }): Promise<void>
  /** Seals what must not be read in rows: tokens of payment methods. */
  fieldKey: Buffer
}

/**
 * `client`: everything belongs to the caller's client, and a child is resolved through its whole parent chain.
 * `operator`: any client of the installation, for those with an `operator` permission.
 */
export type EnterpriseScope = 'client' | 'operator' | 'public'

export type EnterpriseSide = DoorSide<StaffCaller, EnterpriseServices, EnterpriseScope>

export const endpoint = endpointsFor<EnterpriseSide>()
