import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts, type BillableAgreement } from '../../agreements/index.ts'
import {
  type AccountKey,
  type BillingAccount,
  clientOf,
  getBillingAccount,
  getBillingAccounts,
} from '../../customers/index.ts'
import type { RatingHistory } from '../../rating/index.ts'
import { readyUsages, type Usage } from '../../usage/index.ts'
import type { AccountToBill } from '../bills/account-to-bill.ts'
import { checkTolerances } from '../holds/check-tolerances.ts'
import { duePeriods } from '../runs/cycle.ts'
import { selectLastCharges } from '../store/charge.ts'
import { selectWindows } from '../store/run.ts'
import { type Gathered, gather, type PricingTask } from './gather.ts'
import { type Hold, holdOf } from './hold.ts'
import { planVersions } from './plan.ts'
import { billingPolicy } from './policy.ts'
import { type PricedCharge, priceAgreement } from './pricing.ts'

/** An account after pricing: ready, or held with every reason that was found; what could be priced is there all the same. */
export interface PricedAccount extends AccountToBill {
  holds: Hold[]
}

export interface PricingScope {
  clientId: number
  /** Exclusive. */
  periodEnd: LocalDate
  /** Ends of the cycle's earlier windows: what was missed is charged window by window. */
  windowEnds: readonly LocalDate[]
  missingTolerance: number
}

interface AgreementTasks {
  agreement: BillableAgreement
  tasks: PricingTask[]
  /** Why its usage cannot be billed. */
  fault?: Refusal
  history?: RatingHistory
}

const BILLABLE: ReadonlySet<string> = new Set([
  'pending_start',
  'active',
  'pending_stop',
  'stopped',
  'reopened',
])

/**
 * This will price everything that accounts owe a bill for, up to the end of the period. Nothing is written. What stops
 * one agreement holds its account, with all the account's reasons together, and touches no other account.
 */
export async function priceAccounts(
  tx: Tx,
  keys: readonly AccountKey[],
  scope: PricingScope,
): Promise<PricedAccount[]> {
  const customerIds = [...new Set(keys.map((key) => key.customerId))]
  const accounts = new Map(
    (await getBillingAccounts(tx, customerIds)).map((account) => [accountKey(account), account]),
  )
  const agreements = Map.groupBy(await agreementsOfAccounts(tx, keys), accountKey)
  const last = new Map((await selectLastCharges(tx, customerIds)).map((row) => [agreementKey(row), row]))
  const posted = Map.groupBy(await readyUsages(tx, customerIds), agreementKey)
  const work = keys.flatMap((key) => {
    const account = accounts.get(accountKey(key))
    if (!account) return []
    const own = agreements.get(accountKey(key)) ?? []
    const due = own.flatMap((agreement): AgreementTasks[] => {
      if (!isBillable(agreement)) return []
      const before = last.get(agreementKey(agreement))
      const own = posted.get(agreementKey(agreement)) ?? []
      const due = dueOf(agreement, before?.endDate ?? agreement.startDate, own, scope)
      const history = before?.carry ? { history: before.carry } : {}
      return due.tasks.length === 0 && !due.fault ? [] : [{ ...due, ...history }]
    })
    return [{ account, agreements: own, due }]
  })
  const gathered = await gather(
    tx,
    scope.clientId,
    work.flatMap(({ due }) => due.flatMap(({ tasks }) => tasks)),
  )
  const priced = work.map((one) => priceAccount(one, gathered, scope))
  const tolerated = await checkTolerances(tx, scope.clientId, priced, scope.periodEnd)
  return priced.map((one, index) => {
    const { holds = [], warnings = [], releases = [] } = tolerated[index] ?? {}
    return { ...one, holds: [...one.holds, ...holds], warnings, releases }
  })
}

/** This will tell how far and by which windows an account is priced. Refuses an unknown account. */
export async function scopeOfAccount(
  tx: Tx,
  input: AccountKey & { periodEnd: LocalDate },
): Promise<PricingScope> {
  const clientId = clientOf(input.customerId)
  const { cycleCode } = await getBillingAccount(tx, input)
  const windows = await selectWindows(tx, clientId, cycleCode)
  return {
    clientId,
    periodEnd: input.periodEnd,
    windowEnds: windows.map((window) => window.periodEnd),
    missingTolerance: (await billingPolicy(tx, clientId)).missingTolerance,
  }
}

const agreementKey = ({ customerId, agreementId }: { customerId: number; agreementId: number }) =>
  `${customerId}-${agreementId}`
