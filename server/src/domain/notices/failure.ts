import type { Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import { openWorkItems } from '../work/index.ts'
import { type Notice, noticeSubject } from './notice.ts'

export const NOTICE_FAILED = 'notice_failed'

const REMEDIES: Readonly<Record<string, string>> = {
  no_address:
    'Record an e-mail address, or let the bills of the account go by paper; then send the notice again.',
  template_unknown: 'Create the template, or correct the code in the step that names it.',
  text_missing: 'Write the text of this template for this channel.',
  fact_missing: 'Take the fact out of the template, or correct what tells it.',
  refused: 'Correct the e-mail address; then send the notice again.',
  undeliverable: 'See to the mail server; then send the notice again.',
}

/** This will report notices that nobody got, each as a work item with what to do. */
export async function reportFailures(
  tx: Tx,
  clientId: number,
  notices: readonly Notice[],
  now: Instant,
): Promise<void> {
  await openWorkItems(
    tx,
    notices.map((notice) => {
      const { customerId, templateCode, channel, lastError } = notice
      const [reasonCode = 'undeliverable', what] = (notice.reason ?? '').split(' ')
      const said = [what, lastError].filter(Boolean).join('; ')
      return {
        clientId,
        kind: NOTICE_FAILED,
        subject: noticeSubject(notice),
        customerId,
        reasonCode,
        reason: `The ${channel} "${templateCode}" was not sent: ${reasonCode.replaceAll('_', ' ')}${said && ` (${said})`}.`,
        remedy: REMEDIES[reasonCode] ?? 'See to the reason; then send the notice again.',
        createdAt: now,
      }
    }),
  )
}
