import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { clientOf, customerNumber } from '../../customers/index.ts'
import type { NewWorkItem } from '../../work/index.ts'

export const HOLD_KIND = 'bill_held'

/** Why an account cannot be billed now, and what to do about it. */
export interface Hold {
  customerId: number
  accountNumber: number
  /** Absent: the account itself is held. */
  agreementId?: number
  reasonCode: string
  reason: string
  remedy: string
  detail?: Record<string, unknown>
}

/** What stands for an agreement, or the whole account, in work items and audit rows. */
export function holdSubject(hold: Pick<Hold, 'customerId' | 'accountNumber' | 'agreementId'>): string {
  return hold.agreementId === undefined
    ? `account:${hold.customerId}-${hold.accountNumber}`
    : `agreement:${hold.customerId}-${hold.agreementId}`
}

/** This will say in a hold what stopped an agreement: a refusal's own sentence, or that a defect was met. */
export function holdOf(
  about: Pick<Hold, 'customerId' | 'accountNumber' | 'agreementId'>,
  error: unknown,
): Hold {
  const { customerId, accountNumber, agreementId } = about
  const subject = { customerId, accountNumber, ...(agreementId !== undefined && { agreementId }) }
  if (error instanceof Refusal) {
    const remedy = 'Correct what the reason names, then bill the account again.'
    return { ...subject, reasonCode: error.code, reason: error.message, remedy }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    ...subject,
    reasonCode: 'billing_defect',
    reason: `Pricing stopped on an unexpected fault: ${message}`,
    remedy: 'Report the fault with this item; the account is billed by the next run once it is mended.',
  }
}

/** This will make the work item of a hold. A trial's items are written closed: nobody has to act on them. */
export function holdWorkItem(hold: Hold, run: { runId?: number; trial: boolean; now: Instant }): NewWorkItem {
  return {
    clientId: clientOf(hold.customerId),
    kind: run.trial ? 'trial_held' : HOLD_KIND,
    subject: holdSubject(hold),
    customerId: hold.customerId,
    reasonCode: hold.reasonCode,
    reason: hold.reason,
    remedy: hold.remedy,
    detail: {
      customerNumber: customerNumber(hold.customerId),
      accountNumber: hold.accountNumber,
      ...(hold.agreementId !== undefined && { agreementId: hold.agreementId }),
      ...hold.detail,
    },
    ...(run.runId !== undefined && { runId: run.runId }),
    createdAt: run.now,
    closed: run.trial,
  }
}

/** This will refuse what a hold stops, and say what to do. */
export function refusalOf({ reasonCode, reason, remedy }: Hold): Refusal {
  return new Refusal('rule', reasonCode, `${reason} ${remedy}`)
}