const accountKey = ({ customerId, accountNumber }: AccountKey) => `${customerId}-${accountNumber}`

function isBillable(agreement: BillableAgreement): boolean {
  return (
    agreement.kind === 'service' && agreement.billMethod !== 'rate_ready' && BILLABLE.has(agreement.status)
  )
}

/** Posted usage is billed period by period as it was posted; without any, what was measured up to the window's end. */
function dueOf(
  agreement: BillableAgreement,
  from: LocalDate,
  posted: readonly Usage[],
  { periodEnd, windowEnds }: PricingScope,
): AgreementTasks {
  const until = agreement.endDate !== null && agreement.endDate < periodEnd ? agreement.endDate : periodEnd
  if (from >= until) return { agreement, tasks: [] }
  if (agreement.status === 'pending_start') return { agreement, tasks: [], fault: notStarted(agreement) }
  const ready = posted.filter((usage) => usage.endDate <= until)
  const first = ready[0] ?? posted[0]
  if (first && first.startDate !== from) return { agreement, tasks: [], fault: postedApart(first, from) }
  if (first)
    return { agreement, tasks: ready.map((usage) => ({ agreement, period: periodOf(usage), posted: usage })) }
  return { agreement, tasks: duePeriods(from, until, windowEnds).map((period) => ({ agreement, period })) }
}

function periodOf({ startDate, endDate }: Usage) {
  return { start: startDate, end: endDate }
}

function notStarted({ startDate }: BillableAgreement): Refusal {
  return new Refusal(
    'rule',
    'agreement_not_active',
    `The agreement was to start on ${startDate} and is still pending; activate it, or cancel it when nobody moved in.`,
  )
}

function postedApart(usage: Usage, from: LocalDate): Refusal {
  return new Refusal(
    'rule',
    'posted_usage_apart',
    `Posted usage ${usage.usageId} begins on ${usage.startDate}, but the agreement is to be billed from ${from}; post the usage of the days between or cancel it.`,
  )
}

function priceAccount(
  work: { account: BillingAccount; agreements: readonly BillableAgreement[]; due: AgreementTasks[] },
  gathered: Gathered,
  scope: PricingScope,
): PricedAccount {
  const { account, agreements, due } = work
  const holds = due.length > 0 && account.holdBills ? [accountHold(account)] : []
  const priced: PricedCharge[] = []
  for (const one of due) {
    const flagged = flagHold(one.agreement, scope.periodEnd)
    if (flagged) {
      holds.push(flagged)
      continue
    }
    try {
      if (one.fault) throw one.fault
      priced.push(...priceTasks(one, gathered, scope))
    } catch (error) {
      holds.push(holdOf(one.agreement, error))
    }
  }
  return { account, agreements, priced, holds }
}

/** Each period hands its history to the next. */
function priceTasks(
  { tasks, history }: AgreementTasks,
  gathered: Gathered,
  scope: PricingScope,
): PricedCharge[] {
  const priced: PricedCharge[] = []
  let before = history
  for (const task of tasks) {
    const charge = priceTask(task, gathered, scope.missingTolerance, before)
    priced.push(charge)
    before = charge.rated.carry
  }
  return priced
}

/** This will price one task from what was gathered. Refuses whatever stops it. */
export function priceTask(
  task: PricingTask,
  gathered: Gathered,
  missingTolerance: number,
  history?: RatingHistory,
): PricedCharge {
  const versions = planVersions(task.agreement, task.period, gathered.versionsOf)
  const usage = gathered.usageOf(task)
  return priceAgreement({ ...task, versions, usage, missingTolerance, ...(history && { history }) })
}

function accountHold({ customerId, accountNumber }: BillingAccount): Hold {
  return {
    customerId,
    accountNumber,
    reasonCode: 'bills_on_hold',
    reason: `Bills of billing account ${accountNumber} are on hold.`,
    remedy: 'Release the hold on the billing account, then bill it again.',
  }
}

function flagHold(agreement: BillableAgreement, day: LocalDate): Hold | undefined {
  const flag = agreement.flags.find(
    (one) => one.flag === 'hold' && one.startDate < day && (one.endDate === null || one.endDate >= day),
  )
  if (!flag) return undefined
  const { customerId, accountNumber, agreementId } = agreement
  return {
    customerId,
    accountNumber,
    agreementId,
    reasonCode: 'agreement_on_hold',
    reason: `The agreement is on hold since ${flag.startDate}: ${flag.reason}`,
    remedy: 'End the hold flag of the agreement when its cause is settled, then bill the account again.',
  }
}
