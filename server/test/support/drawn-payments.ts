import { saveSettings } from '../../src/domain/identity/index.ts'
import {
  addPaymentMethod,
  finishHostedSession,
  openHostedSession,
  payNow,
  saveGatewayAccount,
} from '../../src/domain/payments/index.ts'
import { createGateways, SANDBOX_METHODS } from '../../src/gateways/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createOutgoing } from '../../src/platform/outgoing.ts'
import { ACTOR, NOW, type Town } from './billed-town.ts'

/** This will take payments of the first two homes through the sandbox: one drawn from a card, one paid on its page. */
export async function drawPayments(db: Database, { clientId, homes }: Town): Promise<void> {
  const [first, second] = homes
  const [card] = SANDBOX_METHODS
  if (!first || !second || !card) throw new Error('the town has two homes, the sandbox a card')
  const done = { now: NOW, actor: ACTOR }
  const clock = () => NOW
  const fieldKey = Buffer.alloc(32, 7)
  const outgoing = createOutgoing({ allowHosts: [] })
  const gateways = createGateways({
    database: db,
    clock,
    fieldKey,
    outgoing,
    publicUrl: 'https://town.example',
  })
  const work = { database: db, clock, actor: ACTOR, gateways }
  const { label: _label, behaviour: _behaviour, ...method } = card
  await db.transaction(async (tx) => {
    await saveGatewayAccount(tx, {
      clientId,
      gateway: 'sandbox',
      settings: {},
      secrets: {},
      fieldKey,
      ...done,
    })
    await saveSettings(tx, { clientId, section: 'payments', value: { gateway: 'sandbox' }, ...done })
    const { customerId } = first
    await addPaymentMethod(tx, { customerId, gateway: 'sandbox', method, fieldKey, ...done })
  })
  await payNow(work, { ...first, methodNumber: 1, amountCents: 300 })
  const page = await openHostedSession(work, {
    ...second,
    amountCents: 400,
    returnUrl: 'https://town.example/paid',
  })
  await gateways.sandbox.pay(page.reference, card.token)
  await finishHostedSession(work, page)
}
