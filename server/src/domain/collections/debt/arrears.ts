import type { Cents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate } from '../../../platform/time.ts'
import type { Agreement } from '../../agreements/index.ts'
import type { OpenItem } from '../../receivables/index.ts'

/** Whether the debt is of an agreement that has service, or had it. */
export type Stage = 'served' | 'stopped'

/** What is past due, by age in days: 1 to 30, to 60, to 90, more. */
export type Buckets = [Cents, Cents, Cents, Cents]

/** What a billing account owes past its due date, of one debt class. */
export interface Arrears {
  customerId: number
  accountNumber: number
  debtClass: string
  stage: Stage
  amountCents: Cents
  oldestDueDate: LocalDate
  daysPastDue: number
  buckets: Buckets
  byAgreement: Map<number, Cents>
}

/** Debt that is not collected for now: disputed, or an agreement's altogether. */
export interface Exclusion {
  customerId: number
  accountNumber: number | null
  agreementId: number | null
  /** Null: all of it. */
  amountCents: Cents | null
}

interface Debit {
  agreement: Agreement
  /** Of the item: a fee on a service is a debt of its own class. */
  debtClass: string
  dueDate: LocalDate
  restCents: Cents
}

const SERVED = new Set<Agreement['status']>(['pending_start', 'active', 'pending_stop'])
/** An overpayment owes when its money was sent back, or has paid a debt, and then bounced. */
const COLLECTED = new Set<Agreement['kind']>(['service', 'deposit', 'arrangement', 'item', 'overpayment'])

/**
 * This will sum what is past due on a day, by account, debt class and stage. Free credits of the account and what is
 * excluded lessen it, the oldest debt first. Items and agreements are those of the same customers.
 */
export function arrearsOf(
  items: readonly OpenItem[],
  agreements: readonly Agreement[],
  exclusions: readonly Exclusion[],
  day: LocalDate,
): Arrears[] {
  const byAccount = Map.groupBy(agreements, (one) => `${one.customerId}-${one.accountNumber}`)
  const byAgreement = Map.groupBy(items, (item) => `${item.customerId}-${item.agreementId}`)
  return [...byAccount.values()].flatMap((own) => {
    const itemsOf = (one: Agreement) => byAgreement.get(`${one.customerId}-${one.agreementId}`) ?? []
    const hasService = own.some((one) => one.kind === 'service' && SERVED.has(one.status))
    // A deposit secures service to come: nobody is asked for it when service has ended.
    const debits = own
      .filter((one) => COLLECTED.has(one.kind) && (one.kind !== 'deposit' || hasService))
      .flatMap((agreement) => itemsOf(agreement).flatMap((item) => pastDue(agreement, item, day)))
      .sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0))
    if (debits.length === 0) return []
    takeCredits(debits, own, itemsOf)
    for (const exclusion of exclusions) takeExclusion(debits, exclusion)
    return sumUp(debits, hasService, day)
  })
}

/** This will say at which stage an agreement's debt is; what is no service follows the account's services. */
export function stageOf(agreement: Pick<Agreement, 'kind' | 'status'>, accountHasService: boolean): Stage {
  const served = agreement.kind === 'service' ? SERVED.has(agreement.status) : accountHasService
  return served ? 'served' : 'stopped'
}

function pastDue(agreement: Agreement, item: OpenItem, day: LocalDate): Debit[] {
  if (item.unsettledCents <= 0 || item.dueDate === null || item.dueDate >= day) return []
  return [{ agreement, debtClass: item.debtClass, dueDate: item.dueDate, restCents: item.unsettledCents }]
}

function takeCredits(
  debits: readonly Debit[],
  own: readonly Agreement[],
  itemsOf: (one: Agreement) => OpenItem[],
): void {
  const credits = own
    .filter((one) => one.kind !== 'write_off')
    .flatMap(itemsOf)
    .filter((item) => item.unsettledCents < 0)
  take(
    debits,
    credits.reduce((sum, item) => sum - item.unsettledCents, 0),
  )
}

function takeExclusion(debits: readonly Debit[], exclusion: Exclusion): void {
  const covered = debits.filter(
    ({ agreement }) =>
      agreement.customerId === exclusion.customerId &&
      (exclusion.accountNumber === null || agreement.accountNumber === exclusion.accountNumber) &&
      (exclusion.agreementId === null || agreement.agreementId === exclusion.agreementId),
  )
  take(covered, exclusion.amountCents ?? Number.MAX_SAFE_INTEGER)
}

function take(debits: readonly Debit[], amountCents: Cents): void {
  let left = amountCents
  for (const debit of debits) {
    const taken = Math.min(left, debit.restCents)
    debit.restCents -= taken
    left -= taken
  }
}

function sumUp(debits: readonly Debit[], hasService: boolean, day: LocalDate): Arrears[] {
  const owing = debits.filter((debit) => debit.restCents > 0)
  const groups = Map.groupBy(
    owing,
    ({ agreement, debtClass }) => `${debtClass} ${stageOf(agreement, hasService)}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { debtClass, agreement: one } = first
    const { customerId, accountNumber } = one
    const buckets: Buckets = [0, 0, 0, 0]
    const byAgreement = new Map<number, Cents>()
    for (const { agreement, dueDate, restCents } of group) {
      const bucket = Math.min(3, Math.floor((daysBetween(dueDate, day) - 1) / 30))
      buckets[bucket] = (buckets[bucket] ?? 0) + restCents
      byAgreement.set(agreement.agreementId, (byAgreement.get(agreement.agreementId) ?? 0) + restCents)
    }
    const stage = stageOf(first.agreement, hasService)
    const amountCents = buckets.reduce((sum, one) => sum + one, 0)
    const age = { oldestDueDate: first.dueDate, daysPastDue: daysBetween(first.dueDate, day) }
    return [{ customerId, accountNumber, debtClass, stage, amountCents, ...age, buckets, byAgreement }]
  })
}
