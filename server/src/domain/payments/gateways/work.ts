import type { Database, Tx } from '../../../platform/db/index.ts'
import type { Clock } from '../../../platform/time.ts'
import type { Actor } from '../../identity/index.ts'
import type { Gateway } from './gateway.ts'

/** The gateways of an installation, handed in by who runs the domain. */
export interface Gateways {
  /** Opens tokens and secrets. */
  fieldKey: Buffer
  /** Opens a client's account with a gateway. Refuses `gateway_unknown`, `gateway_disabled`, `gateway_not_configured`. */
  of(tx: Tx, clientId: number, code: string): Promise<Gateway>
}

/** What acts need that speak with a gateway: no transaction is open while the gateway is asked. */
export interface GatewayWork {
  database: Database
  clock: Clock
  actor: Actor
  gateways: Gateways
}
