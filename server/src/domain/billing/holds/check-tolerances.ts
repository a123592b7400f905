import type { Tx } from '../../../platform/db/index.ts'
import { isZero } from '../../../platform/decimal.ts'
import { type LocalDate, Temporal } from '../../../platform/time.ts'
import { customerClasses } from '../../customers/index.ts'
import type { BillMessage } from '../bills/bill.ts'
import type { Hold } from '../pricing/hold.ts'
import type { PricedCharge } from '../pricing/pricing.ts'
import * as store from '../store/tolerance.ts'
import { type Finding, findingsOf, type NewCharge, type PastCharge, type Tolerance } from './tolerance.ts'

/** What the tolerances make of an account. */
export interface Tolerated {
  holds: Hold[]
  /** What the bill says to the customer about itself. */
  warnings: BillMessage[]
  /** Releases that let its charges pass. */
  releases: { customerId: number; releaseNumber: number }[]
}

interface Account {
  account: { customerId: number; accountNumber: number; companyId: number }
  priced: readonly PricedCharge[]
}

const NOTHING: Tolerated = { holds: [], warnings: [], releases: [] }

/**
 * This will check priced accounts against the client's tolerances, in the same order: a few statements for any number,
 * one when the client has no rule. What a person released passes, once.
 */
export async function checkTolerances(
  tx: Tx,
  clientId: number,
  accounts: readonly Account[],
  day: LocalDate,
): Promise<Tolerated[]> {
  const rules = await store.selectTolerances(tx, clientId, day)
  const checked = accounts.filter(({ priced }) => priced.length > 0)
  if (rules.length === 0 || checked.length === 0) return accounts.map(() => NOTHING)
  const customerIds = [...new Set(checked.map(({ account }) => account.customerId))]
  const classes = await customerClasses(tx, customerIds)
  const released = new Map(
    (await store.selectWaitingReleases(tx, customerIds)).map((one) => [releaseKey(one), one.releaseNumber]),
  )
  const past = await pastOf(tx, checked, day)
  return accounts.map(({ account, priced }) => {
    const own = rules.filter(
      ({ companyId, customerClass }) =>
        (companyId === null || companyId === account.companyId) &&
        (customerClass === null || customerClass === classes.get(account.customerId)),
    )
    return checkAccount(own, priced, past, released)
  })
}

type Past = Map<string, PastCharge[]>

async function pastOf(tx: Tx, accounts: readonly Account[], day: LocalDate): Promise<Past> {
  const since = Temporal.PlainDate.from(day).subtract({ months: 15 }).toString()
  const agreements = accounts.flatMap(({ priced }) => priced.map(({ agreement }) => agreement))
  const unique = [...new Map(agreements.map((one) => [agreementKey(one), one])).values()]
  return Map.groupBy(await store.selectPastCharges(tx, unique, since), agreementKey)
}

function checkAccount(
  rules: readonly Tolerance[],
  priced: readonly PricedCharge[],
  past: Past,
  released: ReadonlyMap<string, number>,
): Tolerated {
  const result: Tolerated = { holds: [], warnings: [], releases: [] }
  const known = new Map<string, PastCharge[]>()
  for (const charge of priced) {
    const key = agreementKey(charge.agreement)
    const before = known.get(key) ?? past.get(key) ?? []
    const own = toNewCharge(charge)
    known.set(key, [...before, own])
    for (const finding of findingsOf(rules, own, before)) take(result, charge, own, finding, released)
  }
  return result
}

function take(
  result: Tolerated,
  charge: PricedCharge,
  own: NewCharge,
  finding: Finding,
  released: ReadonlyMap<string, number>,
): void {
  const { customerId, accountNumber, agreementId } = charge.agreement
  const { kind, outcome, ruleNumber } = finding.rule
  const { startDate, endDate, amountCents } = own
  const release = { customerId, accountNumber, agreementId, kind, startDate, endDate, amountCents }
  if (outcome === 'warn') {
    const messageCode = `${kind}_bill`
    if (!result.warnings.some((one) => one.messageCode === messageCode))
      result.warnings.push({ messageCode, ...finding.message })
    return
  }
  const releaseNumber = released.get(releaseKey(release))
  if (releaseNumber !== undefined) {
    result.releases.push({ customerId, releaseNumber })
    return
  }
  result.holds.push({
    customerId,
    accountNumber,
    agreementId,
    reasonCode: `tolerance_${kind}`,
    reason: finding.reason,
    remedy: 'Look at the usage; correct it, or release the hold with a reason, then bill the account again.',
    detail: {
      tolerance: kind,
      ruleNumber,
      startDate,
      endDate,
      amountCents,
      expectedCents: finding.expectedCents,
    },
  })
}

function toNewCharge({ period, rated, usage }: PricedCharge): NewCharge {
  const counted =
    usage.usage.kind === 'interval'
      ? usage.usage.channels.some(({ values }) => values.some((value) => value !== 0))
      : usage.usage.quantities.some(({ quantity }) => quantity !== 0)
  const billed = rated.quantities.some(({ billable }) => !isZero(billable))
  return {
    startDate: period.start,
    endDate: period.end,
    amountCents: rated.amountCents,
    estimated: rated.quality.estimated > 0,
    idle: !counted && !billed,
  }
}

function releaseKey(release: store.Release): string {
  const { customerId, agreementId, kind, startDate, endDate, amountCents } = release
  return `${customerId}-${agreementId} ${kind} ${startDate} ${endDate} ${amountCents}`
}

function agreementKey({ customerId, agreementId }: { customerId: number; agreementId: number }): string {
  return `${customerId}-${agreementId}`
}
