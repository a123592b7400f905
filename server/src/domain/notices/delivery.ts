import type { Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import { markRoutings } from '../billing/index.ts'
import { clientOf } from '../customers/index.ts'
import { closeWorkItemsAbout } from '../work/index.ts'
import { NOTICE_FAILED, reportFailures } from './failure.ts'
import { type Notice, type NoticeKey, noticeSubject } from './notice.ts'
import * as store from './store/notice.ts'
import type { Channel } from './templates/template.ts'

/** An e-mail is tried for about a day: after 1, 2, 4 ... minutes, at last every four hours. */
const ATTEMPTS = 13

/**
 * This will take the oldest notices of a channel that wait, and put their next attempt off: one whose sender is killed is
 * taken again. Any number of senders may do so at once.
 */
export async function takeNotices(
  tx: Tx,
  input: { channel: Channel; clientId?: number; limit: number; now: Instant },
): Promise<Notice[]> {
  return await store.takeNotices(tx, input)
}

/** This will record that a notice was sent, and with it the bill that went along. */
export async function noticeSent(tx: Tx, notice: Notice, now: Instant): Promise<void> {
  if (!(await store.finish(tx, notice, { status: 'sent', reason: null, error: null, now }))) return
  await markBill(tx, notice, 'sent', now)
  await closeWorkItemsAbout(tx, {
    clientId: clientOf(notice.customerId),
    kind: NOTICE_FAILED,
    subjects: [noticeSubject(notice)],
    closedBy: 'system',
    now,
  })
}

/** This will record that sending failed: for good when the other side refused or time is up, else it is tried again. */
export async function noticeNotSent(
  tx: Tx,
  notice: Notice,
  failure: { error: string; refused: boolean; now: Instant },
): Promise<void> {
  const { error, refused, now } = failure
  if (!refused && notice.attempts < ATTEMPTS) {
    await store.noteError(tx, notice, error)
    return
  }
  const reason = refused ? 'refused' : 'undeliverable'
  if (!(await store.finish(tx, notice, { status: 'failed', reason, error, now }))) return
  await markBill(tx, notice, 'failed', now)
  await reportFailures(tx, clientOf(notice.customerId), [{ ...notice, reason, lastError: error }], now)
}

/** This will take back one notice whose bill is no longer to be sent. */
export async function noticeObsolete(tx: Tx, key: NoticeKey, now: Instant): Promise<void> {
  await store.finish(tx, key, { status: 'suppressed', reason: 'bill_withdrawn', error: null, now })
}

async function markBill(tx: Tx, notice: Notice, status: 'sent' | 'failed', now: Instant): Promise<void> {
  const { customerId, billId, routingNumber } = notice
  if (billId === null || routingNumber === null) return
  await markRoutings(tx, [{ customerId, billId, routingNumber }], status, now)
}
