import { type Cents, sumCents } from '../../platform/money.ts'
import { type BillDocument, checkBillDocument } from './bill-document.ts'
import { type Catalogue, catalogueOf, fill, SECTIONS } from './messages.ts'
import { type ChargeView, toChargeView } from './view-charge.ts'
import {
  type ChartView,
  type ComparisonView,
  comparisonSentence,
  toChartView,
  toComparisonView,
} from './view-usage.ts'
import { dateParts, wordDate, wordMoney, wordPeriod } from './wording.ts'

/** More payments or charges than this are summed on page one, where the slip must fit, and listed after it. */
const PAGE_ONE_ROWS = 6

/** A bill in words: every text as it is printed, in order. The template only places it. */
export interface BillView {
  language: string
  title: string
  date: [year: number, month: number, day: number]
  texts: Catalogue
  companyName: string
  companyLines: string[]
  contactLines: string[]
  remitLines: string[]
  mailing: string[]
  facts: { label: string; value: string }[]
  hero: { label: string; amount: string; due: string; note: string }
  story: string[]
  notices: NoticeView[]
  /** The list of page one, and the entries since the last bill where that list only sums them. */
  owed: { text: string; amount: string; look: 'plain' | 'subtotal' | 'total' }[]
  activity: { date: string; text: string; amount: string }[]
  /** What the new charges are made of; `share` is the amount in cents, for the bar only. */
  madeOf: { text: string; amount: string; share: number }[]
  chart: ChartView | null
  comparison: ComparisonView | null
  charges: ChargeView[]
  messages: NoticeView[]
  help: string
  stub: { payable: boolean; hint: string; facts: { label: string; value: string }[]; scanLine: string }
  continued: string
}

export interface NoticeView {
  title: string
  body: string
}

/** This will word a whole bill in its language. Throws when the document's figures contradict each other. */
export function toBillView(document: BillDocument): BillView {
  checkBillDocument(document)
  const { bill, company, language } = document
  const texts = catalogueOf(language)
  const charted = document.charges.find((charge) => charge.usage)
  const title = { company: company.name, number: bill.number, date: wordDate(bill.issuedOn, language) }
  return {
    language,
    title: fill(texts.titleOf, title),
    date: dateParts(bill.issuedOn),
    texts,
    companyName: company.name,
    companyLines: company.addressLines,
    contactLines: [company.phone, company.website],
    remitLines: [company.name, ...company.remitLines],
    mailing: [bill.customerName, ...bill.mailingLines],
    facts: toFacts(document),
    hero: toHero(document),
    story: toStory(document),
    notices: toNotices(document),
    owed: toOwed(document),
    activity: toActivity(document),
    madeOf: toMadeOf(document),
    chart: (charted?.usage && toChartView(charted.usage, language)) || null,
    comparison: document.comparison ? toComparisonView(document.comparison, language) : null,
    charges: document.charges.map((charge) => toChargeView(charge, language, charge !== charted)),
    messages: document.messages,
    help: fill(texts.helpBody, {
      phone: company.phone,
      website: company.website,
      account: bill.accountNumber,
    }),
    stub: toStub(document),
    continued: fill(texts.continued, { number: bill.number, account: bill.accountNumber }),
  }
}

function toFacts({ bill, language }: BillDocument): BillView['facts'] {
  const texts = catalogueOf(language)
  return [
    { label: texts.accountNumber, value: bill.accountNumber },
    { label: texts.billNumber, value: bill.number },
    { label: texts.billDate, value: wordDate(bill.issuedOn, language) },
    { label: texts.billingPeriod, value: wordPeriod(bill.period, language) },
    { label: texts.serviceAddress, value: bill.serviceLines.join('\n') },
  ]
}

function toHero({ balance, bill, language }: BillDocument): BillView['hero'] {
  const texts = catalogueOf(language)
  const due = balance.amountDueCents
  if (due <= 0)
    return {
      label: due < 0 ? texts.creditBalance : texts.amountDue,
      amount: wordMoney(due),
      due: texts.nothingToPay,
      note: due < 0 ? texts.creditNote : texts.settledNote,
    }
  const { autopay } = balance
  const note = autopay && {
    amount: wordMoney(due),
    method: autopay.method,
    date: wordDate(autopay.date, language),
  }
  return {
    label: texts.amountDue,
    amount: wordMoney(due),
    due: fill(texts.dueBy, { date: wordDate(bill.dueOn, language) }),
    note: note ? fill(texts.autopayNote, note) : '',
  }
}

/** What was before the new charges: the last balance and everything since. */
function forwardCents({ balance }: BillDocument): Cents {
  return sumCents([balance.previousCents, ...sinceLastBill(balance).map((entry) => entry.amountCents)])
}

/** What this bill itself asks for stands below the new charges. */
function sinceLastBill({ activity }: BillDocument['balance']): BillDocument['balance']['activity'] {
  return activity.filter((entry) => !entry.ask)
}

