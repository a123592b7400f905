import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import { byAge, type OpenItem } from '../receivables/index.ts'

export type PaymentSource = 'counter' | 'lockbox' | 'remittance' | 'card' | 'transfer'
export type TenderMethod = 'cash' | 'check' | 'ach' | 'card' | 'remittance'

/** Money that came in for one billing account. */
export interface Payment {
  customerId: number
  paymentNumber: number
  accountNumber: number
  payerCustomerId: number
  eventNumber: number
  amountCents: Cents
  status: 'frozen' | 'cancelled'
  entryId: number
}

/** How the money of an event came. */
export interface Tender {
  method: TenderMethod
  reference?: string
  amountCents: Cents
}

export interface PaymentEvent {
  customerId: number
  eventNumber: number
  paymentDate: LocalDate
  source: PaymentSource
  externalId: string | null
}

/** What one agreement gets of a payment. */
export interface Share {
  agreementId: number
  amountCents: Cents
}

/**
 * This will share a payment among the agreements of an account: the oldest due debit first. What no debit asks for is
 * left over.
 */
export function sharePayment(
  amountCents: Cents,
  debits: readonly OpenItem[],
): { shares: Share[]; leftCents: Cents } {
  const shares = new Map<number, Cents>()
  let leftCents = amountCents
  for (const debit of [...debits].sort(byAge)) {
    const taken = Math.min(leftCents, Math.max(0, debit.unsettledCents))
    if (taken === 0) continue
    shares.set(debit.agreementId, (shares.get(debit.agreementId) ?? 0) + taken)
    leftCents -= taken
  }
  return {
    shares: [...shares].map(([agreementId, cents]) => ({ agreementId, amountCents: cents })),
    leftCents,
  }
}
