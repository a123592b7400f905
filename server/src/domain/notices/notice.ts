import type { Instant } from '../../platform/time.ts'
import type { AccountKey, Language, MailingAddress } from '../customers/index.ts'
import type { Channel } from './templates/template.ts'

export type NoticeStatus = 'queued' | 'sent' | 'failed' | 'suppressed'

/** What can happen to a notice; a state that names no action is its end. */
export type NoticeAction = 'send' | 'fail' | 'suppress' | 'retry'

/** State x action -> state. */
export const NOTICE_LIFE_CYCLE: Readonly<Record<NoticeStatus, Partial<Record<NoticeAction, NoticeStatus>>>> =
  {
    queued: { send: 'sent', fail: 'failed', suppress: 'suppressed' },
    failed: { retry: 'queued' },
    sent: {},
    suppressed: {},
  }

export interface NoticeKey {
  customerId: number
  noticeNumber: number
}

/** One notice to one person over one channel, in the words it was made with. */
export interface Notice extends NoticeKey, AccountKey {
  personId: number
  templateCode: string
  channel: Channel
  language: Language
  /** What it follows from, once: `event:812`. */
  cause: string
  /** As it is greeted, or as it stands on the envelope. */
  name: string
  /** An e-mail address, or the account's mailing address. */
  address: { email: string } | MailingAddress | null
  subject: string
  body: string
  billId: number | null
  routingNumber: number | null
  status: NoticeStatus
  /** Why it failed or was not sent: a stable code. */
  reason: string | null
  attempts: number
  lastError: string | null
  dueAt: Instant
  queuedAt: Instant
  doneAt: Instant | null
}

/** Something to tell the people of an account. Money facts are told in cents: `amountCents` for `{amount}`. */
export interface Telling extends AccountKey {
  templateCode: string
  cause: string
  facts: Readonly<Record<string, unknown>>
  /** The bill that it tells of: it goes along with e-mail, and by post of its own. */
  billId?: number
}

/** This will name a notice in audit rows and work items. */
export function noticeSubject({ customerId, noticeNumber }: NoticeKey): string {
  return `notice:${customerId}-${noticeNumber}`
}