function toStory(document: BillDocument): string[] {
  const { balance, bill, language } = document
  const texts = catalogueOf(language)
  const forward = forwardCents(document)
  const story: string[] = []
  if (forward > 0) story.push(fill(texts.storyOpen, { amount: wordMoney(forward) }))
  else if (forward < 0) story.push(fill(texts.storyCredit, { amount: wordMoney(-forward) }))
  else if (balance.previousCents > 0)
    story.push(fill(texts.storyPaid, { amount: wordMoney(balance.previousCents) }))
  const period = wordPeriod(bill.period, language)
  story.push(fill(texts.storyNew, { period, amount: wordMoney(balance.currentCents) }))
  const why =
    document.explanation ?? (document.comparison && comparisonSentence(document.comparison, language))
  return why ? [...story, why] : story
}

function toNotices({ charges, corrects, language }: BillDocument): NoticeView[] {
  const texts = catalogueOf(language)
  const notices: NoticeView[] = []
  if (corrects) {
    const values = { number: corrects.billNumber, date: wordDate(corrects.issuedOn, language) }
    const body = corrects.reason
      ? fill(texts.correctedReason, { ...values, reason: corrects.reason })
      : fill(texts.correctedBody, values)
    notices.push({ title: texts.correctedTitle, body })
  }
  if (charges.some((charge) => charge.estimated))
    notices.push({ title: texts.estimatedTitle, body: texts.estimatedBody })
  return notices
}

type OwedRow = BillView['owed'][number]

function owedRow(look: OwedRow['look'], text: string, amount: Cents): OwedRow {
  return { text, amount: wordMoney(amount), look }
}

function toOwed(document: BillDocument): OwedRow[] {
  const { balance } = document
  const texts = catalogueOf(document.language)
  const due = balance.amountDueCents
  return [
    owedRow('plain', texts.previousBalance, balance.previousCents),
    ...owedActivity(document),
    owedRow('subtotal', texts.balanceForward, forwardCents(document)),
    ...owedCharges(document),
    ...balance.activity
      .filter((entry) => entry.ask)
      .map((entry) => owedRow('plain', entry.text, entry.amountCents)),
    owedRow('total', due < 0 ? texts.creditBalance : texts.amountDue, due),
  ]
}

function owedActivity({ balance, language }: BillDocument): OwedRow[] {
  const texts = catalogueOf(language)
  const activity = sinceLastBill(balance)
  if (activity.length <= PAGE_ONE_ROWS)
    return activity.map((entry) => {
      const text = fill(texts.onDate, { text: entry.text, date: wordDate(entry.date, language) })
      return owedRow('plain', text, entry.amountCents)
    })
  const total = sumCents(activity.map((entry) => entry.amountCents))
  return [owedRow('plain', fill(texts.activitySince, { count: String(activity.length) }), total)]
}

function owedCharges({ balance, charges, language }: BillDocument): OwedRow[] {
  const texts = catalogueOf(language)
  if (charges.length > PAGE_ONE_ROWS) {
    const count = String(charges.length)
    return [owedRow('plain', fill(texts.chargesOf, { count }), balance.currentCents)]
  }
  const rows = charges.map((charge) => owedRow('plain', charge.title, charge.totalCents))
  if (rows.length < 2) return rows
  return [...rows, owedRow('subtotal', texts.currentCharges, balance.currentCents)]
}

/** The entries that page one only sums; none when they all stand there. */
function toActivity({ balance, language }: BillDocument): BillView['activity'] {
  const activity = sinceLastBill(balance)
  if (activity.length <= PAGE_ONE_ROWS) return []
  return activity.map((entry) => ({
    date: wordDate(entry.date, language),
    text: entry.text,
    amount: wordMoney(entry.amountCents),
  }))
}

function toMadeOf({ charges, language }: BillDocument): BillView['madeOf'] {
  const lines = charges.flatMap((charge) => charge.parts.flatMap((part) => part.lines))
  return SECTIONS.flatMap((section) => {
    const amounts = lines.filter((line) => line.section === section).map((line) => line.amountCents)
    const total = sumCents(amounts)
    const row = { text: catalogueOf(language)[section], amount: wordMoney(total), share: total }
    return amounts.length > 0 ? [row] : []
  })
}

function toStub({ balance, bill, language, remittance }: BillDocument): BillView['stub'] {
  const texts = catalogueOf(language)
  const due = balance.amountDueCents
  const payable = due > 0 && !balance.autopay
  return {
    payable,
    hint: payable ? texts.stubHint : texts.stubNoPay,
    facts: [
      { label: texts.accountNumber, value: bill.accountNumber },
      { label: texts.billNumber, value: bill.number },
      { label: texts.dueDate, value: due > 0 ? wordDate(bill.dueOn, language) : texts.nothingToPay },
      { label: due < 0 ? texts.creditBalance : texts.amountDue, value: wordMoney(due) },
    ],
    scanLine: remittance.scanLine,
  }
}
