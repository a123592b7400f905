import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { audit } from '../../identity/index.ts'
import { closeWorkItemsAbout } from '../../work/index.ts'
import { arrearsAgainst, type Caseload, type Rules } from '../debt/caseload.ts'
import { endSeverances } from '../severance/release.ts'
import { endProcess } from '../store/process.ts'
import { recallReferrals } from '../write-off/agency.ts'
import { type CollectionProcess, type EndReason, processSubject } from './process.ts'

/** Work items that a step makes, so that a person calls. */
export const CALL_KIND = 'collection_call'

/**
 * This will end the processes whose debt has fallen to what releases it, and answer those that go on. Cuts that were
 * ordered are called back, service that was cut is reconnected, the agency gives back what was referred.
 */
export async function endReleased(tx: Tx, rules: Rules, caseload: Caseload): Promise<Caseload['processes']> {
  const going: Caseload['processes'] = []
  for (const process of caseload.processes) {
    const reason = releaseOf(caseload, process)
    if (reason === undefined) going.push(process)
    else await end(tx, rules, process, reason)
  }
  return going
}

function releaseOf(caseload: Caseload, process: CollectionProcess): EndReason | undefined {
  const left = arrearsAgainst(caseload, process)?.amountCents ?? 0
  if (left > process.releaseCents) return undefined
  const same = (one: { customerId: number; accountNumber: number | null }) =>
    one.customerId === process.customerId &&
    (one.accountNumber === null || one.accountNumber === process.accountNumber)
  const { shelter, arrears } = caseload
  const moved = arrears.some(
    (one) => same(one) && one.debtClass === process.debtClass && one.stage !== process.stage,
  )
  if (moved && process.stage === 'served') return 'stopped'
  const arranged = caseload.agreements.some(
    (one) =>
      same(one) &&
      one.kind === 'arrangement' &&
      one.status === 'active' &&
      one.startDate >= process.startedOn,
  )
  if (arranged) return 'arrangement'
  if (shelter.protections.some((one) => same(one) && one.kind === 'dispute')) return 'dispute'
  if (shelter.exclusions.some(same)) return 'protection'
  return 'paid'
}

/** This will end one process and what it set going. The customer is locked by the caller. */
export async function end(
  tx: Tx,
  rules: Rules,
  process: CollectionProcess,
  endReason: EndReason,
  notBefore: LocalDate | null = null,
): Promise<void> {
  const { clientId, day, now, actor } = rules
  await endProcess(tx, process, { endedOn: day, endReason, notBefore })
  const subject = processSubject(process)
  const calls = { clientId, kind: CALL_KIND, subjects: [subject], closedBy: actor.actor, now }
  await closeWorkItemsAbout(tx, calls)
  await endSeverances(tx, rules, process, endReason)
  if (endReason !== 'written_off') await recallReferrals(tx, rules, process, endReason)
  const { customerId, accountNumber, debtClass } = process
  const detail = { customerId, accountNumber, debtClass, endReason }
  await audit(tx, { clientId, at: now, actor, operation: 'endCollectionProcess', subject, detail })
  await emit(tx, [{ clientId, at: now, type: 'collection.ended', subject, payload: detail }])
}
