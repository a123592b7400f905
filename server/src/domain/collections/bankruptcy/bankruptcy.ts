import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { OpenItem } from '../../receivables/index.ts'

export type BankruptcyChapter = '7' | '11' | '12' | '13'

/** A petition that froze the debt of one billing account. */
export interface Bankruptcy {
  customerId: number
  bankruptcyNumber: number
  accountNumber: number
  caseNumber: string
  chapter: BankruptcyChapter
  evidence: string
  /** What arose before is frozen. */
  filedOn: LocalDate
  status: 'filed' | 'dismissed' | 'discharged'
  protectionNumber: number
  closedOn: LocalDate | null
  createdAt: Instant
  createdBy: string
  debts: FrozenDebt[]
}

export interface FrozenDebt {
  agreementId: number
  frozenAgreementId: number
  amountCents: Cents
}

/**
 * This will tell how much of an agreement's debt is from before the petition: all that is left, less the debits that
 * arose on its day or later. What was only asked for later (a deferral) was owed before.
 */
export function prepetitionCents(items: readonly OpenItem[], filedOn: LocalDate): Cents {
  const all = items.reduce((sum, item) => sum + item.unsettledCents, 0)
  const later = items.filter(
    (item) => item.unsettledCents > 0 && item.aroseOn >= filedOn && item.kind !== 'deferral',
  )
  return Math.max(0, all - later.reduce((sum, item) => sum + item.unsettledCents, 0))
}

export function bankruptcySubject(one: Pick<Bankruptcy, 'customerId' | 'bankruptcyNumber'>): string {
  return `bankruptcy:${one.customerId}-${one.bankruptcyNumber}`
}
