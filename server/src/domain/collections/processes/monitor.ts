import { apart, type Database, type Tx } from '../../../platform/db/index.ts'
import type { Clock, Instant, LocalDate } from '../../../platform/time.ts'
import { lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { writeSmallBalance } from '../../receivables/index.ts'
import { reportFault } from '../../work/index.ts'
import { endFrozenAgain } from '../bankruptcy/close.ts'
import { type Caseload, type Rules, readCaseload, readRules } from '../debt/caseload.ts'
import { guardCuts } from '../protections/guard-cuts.ts'
import { endPaidSeverances } from '../severance/release.ts'
import { selectDebtors } from '../store/process.ts'
import { selectSmallBalances } from '../store/write-off.ts'
import { recallPaid } from '../write-off/agency.ts'
import { returnDismissed } from '../write-off/dismiss.ts'
import { recordRecoveries } from '../write-off/recovery.ts'
import { end, endReleased } from './end.ts'
import { performDue } from './perform.ts'
import { startProcesses } from './start.ts'

const CHUNK_CUSTOMERS = 200

interface WorkContext {
  database: Database
  clock: Clock
  actor: Actor
}

/**
 * This will do a day's collecting for a client, in chunks of customers: end what is paid, begin what is due, do the steps
 * of the day. What cannot be done for one customer becomes a work item. The day again changes nothing.
 */
export async function collectDebt(
  { database, clock, actor }: WorkContext,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<void> {
  let after = 0
  for (;;) {
    const customerIds = await database.transaction(async (tx) => {
      const ids = await selectDebtors(tx, { clientId, after, day, limit: CHUNK_CUSTOMERS })
      await lockCustomers(tx, ids)
      const rules = await readRules(tx, { clientId, day, now: clock(), actor })
      const caseload = await readCaseload(tx, ids, day)
      for (const customerId of ids) await collectFrom(tx, rules, caseload, customerId)
      return ids
    })
    after = customerIds.at(-1) ?? 0
    if (customerIds.length < CHUNK_CUSTOMERS) return
  }
}

async function collectFrom(tx: Tx, rules: Rules, all: Caseload, customerId: number): Promise<void> {
  const caseload = ofCustomer(all, customerId)
  const { error } = await apart(tx, async () => {
    const going = await endReleased(tx, rules, caseload)
    const severed = caseload.severances.length > 0
    if (severed) await guardCuts(tx, rules, caseload, customerId)
    const started = await startProcesses(tx, rules, { ...caseload, processes: going })
    for (const process of [...going, ...started]) {
      if (severed) await endPaidSeverances(tx, rules, caseload, process)
      await performDue(tx, rules, caseload, process)
      const written = process.steps.some((one) => one.kind === 'write_off' && one.status === 'complete')
      if (written) await end(tx, rules, process, 'written_off')
    }
  })
  await reportRefused(tx, rules, customerId, error)
}

/** What one customer is refused holds up nobody else's day. */
async function reportRefused(
  tx: Tx,
  { clientId, now }: Pick<Rules, 'clientId' | 'now'>,
  customerId: number,
  error: unknown,
): Promise<void> {
  if (error === undefined) return
  const work = { clientId, kind: 'collection_failed', what: 'A collection step could not be done', now }
  await reportFault(tx, work, customerId, error)
}

function ofCustomer(all: Caseload, customerId: number): Caseload {
  const own = <One extends { customerId: number }>(list: readonly One[]) =>
    list.filter((one) => one.customerId === customerId)
  const { shelter } = all
  return {
    ...all,
    agreements: own(all.agreements),
    arrears: own(all.arrears),
    processes: own(all.processes),
    severances: own(all.severances),
    shelter: {
      obstacles: own(shelter.obstacles),
      exclusions: own(shelter.exclusions),
      protections: own(shelter.protections),
    },
  }
}

/**
 * This will look again at what runs against some customers, because money came or a debt changed: what is paid ends,
 * written-off debt that was paid is recovered, agencies give it back. Locks the customers.
 */
export async function reviewCollections(
  tx: Tx,
  input: { clientId: number; customerIds: readonly number[]; day: LocalDate; now: Instant; actor: Actor },
): Promise<void> {
  const customerIds = [...new Set(input.customerIds)]
  await lockCustomers(tx, customerIds)
  const rules = await readRules(tx, input)
  await recordRecoveries(tx, rules, customerIds)
  await returnDismissed(tx, rules, customerIds)
  await endFrozenAgain(tx, { ...input, customerIds })
  const caseload = await readCaseload(tx, customerIds, input.day)
  for (const process of await endReleased(tx, rules, caseload))
    await endPaidSeverances(tx, rules, caseload, process)
  await recallPaid(tx, rules, customerIds)
}

/**
 * This will write off what is left of agreements that stopped long enough ago, when it is small by policy. What is
 * refused for one customer becomes a work item.
 */
export async function clearSmallBalances(
  { database, clock, actor }: WorkContext,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<void> {
  await database.transaction(async (tx) => {
    const rules = await readRules(tx, { clientId, day, now: clock(), actor })
    const { policy, now } = rules
    const small = await selectSmallBalances(tx, { clientId, day, days: policy.smallBalanceDays })
    await lockCustomers(
      tx,
      small.map((one) => one.customerId),
    )
    for (const { customerId, agreementId } of small) {
      const write = { customerId, agreementId, effectiveDate: day, now, actor }
      const { error } = await apart(tx, () => writeSmallBalance(tx, write))
      await reportRefused(tx, rules, customerId, error)
    }
  })
}
