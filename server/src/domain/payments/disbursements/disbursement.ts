import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'

export type DisbursementStatus = 'requested' | 'hold' | 'paid' | 'cancelled' | 'stopped'
export type DisbursementAction = 'hold' | 'release' | 'pay' | 'stop' | 'reissue' | 'cancel'

/** State x action -> state. A stopped check is paid by another (reissue), or its money goes back (cancel). */
export const DISBURSEMENT_LIFE_CYCLE: Readonly<
  Record<DisbursementStatus, Partial<Record<DisbursementAction, DisbursementStatus>>>
> = {
  requested: { hold: 'hold', pay: 'paid', cancel: 'cancelled' },
  hold: { release: 'requested', cancel: 'cancelled' },
  paid: { stop: 'stopped' },
  stopped: { reissue: 'requested', cancel: 'cancelled' },
  cancelled: {},
}

export interface DisbursementAddress {
  line1: string
  line2?: string
  city: string
  state: string
  postalCode: string
  country?: string
}

/** Money out: a check that accounts payable writes. */
export interface Disbursement {
  customerId: number
  disbursementNumber: number
  /** Of the credit that is paid out; null for unapplied money. */
  accountNumber: number | null
  agreementId: number | null
  /** The unapplied payment that is sent back. */
  paymentNumber: number | null
  amountCents: Cents
  status: DisbursementStatus
  payeeName: string
  address: DisbursementAddress
  reason: string
  entryId: number
  /** Of the last check. */
  paidEntryId: number | null
  checkNumber: string | null
  requestedOn: LocalDate
  paidOn: LocalDate | null
  endedOn: LocalDate | null
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function disbursementAfter(
  status: DisbursementStatus,
  action: DisbursementAction,
): DisbursementStatus {
  const next = DISBURSEMENT_LIFE_CYCLE[status][action]
  if (next) return next
  const allowed = Object.keys(DISBURSEMENT_LIFE_CYCLE[status])
  throw new Refusal(
    'conflict',
    'disbursement_state',
    `The disbursement is ${status}; ${allowed.length === 0 ? 'nothing more can happen to it' : `it allows ${allowed.join(' or ')}`}.`,
  )
}

/** This will name the journal entry of a check. */
export function checkReference(disbursementNumber: number, checkNumber: string): string {
  return `disbursement:${disbursementNumber}:check-${checkNumber}`
}
