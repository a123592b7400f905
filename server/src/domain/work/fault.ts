import { apart, type Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant } from '../../platform/time.ts'
import { openWorkItems } from './operations.ts'

/** Recurring work that one customer's trouble must not stop for the others. */
export interface CustomerWork {
  clientId: number
  /** Of the work item: `daily_work_refused`. */
  kind: string
  /** What is being done, as the work item's sentence begins: `Late fees`. */
  what: string
  now: Instant
}

/**
 * This will do work for customers together; when that fails, for one after the other, each apart from the others: whoever
 * is refused, or met by a defect, gets a work item and the others their work. A lost connection is thrown.
 */
export async function workApart(
  tx: Tx,
  work: CustomerWork,
  customerIds: readonly number[],
  act: (customerIds: readonly number[]) => Promise<unknown>,
): Promise<void> {
  const whole = await apart(tx, () => act(customerIds))
  if (whole.error === undefined) return
  for (const customerId of customerIds) {
    const { error } = await apart(tx, () => act([customerId]))
    if (error !== undefined) await reportFault(tx, work, customerId, error)
  }
}

/** This will open the work item of a customer whose work was refused or met a defect. */
export async function reportFault(
  tx: Tx,
  { clientId, kind, what, now }: CustomerWork,
  customerId: number,
  error: unknown,
): Promise<void> {
  const refused = error instanceof Refusal
  const said = error instanceof Error ? error.message : String(error)
  await openWorkItems(tx, [
    {
      clientId,
      kind,
      subject: `customer:${customerId}`,
      customerId,
      reasonCode: refused ? error.code : 'daily_work_defect',
      reason: refused ? `${what}: ${said}` : `${what} stopped on an unexpected fault: ${said}`,
      remedy: refused
        ? 'Correct what the reason names; the next day tries again.'
        : 'Report the fault with this item; the next day tries again.',
      createdAt: now,
    },
  ])
}
