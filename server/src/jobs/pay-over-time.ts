import { z } from 'zod'
import { lockCustomers } from '../domain/customers/index.ts'
import { type Actor, getClient } from '../domain/identity/index.ts'
import { requestDisbursement } from '../domain/payments/index.ts'
import {
  type ContractKind,
  creditYearlyInterest,
  customersWithContracts,
  monitorBudgets,
  refundGoodDeposits,
  reviewArrangements,
  reviewPromises,
} from '../domain/receivables/index.ts'
import { workApart } from '../domain/work/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import { type Instant, type LocalDate, localDateAt } from '../platform/time.ts'
import type { DailyStep } from './daily-steps.ts'
import type { Subscriber } from './subscribers.ts'

type Operation = (
  tx: Tx,
  input: { customerIds: readonly number[]; day: LocalDate; now: Instant; actor: Actor },
) => Promise<void>

/** A day's work on the contracts of some kinds, some customers at a time, one customer's trouble apart from the others'. */
function contractStep(name: string, kinds: readonly ContractKind[], operation: Operation): DailyStep {
  return {
    name,
    async run({ database, clock, actor }, { clientId, day }) {
      let after: number | undefined
      for (;;) {
        const page = { clientId, kinds, ...(after !== undefined && { after }) }
        const customerIds = await customersWithContracts(database.read, page)
        after = customerIds.at(-1)
        if (after === undefined) return
        await database.transaction(async (tx) => {
          await lockCustomers(tx, customerIds)
          const [now, what] = [clock(), name.replaceAll('_', ' ')]
          const work = { clientId, kind: 'daily_work_refused', what, now }
          await workApart(tx, work, customerIds, (some) =>
            operation(tx, { customerIds: some, day, now, actor }),
          )
        })
      }
    },
  }
}

/** Budgets, arrangements, promises and deposits, each brought up to the day. */
export const payOverTimeSteps: readonly DailyStep[] = [
  contractStep('review_arrangements', ['arrangement'], reviewArrangements),
  contractStep('review_promises', ['promise'], reviewPromises),
  contractStep('monitor_budgets', ['budget'], monitorBudgets),
  contractStep('deposit_interest', ['deposit'], creditYearlyInterest),
  contractStep('deposit_refunds', ['deposit'], refundGoodDeposits),
]

/** Money that came or went keeps what was promised or arranged, or opens it again. */
export const promisesSubscriber: Subscriber = {
  name: 'review_promises',
  types: ['payment.posted', 'payment.cancelled', 'payment.returned'],
  async handle(tx, events, { clientId, now, actor }) {
    const customerIds = [...new Set(events.flatMap(customerOf))]
    if (customerIds.length === 0) return
    await lockCustomers(tx, customerIds)
    const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
    await reviewPromises(tx, { customerIds, day, now, actor })
    await reviewArrangements(tx, { customerIds, day, now, actor })
  },
}

/** What is left of a deposit that is to be paid out. */
const Refunded = z.object({
  to: z.enum(['account', 'check']),
  customerId: z.int(),
  leftAgreementId: z.int().nullable(),
  leftCents: z.int(),
})

/** A deposit given back by check is paid out. */
export const depositCheckSubscriber: Subscriber = {
  name: 'deposit_checks',
  types: ['deposit.refunded'],
  async handle(tx, events, { clientId, now, actor }) {
    const requestedOn = localDateAt(now, (await getClient(tx, clientId)).timeZone)
    for (const { payload } of events) {
      const { to, customerId, leftAgreementId: agreementId, leftCents: amountCents } = Refunded.parse(payload)
      if (to !== 'check' || agreementId === null || amountCents <= 0) continue
      const wish = { customerId, agreementId, amountCents, requestedOn, reason: 'deposit_refund' }
      await requestDisbursement(tx, { ...wish, now, actor })
    }
  },
}

function customerOf({ payload }: OutboxEvent): number[] {
  return typeof payload.customerId === 'number' ? [payload.customerId] : []
}
