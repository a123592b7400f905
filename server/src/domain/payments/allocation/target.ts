import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import type { OpenItem } from '../../receivables/index.ts'

/** What a payment names to be paid; `payoff`: also what is owed but not asked for yet. */
export interface Target {
  kind: 'bill' | 'charge' | 'agreement' | 'item' | 'payoff'
  /** Of the bill, charge, agreement or item; 0 for `payoff`. */
  id: number
}

/** This will tell whether a debit is what a payment names. */
export function isNamed(target: Target, debit: OpenItem): boolean {
  switch (target.kind) {
    case 'bill':
      return debit.billId === target.id
    case 'charge':
      return debit.reference === `charge:${target.id}`
    case 'agreement':
      return debit.agreementId === target.id
    case 'item':
      return debit.itemId === target.id
    case 'payoff':
      return true
  }
}

/** This will refuse a payment of more than what it names still asks for. */
export function refuseAboveOpen(target: Target, leftCents: Cents, amountCents: Cents): void {
  if (leftCents <= 0 || target.kind === 'payoff') return
  const open = centsToDecimal(amountCents - leftCents)
  throw new Refusal(
    'rule',
    'allocation_above_open',
    `Of ${target.kind} ${target.id} only ${open} is open; pay that much of it and the rest without naming anything.`,
  )
}
