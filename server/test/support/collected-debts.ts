import { stopAgreement } from '../../src/domain/agreements/index.ts'
import {
  collectDebt,
  collectionPaths,
  dismissWriteOff,
  dispatchCut,
  fileBankruptcy,
  noteFieldWork,
  reviewCollections,
  saveCollectionPath,
  severancesOf,
  writeOffAgreement,
} from '../../src/domain/collections/index.ts'
import { completeFieldActivity } from '../../src/domain/field/index.ts'
import { recordPayment } from '../../src/domain/payments/index.ts'
import { createAdjustment } from '../../src/domain/receivables/index.ts'
import type { Database, Tx } from '../../src/platform/db/index.ts'
import { ACTOR, addHome, type Home, NOW, type Town } from './billed-town.ts'

const done = { now: NOW, actor: ACTOR }
/** A Thursday, and the town's day at that moment. */
const TODAY = '2026-04-02'

/**
 * This will add homes whose debt is being collected: 20 is cut, 21 is written off and pays a part, 22 was written off, paid
 * a part and is back, 23 is bankrupt.
 */
export async function collectDebts(db: Database, town: Town): Promise<void> {
  const { clientId } = town
  await db.transaction((tx) => saveQuickPath(tx, clientId))
  const [cut] = await db.transaction(async (tx) => {
    const homes = []
    for (const number of [20, 21, 22, 23]) homes.push(await addDebtor(tx, town, number))
    const [, written, dismissed, bankrupt] = homes
    for (const home of [written, dismissed]) if (home) await writeOff(tx, home, clientId)
    if (dismissed) await dismissWriteOff(tx, { ...dismissed, dismissalDate: TODAY, ...done })
    const petition = { caseNumber: '26-1', chapter: '13' as const, evidence: 'Notice', filedOn: TODAY }
    if (bankrupt) await fileBankruptcy(tx, { ...bankrupt, ...petition, ...done })
    return homes
  })
  await collectDebt({ database: db, clock: () => NOW, actor: ACTOR }, { clientId, day: TODAY })
  if (cut) await db.transaction((tx) => cutOff(tx, cut, clientId))
}

/** Only debt of 500.00 and more is cut, the same day. */
async function saveQuickPath(tx: Tx, clientId: number): Promise<void> {
  const [home] = await collectionPaths(tx, clientId)
  if (!home) throw new Error('the town has collection paths')
  const steps = home.steps
    .filter((step) => ['disconnect_notice', 'cut', 'final_bill'].includes(step.kind))
    .map((step, index) => ({
      ...step,
      countsFrom: index === 0 ? ('start' as const) : ('step' as const),
      days: step.kind === 'final_bill' ? 15 : 0,
      noticeDays: step.noticeDays === null ? null : 0,
    }))
  const path = { ...home, pathCode: 'quick', priority: 1, minDaysPastDue: 1, minAmountCents: 50_000, steps }
  await saveCollectionPath(tx, { clientId, path, ...done })
}

async function addDebtor(tx: Tx, town: Town, number: number): Promise<Home> {
  const home = await addHome(tx, town, { number, measured: false })
  const debit = { type: 'billing_correction', direction: 'debit' as const, amountCents: 30_000 }
  const dates = { effectiveDate: '2026-02-05', dueDate: '2026-02-26' }
  for (let half = 0; half < 2; half++) await createAdjustment(tx, { ...home, ...debit, ...dates, ...done })
  return home
}

async function writeOff(tx: Tx, home: Home, clientId: number): Promise<void> {
  await stopAgreement(tx, { ...home, endDate: '2026-03-01', ...done })
  await writeOffAgreement(tx, { ...home, writeOffDate: TODAY, ...done })
  const accounts = [{ ...home, amountCents: 1_000 }]
  const how = { source: 'counter' as const, tender: { method: 'cash' as const } }
  await recordPayment(tx, { payerCustomerId: home.customerId, accounts, paymentDate: TODAY, ...how, ...done })
  await reviewCollections(tx, { clientId, customerIds: [home.customerId], day: TODAY, ...done })
}

async function cutOff(tx: Tx, { customerId }: Home, clientId: number): Promise<void> {
  const [severance] = await severancesOf(tx, customerId)
  const activityId = severance?.cutActivityId
  if (!severance || activityId == null) throw new Error('the cut is ordered')
  await dispatchCut(tx, { ...severance, ...done })
  const result = { outcome: 'done' as const }
  await completeFieldActivity(tx, { clientId, activityId, completedAt: NOW, result, ...done })
  await noteFieldWork(tx, { clientId, activityId, ...done })
}
