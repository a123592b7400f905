import type { Tx } from '../../platform/db/index.ts'
import type { OutboxEvent } from '../../platform/outbox.ts'
import type { Instant } from '../../platform/time.ts'
import { formatBillId } from '../billing/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Telling } from './notice.ts'
import { tellCustomers, withdrawBillNotices } from './operations.ts'

type Payload = Readonly<Record<string, unknown>>

/** The template that an event asks for, and its facts where they are not the event's own fields. */
interface Told {
  templateCode: string
  facts?: Payload
  billId?: number
  /** What several events have in common, so that they are told once. */
  cause?: string
}

/** What customers are told when something happens; an event that leads to nothing answers undefined. */
const TOLD: Readonly<Record<string, (payload: Payload) => Told | undefined>> = {
  'bill.completed': (payload) => {
    const key = { customerId: Number(payload.customerId), billId: Number(payload.billId) }
    const facts = { ...payload, billNumber: formatBillId(key) }
    return { templateCode: 'bill_ready', facts, billId: key.billId }
  },
  'payment.posted': ({ source }) =>
    source === 'remittance' ? undefined : { templateCode: 'payment_received' },
  'payment.returned': () => ({ templateCode: 'payment_returned' }),
  'payment_request.declined': ({ retryOn }) =>
    retryOn === null ? { templateCode: 'payment_declined' } : undefined,
  'autopay.scheduled': () => ({ templateCode: 'autopay_scheduled' }),
  'autopay.held': () => ({ templateCode: 'autopay_held' }),
  'autopay.suspended': () => ({ templateCode: 'autopay_suspended' }),
  'collection.step_done': ({ template, facts }) =>
    typeof template === 'string' ? { templateCode: template, facts: facts as Payload } : undefined,
  'arrangement.started': () => ({ templateCode: 'arrangement_confirmed' }),
  'arrangement.broken': () => ({ templateCode: 'arrangement_broken' }),
  'extension.started': () => ({ templateCode: 'extension_confirmed' }),
  'extension.broken': () => ({ templateCode: 'extension_broken' }),
  'deposit.assessed': () => ({ templateCode: 'deposit_assessed' }),
  'deposit.refunded': () => ({ templateCode: 'deposit_refunded' }),
  'service.started': (payload) => ({ templateCode: 'welcome', ...ofRequest(payload) }),
  'service.stopped': (payload) => {
    const facts = { stopDate: payload.stopDate ?? payload.endDate }
    return { templateCode: 'stop_confirmed', facts, ...ofRequest(payload) }
  },
}

/** One request may start or stop several agreements. */
function ofRequest({ requestId }: Payload): Pick<Told, 'cause'> {
  return requestId === undefined ? {} : { cause: `service_request:${requestId}` }
}

/** Events after which an e-mail about their bill must not go out any more. */
const WITHDRAWN: readonly string[] = ['bill.reopened', 'bill.cancelled']

/** The events that notices follow from. */
export const NOTICE_EVENTS: readonly string[] = [...Object.keys(TOLD), ...WITHDRAWN]

/** This will tell customers of events, in their order. The same events again tell nobody anything. */
export async function tellOfEvents(
  tx: Tx,
  events: readonly OutboxEvent[],
  context: { clientId: number; now: Instant; actor: Actor },
): Promise<void> {
  const tellings = events.flatMap(tellingOf)
  await tellCustomers(tx, { ...context, tellings })
  const bills = events.flatMap(({ type, payload }) =>
    WITHDRAWN.includes(type)
      ? [{ customerId: Number(payload.customerId), billId: Number(payload.billId) }]
      : [],
  )
  if (bills.length > 0) await withdrawBillNotices(tx, bills, context.now)
}

function tellingOf({ eventId, type, payload }: OutboxEvent): Telling[] {
  const { customerId, accountNumber } = payload
  const told = TOLD[type]?.(payload)
  if (!told || typeof customerId !== 'number' || typeof accountNumber !== 'number') return []
  const { templateCode, facts = payload, billId, cause = `event:${eventId}` } = told
  const bill = billId === undefined ? {} : { billId }
  return [{ customerId, accountNumber, templateCode, cause, facts, ...bill }]
}
