import { completeBill } from '../../src/domain/billing/index.ts'
import { saveSettings } from '../../src/domain/identity/index.ts'
import { addPaymentMethod, saveGatewayAccount } from '../../src/domain/payments/index.ts'
import { SANDBOX_METHODS } from '../../src/gateways/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Home } from './billed-town.ts'
import { openWorld, type World } from './world.ts'

/** This will open a world whose client takes payments through the sandbox gateway. */
export async function openPayingWorld(
  db: Database,
  {
    homes = 1,
    from = '2026-02-01',
    months = 3,
    payments = {},
  }: { homes?: number; from?: string; months?: number; payments?: object } = {},
): Promise<World> {
  const world = await openWorld(db, { homes, from, months })
  const { clientId } = world.town
  await world.act(async (tx, done) => {
    const { fieldKey } = world.work.gateways
    await saveGatewayAccount(tx, {
      clientId,
      gateway: 'sandbox',
      settings: {},
      secrets: {},
      fieldKey,
      ...done,
    })
    await saveSettings(tx, {
      clientId,
      section: 'payments',
      value: { gateway: 'sandbox', ...payments },
      ...done,
    })
  })
  return world
}

/** This will give a home one of the sandbox's test methods, also those that its page does not offer. */
export function addTestMethod(world: World, home: Home, token: string): Promise<number> {
  const listed = SANDBOX_METHODS.find((one) => one.token === token)
  const method = listed ?? { kind: 'card' as const, token, lastFour: '0008', holderName: 'Home' }
  const { label: _label, behaviour: _behaviour, ...tokenised } = { label: 0, behaviour: 0, ...method }
  const { customerId } = home
  const { fieldKey } = world.work.gateways
  return world.act((tx, done) =>
    addPaymentMethod(tx, { customerId, gateway: 'sandbox', method: tokenised, fieldKey, ...done }),
  )
}

/** This will complete the bill of a home for the month before the first day of `month`. */
export function billHome(world: World, home: Home, month: string) {
  return world.act((tx, done) =>
    completeBill(tx, { ...home, periodEnd: month, billDate: world.today(), ...done }),
  )
}
