import {
  addPaymentMethod,
  recordPayment,
  saveGatewayAccount,
  schedulePayment,
} from '../../src/domain/payments/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { ACTOR, NOW, type Town } from './billed-town.ts'

/** The key with which a test's server seals. */
export const FIELD_KEY = Buffer.alloc(32, 7)

/**
 * This will have home 1 of a town pay 10.00 by check on 2026-03-02, keep a bank account with the sandbox gateway as
 * payment method 1, and plan to pay 5.00 with it on 2026-04-10: payment request 1.
 */
export async function payTown(db: Database, { clientId, homes }: Town): Promise<void> {
  const [home] = homes
  if (!home) throw new Error('the town has no home')
  const { customerId, accountNumber } = home
  const acted = { now: NOW, actor: ACTOR }
  await db.transaction(async (tx) => {
    await saveGatewayAccount(tx, { clientId, gateway: 'sandbox', settings: {}, secrets: {}, ...acted })
    await recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents: 1000 }],
      paymentDate: '2026-03-02',
      source: 'counter',
      tender: { method: 'check', reference: '4711' },
      ...acted,
    })
    const method = {
      kind: 'bank' as const,
      token: 'tok-bank-of-home-1',
      lastFour: '6789',
      holderName: 'Home Number 1',
      routingNumber: '021000021',
      accountType: 'checking' as const,
    }
    await addPaymentMethod(tx, { customerId, gateway: 'sandbox', method, fieldKey: FIELD_KEY, ...acted })
    const wish = { customerId, accountNumber, methodNumber: 1, amountCents: 500, drawDate: '2026-04-10' }
    await schedulePayment(tx, { ...wish, ...acted })
  })
}
