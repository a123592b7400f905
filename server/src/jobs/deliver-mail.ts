import { billDocument, formatBillId, getBill } from '../domain/billing/index.ts'
import { clientOf, getBillingAccount } from '../domain/customers/index.ts'
import { listCompanies } from '../domain/identity/index.ts'
import {
  emailBody,
  type Notice,
  noticeNotSent,
  noticeObsolete,
  noticeSent,
  takeNotices,
} from '../domain/notices/index.ts'
import { type BillDocument, renderBill } from '../formats/pdf/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Task } from '../platform/jobs/index.ts'
import { type Mail, MailError, type Mailer } from '../platform/mail.ts'
import type { Clock } from '../platform/time.ts'
import type { JobContext } from './index.ts'
import { mailPasswordLinks } from './mail-password-links.ts'

const BATCH = 20

/** What sending mail takes. */
export interface MailContext {
  database: Database
  clock: Clock
  mailer: Mailer
}

/**
 * This will send the e-mail notices that wait, and tell how many went out. Each is taken, sent, and marked: one that a
 * killed sender took is sent again under the same message id. When a whole batch stays, the rest waits for the next time.
 */
export async function deliverMail(context: MailContext, signal?: AbortSignal): Promise<number> {
  const { database, clock } = context
  let sent = 0
  while (!signal?.aborted) {
    const notices = await database.transaction((tx) =>
      takeNotices(tx, { channel: 'email', limit: BATCH, now: clock() }),
    )
    let sentNow = 0
    for (const notice of notices) if (await deliverOne(context, notice)) sentNow++
    sent += sentNow
    if (notices.length < BATCH || sentNow === 0) break
  }
  return sent
}

async function deliverOne({ database, clock, mailer }: MailContext, notice: Notice): Promise<boolean> {
  try {
    const mail = await toMail(database, notice)
    if (!mail) {
      await database.transaction((tx) => noticeObsolete(tx, notice, clock()))
      return false
    }
    await mailer.send(mail)
  } catch (error) {
    const refused = error instanceof MailError && error.refused
    const failure = { error: (error as Error).message, refused, now: clock() }
    await database.transaction((tx) => noticeNotSent(tx, notice, failure))
    return false
  }
  await database.transaction((tx) => noticeSent(tx, notice, clock()))
  return true
}

/** Nothing when the notice brings a bill that is no longer. */
async function toMail({ read }: Database, notice: Notice): Promise<Mail | undefined> {
  const { customerId, noticeNumber, billId, address } = notice
  if (address === null || !('email' in address)) throw new MailError('there is no e-mail address', true)
  const account = await getBillingAccount(read, notice)
  const companies = await listCompanies(read, clientOf(customerId))
  const company = companies.find((one) => one.companyId === account.companyId)
  const attachments: NonNullable<Mail['attachments']> = []
  if (billId !== null) {
    const bill = await getBill(read, { customerId, billId })
    if (bill.status !== 'complete') return undefined
    const document: BillDocument = await billDocument(read, bill)
    const fileName = `bill-${formatBillId(bill)}.pdf`
    attachments.push({ fileName, mediaType: 'application/pdf', content: await renderBill(document) })
  }
  return {
    to: { name: notice.name, address: address.email },
    subject: notice.subject,
    ...emailBody(notice, company?.name ?? ''),
    id: `${customerId}-${noticeNumber}`,
    language: notice.language,
    attachments,
  }
}

/** This will send what waits, as far as this installation can send e-mail. */
export function deliverMailTask({ database, clock, mailer, fieldKey, publicUrl }: JobContext): Task {
  return async (_payload, { signal }) => {
    if (!mailer) return
    if (fieldKey && publicUrl) await mailPasswordLinks({ database, mailer, fieldKey, publicUrl })
    await deliverMail({ database, clock, mailer }, signal)
  }
}
