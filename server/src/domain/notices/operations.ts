import { numbersAfter, type Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { type Instant, localDateAt } from '../../platform/time.ts'
import { accountContacts, clientOf, getBillingAccounts, lockCustomers } from '../customers/index.ts'
import { type Actor, audit, getClient, listCompanies } from '../identity/index.ts'
import { composeNotices, contentHash, type Material } from './compose.ts'
import { reportFailures } from './failure.ts'
import { NOTICE_LIFE_CYCLE, type Notice, type NoticeKey, noticeSubject, type Telling } from './notice.ts'
import * as store from './store/notice.ts'
import { selectPreferences } from './store/preference.ts'
import { selectTemplates, selectTextsOn } from './store/template.ts'

/**
 * This will tell people of accounts what happened: notices are written and wait to be sent. The same cause and template
 * again changes nothing. What cannot be worded or has no address is kept as failed, with a work item. Locks the customers. Refuses
 * a customer of another client.
 */
export async function tellCustomers(
  tx: Tx,
  input: { clientId: number; tellings: readonly Telling[]; now: Instant; actor: Actor },
): Promise<NoticeKey[]> {
  const { clientId, tellings, now, actor } = input
  const customerIds = [...new Set(tellings.map((one) => one.customerId))]
  if (customerIds.length === 0) return []
  if (customerIds.some((customerId) => clientOf(customerId) !== clientId))
    throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  await lockCustomers(tx, customerIds)
  const told = new Set(await store.selectTold(tx, tellings))
  const once = new Map(tellings.map((one) => [store.toldKey(one), one]))
  const fresh = [...once.values()].filter((one) => !told.has(store.toldKey(one)))
  if (fresh.length === 0) return []
  const material = await gatherMaterial(tx, { clientId, tellings: fresh, customerIds, now })
  const next = await numbersAfter(tx, 'notice', 'notice_number', customerIds)
  const notices = fresh
    .flatMap((telling) => composeNotices(telling, material))
    .map((one): Notice => ({ ...one, noticeNumber: next(one.customerId), attempts: 0, lastError: null }))
  await store.insertNotices(
    tx,
    notices.map((notice) => ({ ...notice, contentHash: contentHash(notice) })),
  )
  await reportFailures(
    tx,
    clientId,
    notices.filter((one) => one.status === 'failed'),
    now,
  )
  if (notices.length > 0) {
    const [first] = notices
    const subject = notices.length === 1 && first ? noticeSubject(first) : 'notices'
    const detail = {
      notices: notices.length,
      templates: [...new Set(notices.map((one) => one.templateCode))],
    }
    await audit(tx, { clientId, at: now, actor, operation: 'tellCustomers', subject, detail })
  }
  return notices.map(({ customerId, noticeNumber }) => ({ customerId, noticeNumber }))
}

async function gatherMaterial(
  tx: Tx,
  input: { clientId: number; tellings: readonly Telling[]; customerIds: readonly number[]; now: Instant },
): Promise<Material> {
  const { clientId, customerIds, now } = input
  const today = localDateAt(now, (await getClient(tx, clientId)).timeZone)
  const codes = [...new Set(input.tellings.map((one) => one.templateCode))]
  return {
    today,
    now,
    accounts: await getBillingAccounts(tx, customerIds),
    contacts: await accountContacts(tx, customerIds, today),
    companies: await listCompanies(tx, clientId),
    preferences: await selectPreferences(tx, customerIds),
    templates: await selectTemplates(tx, clientId, codes),
    texts: await selectTextsOn(tx, clientId, codes, today),
  }
}

/** This will take back e-mails about bills that are no longer; what was sent stays sent. Answers how many. */
export async function withdrawBillNotices(
  tx: Tx,
  bills: readonly { customerId: number; billId: number }[],
  now: Instant,
): Promise<number> {
  return await store.suppressOfBills(tx, bills, 'bill_withdrawn', now)
}

/**
 * This will queue a notice that failed once more, to the e-mail address that the person has by now. Locks the customer.
 * Refuses `notice_unknown`, `notice_state`, and one that was never worded: `notice_wordless`.
 */
export async function retryNotice(tx: Tx, input: NoticeKey & { now: Instant; actor: Actor }): Promise<void> {
  const { customerId, now, actor } = input
  await lockCustomers(tx, [customerId])
  const notice = await store.selectNotice(tx, input)
  if (!notice) throw new Refusal('not_found', 'notice_unknown', 'This customer has no such notice.')
  if (!NOTICE_LIFE_CYCLE[notice.status].retry)
    throw new Refusal(
      'conflict',
      'notice_state',
      `The notice is ${notice.status}; only a failed one is sent again.`,
    )
  if (notice.body === '')
    throw new Refusal(
      'rule',
      'notice_wordless',
      `The notice was never worded (${notice.reason}); correct the template, what happens next is worded with it.`,
    )
  const clientId = clientOf(customerId)
  const { timeZone } = await getClient(tx, clientId)
  const contacts = await accountContacts(tx, [customerId], localDateAt(now, timeZone))
  const contact = contacts.find((one) => one.personId === notice.personId)
  const email = notice.channel === 'email' ? (contact?.email ?? null) : null
  await store.requeue(tx, { ...input, address: email === null ? notice.address : { email }, now })
  await audit(tx, { clientId, at: now, actor, operation: 'retryNotice', subject: noticeSubject(input) })
}
