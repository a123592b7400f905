import type { LetterDocument } from '../../formats/pdf/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { localDateAt } from '../../platform/time.ts'
import { clientOf, getBillingAccount, type MailingAddress } from '../customers/index.ts'
import { listCompanies } from '../identity/index.ts'
import { accountNumberOf } from './compose.ts'
import type { Notice } from './notice.ts'
import * as store from './store/notice.ts'

/**
 * This will take the letters of a client that wait to be printed, oldest first: no other print run gets them until the
 * transaction ends.
 */
export async function takeLetters(tx: Tx, input: { clientId: number; limit: number }): Promise<Notice[]> {
  return await store.takeLetters(tx, input)
}

/** This will put a letter together as it is printed, dated with the day on which it was written. */
export async function letterDocument(tx: Tx, notice: Notice): Promise<LetterDocument> {
  const account = await getBillingAccount(tx, notice)
  const companies = await listCompanies(tx, clientOf(notice.customerId))
  const company = companies.find((one) => one.companyId === account.companyId)
  if (!company) throw new Error(`billing account of customer ${notice.customerId} has no company`)
  return {
    language: notice.language,
    company: {
      name: company.name,
      addressLines: addressLines(company.address),
      phone: company.phone ?? '',
      website: company.website ?? '',
    },
    writtenOn: localDateAt(notice.queuedAt, company.timeZone),
    accountNumber: accountNumberOf(notice),
    mailingLines: [notice.name, ...addressLines(notice.address as MailingAddress)],
    subject: notice.subject,
    body: notice.body,
  }
}

function addressLines({ line1, line2, city, state, postalCode, country }: Partial<MailingAddress>): string[] {
  const place = [city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [line1, line2, place, country === 'US' ? undefined : country].filter((line): line is string =>
    Boolean(line),
  )
}
