import { type Gateway, type Gateways, openGatewayAccount } from '../domain/payments/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import type { Outgoing } from '../platform/outgoing.ts'
import { type Clock, systemClock } from '../platform/time.ts'
import { chaseGateway } from './chase.ts'
import type { GatewayParts } from './exchange.ts'
import { type SandboxPages, sandboxGateway, sandboxPages } from './sandbox.ts'
import { stripeGateway } from './stripe.ts'
import { wellsFargoGateway } from './wells-fargo.ts'
import { worldpayGateway } from './worldpay.ts'

export { isOver, type SandboxPages } from './sandbox.ts'
export { SANDBOX_METHODS } from './sandbox-methods.ts'
export type { SandboxSession } from './sandbox-store.ts'

export interface GatewaysOptions {
  database: Database
  fieldKey: Buffer
  outgoing: Outgoing
  /** Business time, for the sandbox. */
  clock: Clock
  /** The machine's time, for signatures; the system's when left out. */
  wallClock?: Clock
  publicUrl: string
}

type Maker = (parts: GatewayParts & { wallClock: Clock }) => Gateway

/** The gateways outside; the sandbox is beside them. */
const MAKERS: Readonly<Record<string, Maker>> = {
  stripe: stripeGateway,
  worldpay: worldpayGateway,
  chase: chaseGateway,
  wells_fargo: wellsFargoGateway,
}

/** This will hand out the gateways of an installation, and the sandbox's payment pages. */
export function createGateways(options: GatewaysOptions): Gateways & { sandbox: SandboxPages } {
  const { fieldKey, outgoing, wallClock = systemClock } = options
  return {
    fieldKey,
    sandbox: sandboxPages(options),
    async of(tx: Tx, clientId: number, code: string): Promise<Gateway> {
      const make = MAKERS[code]
      if (!make && code !== 'sandbox')
        throw new Refusal(
          'rule',
          'gateway_unknown',
          `There is no gateway "${code}"; choose one of ${names()}.`,
        )
      if (code === 'wells_fargo') return wellsFargoGateway()
      const { settings, secrets } = await openGatewayAccount(tx, { clientId, gateway: code, fieldKey })
      return make ? make({ settings, secrets, outgoing, wallClock }) : sandboxGateway(clientId, options)
    },
  }
}

const names = () => ['sandbox', ...Object.keys(MAKERS)].join(', ')
