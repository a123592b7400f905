import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { closeWorkItemsAbout, openWorkItems } from '../../work/index.ts'
import { recordPayment } from '../events/record.ts'
import { selectEventOfKey } from '../store/request.ts'
import type { MethodKind } from './gateway.ts'

/** Money that a gateway certainly took. */
export interface TakenMoney extends AccountKey {
  payerCustomerId: number
  amountCents: Cents
  paymentDate: LocalDate
  kind: MethodKind
  autopay: boolean
  /** Ours: the same one again is posted once. */
  key: string
  gateway: string
  reference: string
  /** What the work item is about when the books refuse it. */
  subject: string
}

/**
 * This will post money that a gateway took and answer the payment event's number. When the books refuse it, the money
 * is not forgotten: undefined is answered, and a work item says why; the caller keeps it to be posted again.
 */
export async function postTakenMoney(
  tx: Tx,
  money: TakenMoney,
  { now, actor }: { now: Instant; actor: Actor },
): Promise<number | undefined> {
  const { payerCustomerId, customerId, accountNumber, amountCents, paymentDate, kind, key } = money
  const clientId = clientOf(customerId)
  const accountingDate = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const { result, error } = await apart(tx, () =>
    recordPayment(tx, {
      payerCustomerId,
      accounts: [{ customerId, accountNumber, amountCents }],
      paymentDate,
      accountingDate,
      source: money.autopay ? 'autopay' : 'web',
      tender: { method: kind === 'card' ? 'card' : 'ach', reference: `${money.gateway}:${money.reference}` },
      externalId: key,
      now,
      actor,
    }),
  )
  if (error !== undefined && !(error instanceof Refusal)) throw error
  if (error === undefined) {
    const about = {
      clientId,
      kind: 'payment_unposted',
      subjects: [money.subject],
      closedBy: actor.actor,
      now,
    }
    await closeWorkItemsAbout(tx, about)
    return result ?? selectEventOfKey(tx, payerCustomerId, key)
  }
  await openWorkItems(tx, [
    {
      clientId,
      kind: 'payment_unposted',
      subject: money.subject,
      customerId,
      reasonCode: error.code,
      reason: `${money.gateway} took ${centsToDecimal(amountCents)} (${money.reference}), but the books refuse it: ${error.message}`,
      remedy: 'Remove what the reason names; the payment is then posted by itself within minutes.',
      priority: 1,
      createdAt: now,
    },
  ])
  return undefined
}
