import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import type { ScheduledPayment } from '../contracts/instalments.ts'
import { type Act, actOnContract, recordAct } from '../contracts/record.ts'
import { debtClasses } from '../debt-class.ts'
import { selectContracts, selectInstalments } from '../store/contract.ts'
import { type PromiseReceipt, selectReceipts, selectShields } from '../store/promise.ts'
import { promisePolicy } from './policy.ts'
import { type PromisedPayment, receivedFor, standingOf } from './promise.ts'
import { promiseTerms } from './terms.ts'

/** A kept promise opens again when its money is taken back within so many days. */
const REOPEN_DAYS = 60

/**
 * This will find the promises of customers that are kept or broken by what was received up to `day`, drop those whose debt
 * is no longer owed, and open again those whose money was taken back. Again: nothing more happens. The caller has locked the customers.
 */
export async function reviewPromises(
  tx: Tx,
  input: Act & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day, now, actor } = input
  const promises = (await selectContracts(tx, customerIds, { kinds: ['promise'] })).filter(
    ({ status, endDate }) =>
      status === 'active' || (status === 'kept' && endDate !== null && addDays(endDate, REOPEN_DAYS) >= day),
  )
  const [first] = promises
  if (!first) return
  const { graceDays } = await promisePolicy(tx, clientOf(first.customerId))
  const schedules = await scheduleOf(tx, promises)
  const receipts = Map.groupBy(await selectReceipts(tx, promises), keyText)
  for (const promise of promises) {
    const payments = schedules.get(keyText(promise)) ?? []
    const standing = standingOf(payments, receipts.get(keyText(promise)) ?? [], { day, graceDays })
    await follow(tx, promise, standing, { day, act: { now, actor } })
  }
}

async function follow(
  tx: Tx,
  promise: Contract,
  standing: 'kept' | 'broken' | 'open',
  { day, act }: { day: LocalDate; act: Act },
): Promise<void> {
  const { amountCents, status } = promise
  if (standing === 'broken' && status === 'active' && (await isGone(tx, promise, day))) {
    const over = await actOnContract(tx, promise, 'cancel', { day, reason: 'nothing_owed' })
    const detail = { reason: 'nothing_owed' }
    return recordAct(tx, over, { operation: 'cancelPromise', event: 'cancelled', detail }, act)
  }
  if (standing === status || (standing === 'open' && status === 'active')) return
  let contract = promise
  if (status === 'kept') {
    contract = await actOnContract(tx, contract, 'reopen', { day, reason: 'payment_taken_back' })
    await recordAct(tx, contract, { operation: 'reopenPromise', event: 'reopened' }, act)
  }
  if (standing === 'open') return
  const action = standing === 'kept' ? 'keep' : 'break'
  const reason = standing === 'kept' ? 'paid' : 'payment_missed'
  const over = await actOnContract(tx, contract, action, { day, reason })
  await recordAct(tx, over, { operation: `${action}Promise`, event: standing, detail: { amountCents } }, act)
}

/** Nothing of what was promised is asked for any more: it was corrected instead of paid. */
async function isGone(tx: Tx, promise: Contract, day: LocalDate): Promise<boolean> {
  const { customerId, accountNumber, contractNumber, coversAgreementId, debtClasses } = promise
  const covered = {
    ...(coversAgreementId !== null && { coversAgreementId }),
    ...(debtClasses !== null && { debtClasses }),
  }
  const scope = { customerId, accountNumber, ...covered, day, except: contractNumber }
  return (await promiseTerms(tx, scope)).askedCents <= 0
}

async function scheduleOf(
  tx: Tx,
  promises: readonly ContractKey[],
): Promise<Map<string, ScheduledPayment[]>> {
  const live = (await selectInstalments(tx, promises)).filter(({ cancelled }) => !cancelled)
  const dated = live.map((one) => ({ ...one, dueDate: one.dueDate ?? '' }))
  return Map.groupBy(dated, keyText)
}

const keyText = ({ customerId, contractNumber }: ContractKey) => `${customerId}-${contractNumber}`

/** This will list the scheduled payments of a promise with what was received for each. */
export async function promisedPayments(
  tx: Tx,
  key: ContractKey,
): Promise<{ payments: PromisedPayment[]; receivedCents: Cents }> {
  const schedule = (await scheduleOf(tx, [key])).get(keyText(key)) ?? []
  const receipts: PromiseReceipt[] = await selectReceipts(tx, [key])
  const receivedCents = receipts.reduce((sum, one) => sum + one.amountCents, 0)
  const payments = schedule.map(({ dueDate, amountCents }) => ({ dueDate, amountCents }))
  return { payments: receivedFor(payments, receivedCents), receivedCents }
}

/** What must not be collected for now, because payment is promised. */
export interface Shield extends AccountKey {
  /** Only this agreement's debt; null: the whole account's. */
  agreementId: number | null
  debtClasses: string[]
  /** The last day, grace included. */
  until: LocalDate
}

/** This will tell what promises keep from being collected on a day. */
export async function activeShields(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<Shield[]> {
  const rows = await selectShields(tx, customerIds)
  const [first] = rows
  if (!first) return []
  const clientId = clientOf(first.customerId)
  const { graceDays } = await promisePolicy(tx, clientId)
  const every = (await debtClasses(tx, clientId)).map(({ code }) => code)
  return rows
    .map(({ customerId, accountNumber, agreementId, debtClasses: named, lastDueDate }) => {
      const until = addDays(lastDueDate, graceDays)
      return { customerId, accountNumber, agreementId, debtClasses: named ?? every, until }
    })
    .filter(({ until }) => until >= day)
}
