import { createHash } from 'node:crypto'
import type { Instant, LocalDate } from '../../platform/time.ts'
import {
  type AccountContact,
  type BillingAccount,
  customerNumber,
  type Language,
} from '../customers/index.ts'
import type { Company } from '../identity/index.ts'
import type { Notice, Telling } from './notice.ts'
import { type Choice, chooseChannels, chooseForBill, type Preference } from './preferences/preference.ts'
import { fillText, type NoticeTemplate, type NoticeText, wordFacts } from './templates/template.ts'

/** What notices are made of, read for all of them at once. */
export interface Material {
  today: LocalDate
  now: Instant
  accounts: readonly BillingAccount[]
  contacts: readonly AccountContact[]
  companies: readonly Company[]
  preferences: readonly Preference[]
  templates: readonly NoticeTemplate[]
  /** Those in force today. */
  texts: readonly NoticeText[]
}

export type NewNotice = Omit<Notice, 'noticeNumber' | 'attempts' | 'lastError'>

/** This will make the notices of one telling: one a person and channel, or one that says why nobody is told. */
export function composeNotices(telling: Telling, material: Material): NewNotice[] {
  const account = material.accounts.find(
    (one) => one.customerId === telling.customerId && one.accountNumber === telling.accountNumber,
  )
  const template = material.templates.find((one) => one.templateCode === telling.templateCode)
  if (!account) return []
  const contacts = material.contacts.filter(
    (one) => one.customerId === telling.customerId && one.accountNumber === telling.accountNumber,
  )
  return contacts.flatMap((contact) => {
    const choices = choicesFor(telling, template, account, contact, material.preferences)
    return choices.map((choice) => composeOne({ telling, template, account, contact, choice }, material))
  })
}

function choicesFor(
  telling: Telling,
  template: NoticeTemplate | undefined,
  account: BillingAccount,
  contact: AccountContact,
  preferences: readonly Preference[],
): Choice[] {
  if (telling.billId !== undefined) return chooseForBill(account, contact, preferences)
  if (template) return chooseChannels(template, account, contact, preferences)
  return contact.role === 'main' ? [{ channel: 'letter' }] : []
}

interface Composition {
  telling: Telling
  template: NoticeTemplate | undefined
  account: BillingAccount
  contact: AccountContact
  choice: Choice
}

function composeOne(composition: Composition, material: Material): NewNotice {
  const { telling, account, contact, choice } = composition
  const { channel } = choice
  const language = contact.role === 'main' ? account.documentLanguage : contact.language
  const isRouted =
    telling.billId !== undefined && contact.role === 'main' && account.deliveryMethod === 'email'
  const worded = wordNotice(composition, language, material)
  const fault = choice.suppressed ?? worded.fault
  const status = fault === undefined ? 'queued' : choice.suppressed && !isRouted ? 'suppressed' : 'failed'
  const isLetter = channel === 'letter'
  return {
    customerId: telling.customerId,
    accountNumber: telling.accountNumber,
    personId: contact.personId,
    templateCode: telling.templateCode,
    channel,
    language: worded.language,
    cause: telling.cause,
    name: isLetter ? account.mailingName : contact.name,
    address: isLetter ? account.mailingAddress : contact.email === null ? null : { email: contact.email },
    subject: worded.subject,
    body: worded.body,
    billId: telling.billId ?? null,
    routingNumber: isRouted ? 1 : null,
    status,
    reason: fault ?? null,
    dueAt: material.now,
    queuedAt: material.now,
    doneAt: status === 'queued' ? null : material.now,
  }
}

/** The words, in English where there are none in the language, or why there are none: a code with what is missing. */
function wordNotice(
  { telling, template, account, contact, choice }: Composition,
  language: Language,
  { today, companies, texts }: Material,
): { language: Language; subject: string; body: string; fault?: string } {
  const none = { language, subject: '', body: '' }
  if (!template) return { ...none, fault: 'template_unknown' }
  const own = texts.filter(
    (one) => one.templateCode === template.templateCode && one.channel === choice.channel,
  )
  const text = own.find((one) => one.language === language) ?? own.find((one) => one.language === 'en')
  if (!text) return { ...none, fault: `text_missing ${choice.channel}` }
  const company = companies.find((one) => one.companyId === account.companyId)
  const facts = {
    ...telling.facts,
    customerName: contact.name,
    accountNumber: accountNumberOf(account),
    companyName: company?.name ?? '',
    companyPhone: company?.phone ?? '',
    companyWebsite: company?.website ?? '',
    today,
  }
  const { words, missing } = wordFacts(template, facts, text.language)
  if (!words) return { ...none, fault: `fact_missing ${missing}` }
  return {
    language: text.language,
    subject: fillText(text.subject, words),
    body: fillText(text.body, words),
  }
}

/** This will write a billing account's number as customers read it: `00000042-1`. */
export function accountNumberOf({
  customerId,
  accountNumber,
}: {
  customerId: number
  accountNumber: number
}): string {
  return `${String(customerNumber(customerId)).padStart(8, '0')}-${accountNumber}`
}

/** This will hash what a notice says: the log proves what was sent. */
export function contentHash({ subject, body }: Pick<Notice, 'subject' | 'body'>): Buffer {
  return createHash('sha256').update(`${subject}\n${body}`).digest()
}
