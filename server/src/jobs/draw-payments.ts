import { z } from 'zod'
import { listClients } from '../domain/identity/index.ts'
import {
  type CompletedBill,
  drawDuePayments,
  drawRequested,
  noteReturnedPayment,
  pollReturns,
  recoverPayments,
  stageAutopay,
  withdrawAutopay,
} from '../domain/payments/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { addJob, type Task } from '../platform/jobs/index.ts'
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

const DrawPayload = z.object({ customerId: z.number().int(), requestNumber: z.number().int() })

/** This will have a worker draw a requested payment, once the caller's transaction commits. */
export async function wakeDraw(
  tx: Tx,
  { customerId, requestNumber }: { customerId: number; requestNumber: number },
): Promise<void> {
  const key = `draw-payment:${customerId}:${requestNumber}`
  await addJob(tx, 'draw-payment', { customerId, requestNumber }, { key })
}

/** This will draw a requested payment that still waits. */
export function drawPaymentTask({ database, clock, gateways }: JobContext): Task {
  return async (payload) => {
    if (!gateways) return
    const actor = { actor: 'job:draw-payment', door: 'jobs' as const }
    await drawRequested({ database, clock, actor, gateways }, DrawPayload.parse(payload))
  }
}
