import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Notice, NoticeKey, NoticeStatus } from './notice.ts'
import type { Preference } from './preferences/preference.ts'
import * as store from './store/notice.ts'
import { selectPreferences } from './store/preference.ts'
import { selectTemplates, selectTextsOf } from './store/template.ts'
import type { Channel, NoticeTemplate, NoticeText } from './templates/template.ts'

/** This will list what a customer was told, newest first. */
export async function noticesOf(tx: Tx, customerId: number, limit = 100): Promise<Notice[]> {
  return await store.selectNoticesOf(tx, customerId, limit)
}

/** This will read one notice. Refuses `notice_unknown`. */
export async function getNotice(tx: Tx, key: NoticeKey): Promise<Notice> {
  const notice = await store.selectNotice(tx, key)
  if (notice) return notice
  throw new Refusal('not_found', 'notice_unknown', 'This customer has no such notice.')
}

/** This will list how the persons of a customer want to hear of things. */
export async function preferencesOf(tx: Tx, customerId: number): Promise<Preference[]> {
  return await selectPreferences(tx, [customerId])
}

/** This will list a client's templates by kind and code. */
export async function noticeTemplates(tx: Tx, clientId: number): Promise<NoticeTemplate[]> {
  return await selectTemplates(tx, clientId)
}

/** This will list every text of a template, past and future versions too. */
export async function noticeTexts(tx: Tx, clientId: number, templateCode: string): Promise<NoticeText[]> {
  return await selectTextsOf(tx, clientId, templateCode)
}

/** This will count the notices of the installation that wait or failed, by channel. */
export async function countWaiting(
  tx: Tx,
): Promise<{ channel: Channel; status: NoticeStatus; notices: number }[]> {
  return await store.countNotices(tx)
}
