import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { EntryKind } from '../ledger/index.ts'

export type ItemKind = EntryKind | 'fee'

/** One debit (positive) or credit (negative) of an agreement, as it arises. */
export interface NewItem {
  customerId: number
  agreementId: number
  accountNumber: number
  debtClass: string
  kind: ItemKind
  /** What caused it: `charge:12`. */
  reference: string
  entryId: number
  billId?: number
  aroseOn: LocalDate
  /** Absent: not due by itself (credits, what is not yet on a bill). */
  dueDate?: LocalDate
  /** Owed or held, but not asked for now; asked for when absent. */
  deferred?: boolean
  amountCents: Cents
  /** Of a credit: what it pays of debits at once, by `settleExactly`; nothing when absent. */
  settlesCents?: Cents
}

export interface OpenItem {
  customerId: number
  itemId: number
  agreementId: number
  accountNumber: number
  debtClass: string
  kind: ItemKind
  reference: string
  entryId: number
  billId: number | null
  aroseOn: LocalDate
  dueDate: LocalDate | null
  /** Owed or held, but not asked for now. */
  deferred: boolean
  amountCents: Cents
  /** The rest: same sign as the amount. */
  unsettledCents: Cents
}

/** A credit that pays a debit of the same agreement. */
export interface Match {
  debitItemId: number
  creditItemId: number
  amountCents: Cents
}

/**
 * This will match what is left of credits with what is left of debits inside each agreement, what is asked for and what
 * is deferred apart: the oldest due debit first, by the oldest credit. What has no due date counts by the day it arose.
 */
export function matchOldestFirst(items: readonly OpenItem[]): Match[] {
  const rest = new Map(items.map((item) => [item.itemId, item.unsettledCents]))
  const ordered = [...items].sort(byAge)
  const matches: Match[] = []
  for (const credit of ordered.filter((item) => item.unsettledCents < 0)) {
    for (const debit of ordered) {
      if (debit.unsettledCents <= 0 || !areOfOneKind(debit, credit)) continue
      const amountCents = Math.min(rest.get(debit.itemId) ?? 0, -(rest.get(credit.itemId) ?? 0))
      if (amountCents <= 0) continue
      rest.set(debit.itemId, (rest.get(debit.itemId) ?? 0) - amountCents)
      rest.set(credit.itemId, (rest.get(credit.itemId) ?? 0) + amountCents)
      matches.push({ debitItemId: debit.itemId, creditItemId: credit.itemId, amountCents })
    }
  }
  return matches
}

function areOfOneKind(a: OpenItem, b: OpenItem): boolean {
  return a.agreementId === b.agreementId && a.deferred === b.deferred
}

type Aged = Pick<OpenItem, 'itemId' | 'aroseOn' | 'dueDate'>

/** This will order items by age of debt: due date, else the day they arose; then number. */
export function byAge(a: Aged, b: Aged): number {
  const [dayA, dayB] = [a.dueDate ?? a.aroseOn, b.dueDate ?? b.aroseOn]
  if (dayA !== dayB) return dayA < dayB ? -1 : 1
  return a.itemId - b.itemId
}
