import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

/** Debt that left an agreement. */
export interface WriteOff {
  customerId: number
  writeOffId: number
  accountNumber: number
  /** Whose debt it was. */
  agreementId: number
  /** Where it is still owed; null when the customer was discharged of it. */
  keptAgreementId: number | null
  processId: number | null
  kind: 'debt' | 'discharge'
  amountCents: Cents
  writtenOffOn: LocalDate
  status: 'active' | 'dismissed'
  entryId: number
  dismissedOn: LocalDate | null
  dismissReason: string | null
  createdAt: Instant
  createdBy: string
}

/** Debt that an agency collects. */
export interface AgencyReferral {
  customerId: number
  referralId: number
  accountNumber: number
  processId: number
  agencyCode: string
  amountCents: Cents
  referredOn: LocalDate
  recalledOn: LocalDate | null
  recallReason: string | null
}

export function writeOffSubject({
  customerId,
  writeOffId,
}: Pick<WriteOff, 'customerId' | 'writeOffId'>): string {
  return `write_off:${customerId}-${writeOffId}`
}
