import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

export type MarketInvoiceStatus = 'ready' | 'sent' | 'accepted' | 'rejected' | 'cancelled'

/** An agreement's charge, sent to the utility that bills for us. */
export interface MarketInvoice {
  customerId: number
  invoiceNumber: number
  agreementId: number
  chargeId: number
  amountCents: Cents
  status: MarketInvoiceStatus
  invoiceDate: LocalDate
  externalId: string | null
  createdAt: Instant
}

/** Which action leads from which state to which; what is absent is refused. */
export const INVOICE_TRANSITIONS: Readonly<
  Record<'send' | 'accept' | 'reject' | 'cancel', Partial<Record<MarketInvoiceStatus, MarketInvoiceStatus>>>
> = {
  send: { ready: 'sent', rejected: 'sent' },
  accept: { sent: 'accepted' },
  reject: { sent: 'rejected' },
  cancel: { ready: 'cancelled', sent: 'cancelled', accepted: 'cancelled', rejected: 'cancelled' },
}
