import { makePromise } from '../../src/domain/receivables/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { ACTOR, NOW, type Town } from './billed-town.ts'

/** This will have home 1 of a billed town promise to pay 40.00 in two halves: contract 1. */
export async function promiseTown(db: Database, { homes }: Pick<Town, 'homes'>): Promise<void> {
  const [home] = homes
  if (!home) throw new Error('the town has no home')
  const { customerId, accountNumber, agreementId: coversAgreementId } = home
  const payments = [
    { dueDate: '2026-04-10', amountCents: 2000 },
    { dueDate: '2026-04-24', amountCents: 2000 },
  ]
  const promise = { amountCents: 4000, payments, requestedBy: 'Home Number 1', day: '2026-04-02' }
  const scope = { customerId, accountNumber, coversAgreementId }
  await db.transaction((tx) => makePromise(tx, { ...scope, ...promise, now: NOW, actor: ACTOR }))
}
