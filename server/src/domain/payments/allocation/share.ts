import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import { byAge, type OpenItem } from '../../receivables/index.ts'
import type { Share } from '../payment.ts'
import { isNamed, refuseAboveOpen, type Target } from './target.ts'

/** A part of a payment: how much an agreement gets, and which debits that pays. */
export interface PaidShare extends Share {
  debits: { itemId: number; amountCents: Cents }[]
}

/** Open debits of an account while payments take their parts: what is left of each. */
export class OpenDebits {
  private readonly ordered: readonly OpenItem[]
  private readonly left: Map<number, Cents>

  /** `priorityOf`: of a debt class, the lowest is paid first; then the oldest debt. */
  constructor(items: readonly OpenItem[], priorityOf: (debtClass: string) => number) {
    this.ordered = items
      .filter((item) => item.unsettledCents > 0)
      .sort((a, b) => priorityOf(a.debtClass) - priorityOf(b.debtClass) || byAge(a, b))
    this.left = new Map(this.ordered.map((item) => [item.itemId, item.unsettledCents]))
  }

  /**
   * This will take what a payment pays. What no debit asks for is left over. Refuses: more than what is named asks for,
   * shares of more than the payment, a share that is not above zero.
   */
  pay(
    amountCents: Cents,
    wish: { shares?: readonly Share[]; target?: Target } = {},
  ): { shares: PaidShare[]; leftCents: Cents } {
    if (wish.shares) return this.payExactly(amountCents, wish.shares)
    const { target } = wish
    const { debits, leftCents } = this.take(amountCents, (item) => !target || isNamed(target, item))
    if (target) refuseAboveOpen(target, leftCents, amountCents)
    const byAgreement = Map.groupBy(debits, ({ agreementId }) => agreementId)
    const shares = [...byAgreement].map(([agreementId, own]) => ({
      agreementId,
      amountCents: sumCents(own.map((debit) => debit.amountCents)),
      debits: own.map((debit) => ({ itemId: debit.itemId, amountCents: debit.amountCents })),
    }))
    return { shares, leftCents }
  }

  private payExactly(amountCents: Cents, wanted: readonly Share[]) {
    for (const share of wanted) requireAmount(share.amountCents, 'The share of each agreement')
    const leftCents = amountCents - sumCents(wanted.map((share) => share.amountCents))
    if (leftCents < 0)
      throw new Refusal('rule', 'shares_exceed_payment', 'The shares are more than the payment.')
    const shares = wanted.map((share): PaidShare => {
      const { debits } = this.take(share.amountCents, (item) => item.agreementId === share.agreementId)
      return { ...share, debits: debits.map(({ itemId, amountCents }) => ({ itemId, amountCents })) }
    })
    return { shares, leftCents }
  }

  private take(amountCents: Cents, wanted: (item: OpenItem) => boolean) {
    let leftCents = amountCents
    const debits = []
    for (const item of this.ordered) {
      if (leftCents === 0) break
      const open = this.left.get(item.itemId) ?? 0
      if (open === 0 || !wanted(item)) continue
      const taken = Math.min(leftCents, open)
      this.left.set(item.itemId, open - taken)
      leftCents -= taken
      debits.push({ itemId: item.itemId, agreementId: item.agreementId, amountCents: taken })
    }
    return { debits, leftCents }
  }
}
