import { addProtection, startCollection } from '../../src/domain/collections/index.ts'
import { tellCustomers } from '../../src/domain/notices/index.ts'
import { addPaymentMethod, schedulePayment, startAutopay } from '../../src/domain/payments/index.ts'
import { assessDeposit, startArrangement } from '../../src/domain/receivables/index.ts'
import { SANDBOX_METHODS } from '../../src/gateways/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { ACTOR, type Home, NOW } from './billed-town.ts'

const TODAY = '2026-04-02'

/**
 * This will give a home whose bills are past due everything that money can have: collection that a protection and an
 * arrangement limit, a deposit, ways to pay and a notice.
 */
export async function makeBusy(
  db: Database,
  { clientId, busy }: { clientId: number; busy: Home },
): Promise<void> {
  const { customerId, accountNumber } = busy
  const account = { customerId, accountNumber }
  const done = { now: NOW, actor: ACTOR }
  await db.transaction(async (tx) => {
    await startCollection(tx, { ...account, debtClass: 'regulated', ...done })
    const sick = { evidence: 'Certificate of Dr. Ruiz', reason: 'Asthma', endDate: '2026-05-01' }
    await addProtection(tx, { ...account, kind: 'medical', startDate: TODAY, ...sick, ...done })
    const deposit = { amountCents: 30_000, instalments: 3, reason: 'credit' as const, dueDate: '2026-04-20' }
    await assessDeposit(tx, { ...account, ...deposit, day: TODAY, ...done })
    const rest = { amountCents: 4_000, split: { count: 2 }, requestedBy: 'Home', note: 'Paid by her sister' }
    await startArrangement(tx, { ...account, ...rest, day: TODAY, ...done })
    const method = SANDBOX_METHODS.find(({ token }) => token === 'sandbox-card-good')
    if (!method) throw new Error('the sandbox has no good card')
    const { label: _, behaviour: __, ...tokenised } = method
    const added = { customerId, gateway: 'sandbox', method: tokenised, fieldKey: Buffer.alloc(32, 7) }
    const methodNumber = await addPaymentMethod(tx, { ...added, ...done })
    const terms = { methodNumber, drawRule: { rule: 'days_before' as const, days: 3 }, limitCents: 30_000 }
    await startAutopay(tx, { ...account, ...terms, startDate: TODAY, ...done })
    await schedulePayment(tx, {
      ...account,
      methodNumber,
      amountCents: 2500,
      drawDate: '2026-04-10',
      ...done,
    })
    const facts = { amountCents: 30_000 }
    const telling = { ...account, templateCode: 'deposit_assessed', cause: 'test:1', facts }
    await tellCustomers(tx, { clientId, tellings: [telling], ...done })
  })
}
