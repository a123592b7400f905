import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays } from '../../../platform/time.ts'
import { getAgreement, stopAgreement } from '../../agreements/index.ts'
import { completeFinalBill } from '../../billing/index.ts'
import { audit } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import type { Rules } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { type Severance, severanceSubject } from './severance.ts'

/**
 * This will stop the agreements of a process that were cut so many days ago, with the day of the cut as the first without
 * service, so that their next bill is the final one. Answers which, and whether some are not so far.
 */
export async function stopCutAgreements(
  tx: Tx,
  rules: Rules,
  process: CollectionProcess,
  days: number,
): Promise<{ agreementIds: number[]; waits: boolean }> {
  const active = await selectSeverances(tx, [process.customerId], { active: true })
  const own = active.filter((one) => one.processId === process.processId)
  const ready = own.filter((one) => one.cutOn !== null && addDays(one.cutOn, days) <= rules.day)
  for (const severance of ready) await stop(tx, rules, severance)
  return { agreementIds: ready.map((one) => one.agreementId), waits: ready.length < own.length }
}

async function stop(tx: Tx, rules: Rules, severance: Severance): Promise<void> {
  const { clientId, day, now, actor } = rules
  const { customerId, agreementId, accountNumber, cutOn } = severance
  const agreement = await getAgreement(tx, { customerId, agreementId })
  const endDate = cutOn !== null && cutOn > agreement.startDate ? cutOn : day
  if (agreement.status === 'active' || agreement.status === 'pending_stop')
    await stopAgreement(tx, { customerId, agreementId, endDate, now })
  await billFinally(tx, rules, severance)
  await updateSeverance(tx, severance, {
    finalBilledOn: day,
    status: 'inactive',
    endedOn: day,
    endReason: 'stopped',
  })
  const subject = severanceSubject(severance)
  const payload = { customerId, accountNumber, agreementId, endDate, cause: 'collections' }
  await audit(tx, { clientId, at: now, actor, operation: 'stopCutAgreement', subject, detail: payload })
  await emit(tx, [
    {
      clientId,
      at: now,
      type: 'service.stopped',
      subject: `agreement:${customerId}-${agreementId}`,
      payload,
    },
  ])
}

/** What keeps an agreement from its final bill does not keep it from being stopped. */
async function billFinally(tx: Tx, rules: Rules, severance: Severance): Promise<void> {
  const { clientId, day, now, actor } = rules
  const { customerId, agreementId, accountNumber } = severance
  const key = { customerId, agreementId, accountNumber }
  const { error } = await apart(tx, () => completeFinalBill(tx, { ...key, billDate: day, now, actor }))
  if (error === undefined) return
  if (!(error instanceof Refusal)) throw error
  await openWorkItems(tx, [
    {
      ...{ clientId, customerId, createdAt: now, priority: 2 },
      subject: `agreement:${customerId}-${agreementId}`,
      kind: 'final_bill_held',
      reasonCode: error.code,
      reason: `Service was cut and stopped, but its final bill could not be made: ${error.message}`,
      remedy: 'Correct what the reason names, then make the final bill.',
    },
  ])
}
