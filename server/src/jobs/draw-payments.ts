import { listClients } from '../domain/identity/index.ts'
import {
  type CompletedBill,
  drawDuePayments,
  noteReturnedPayment,
  pollReturns,
  recoverPayments,
  stageAutopay,
  withdrawAutopay,
} from '../domain/payments/index.ts'
import type { Task } from '../platform/jobs/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import type { DailyStep } from './daily-steps.ts'
import type { JobContext } from './index.ts'
import type { Subscriber } from './subscribers.ts'

const payloadOf = <Payload>(event: OutboxEvent) => event.payload as unknown as Payload

/** Who plans and takes back draws because of bills, and counts what came back. */
export const paymentSubscribers: readonly Subscriber[] = [
  {
    name: 'autopay stages draws',
    types: ['bill.completed'],
    handle: (tx, events, told) =>
      stageAutopay(tx, { ...told, bills: events.map((event) => payloadOf<CompletedBill>(event)) }),
  },
  {
    name: 'autopay takes draws back',
    types: ['bill.reopened', 'bill.cancelled'],
    handle: (tx, events, told) => {
      const bills = events.map((event) => payloadOf<{ customerId: number; billId: number }>(event))
      return withdrawAutopay(tx, { ...told, bills, reason: 'bill_changed' })
    },
  },
  {
    name: 'autopay counts returns',
    types: ['payment.returned'],
    async handle(tx, events, told) {
      for (const event of events) {
        const { payerCustomerId, eventNumber } = payloadOf<{ payerCustomerId: number; eventNumber: number }>(
          event,
        )
        await noteReturnedPayment(tx, { ...told, payerCustomerId, eventNumber })
      }
    },
  },
]

/** This will take a day's returns, then draw the payments that are due. */
export const drawPaymentsStep: DailyStep = {
  name: 'draw_payments',
  async run({ gateways, ...context }, { clientId, day }) {
    if (!gateways) return
    await pollReturns({ ...context, gateways }, { clientId, day })
    await drawDuePayments({ ...context, gateways }, { clientId, day })
  },
}

/** This will bring to an end what was left open with the gateways. */
export function recoverPaymentsTask({ database, clock, gateways }: JobContext): Task {
  return async () => {
    if (!gateways) return
    const actor = { actor: 'job:recover-payments', door: 'jobs' as const }
    for (const { clientId } of await listClients(database.read))
      await recoverPayments({ database, clock, actor, gateways }, { clientId })
  }
}
