import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import type { BillingAccount } from '../../customers/index.ts'
import type { PricedCharge } from '../pricing/pricing.ts'
import type { BillKind, BillMessage } from './bill.ts'

/** An account that can be billed: everything on it is priced. */
export interface AccountToBill {
  account: BillingAccount
  agreements: readonly BillableAgreement[]
  priced: readonly PricedCharge[]
  /** What the bill says about itself beside the client's messages. */
  warnings?: readonly BillMessage[]
  /** Releases that let its charges pass; they are used up. */
  releases?: readonly { customerId: number; releaseNumber: number }[]
}

export interface CompletionContext {
  clientId: number
  billDate: LocalDate
  accountingDate: LocalDate
  runId?: number
  /** `regular` when absent. */
  kind?: BillKind
  /** The bills take back this one. */
  creditNoteFor?: number
  /** Bill also what is no charge: fees, deposits, corrections. */
  withoutCharges?: boolean
  /** Tells which accounts (`customerId-accountNumber`) are paid by themselves; absent: none is known to be. */
  autopayOf?: AutopayQuery
  now: Instant
}

export type AutopayQuery = (
  tx: Tx,
  accounts: readonly { customerId: number; accountNumber: number }[],
  day: LocalDate,
) => Promise<ReadonlySet<string>>

/** This will say whether an agreement is asked for on our own bill, or by the utility on its bill. */
export function isOnOurBill(agreement: Pick<BillableAgreement, 'billMethod'>): boolean {
  return agreement.billMethod === 'utility' || agreement.billMethod === 'dual'
}

/** This will name an agreement in maps. */
export const agreementOf = (row: { customerId: number; agreementId: number }) =>
  `${row.customerId}-${row.agreementId}`
/** This will name a billing account in maps. */
export const accountOf = (row: { customerId: number; accountNumber: number }) =>
  `${row.customerId}-${row.accountNumber}`
