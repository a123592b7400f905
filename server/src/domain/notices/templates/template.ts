import { wordDate, wordMoney } from '../../../formats/pdf/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { isLocalDate, type LocalDate } from '../../../platform/time.ts'
import type { Language } from '../../customers/index.ts'

export const CHANNELS = ['letter', 'email', 'text'] as const
export type Channel = (typeof CHANNELS)[number]

export const CATEGORIES = ['billing', 'payment', 'collection', 'service', 'account'] as const
export type Category = (typeof CATEGORIES)[number]

/** How a fact is told and written: money `amount` is told as `amountCents`; a date as `YYYY-MM-DD`. */
export type FactKind = 'text' | 'money' | 'date' | 'number'

/** Something that customers can be told, and the facts that its texts may name. */
export interface NoticeTemplate {
  clientId: number
  templateCode: string
  name: string
  category: Category
  /** Always by letter too, whatever the customer prefers. */
  legal: boolean
  /** By letter where bills are paper and nobody asked for another way; else by e-mail, or not at all. */
  letters: boolean
  facts: Readonly<Record<string, FactKind>>
}

/** The words of a template in one channel and language, from a day on. `{dueDate}` stands for a fact. */
export interface NoticeText {
  clientId: number
  templateCode: string
  channel: Channel
  language: Language
  startDate: LocalDate
  subject: string
  /** Paragraphs are parted by an empty line. */
  body: string
}

/** What every notice knows by itself. */
export const STANDARD_FACTS: Readonly<Record<string, FactKind>> = {
  customerName: 'text',
  accountNumber: 'text',
  companyName: 'text',
  companyPhone: 'text',
  companyWebsite: 'text',
  today: 'date',
}

const PLACEHOLDER = /\{([^{}]*)\}/g
const SUBJECT_LENGTH = 150
const BODY_LENGTH = 20_000
const FACT_NAME = /^[a-z][A-Za-z0-9]{0,39}$/

/** This will refuse a template that cannot be used: `template_malformed`. */
export function checkTemplate({ templateCode, name, facts }: NoticeTemplate): void {
  if (!/^[a-z][a-z0-9_]{0,49}$/.test(templateCode))
    throw malformed(`The template code "${templateCode}" must be lower case letters, digits and underscores.`)
  if (name.trim() === '') throw malformed(`The template ${templateCode} needs a name.`)
  const odd = Object.keys(facts).find((fact) => !FACT_NAME.test(fact) || Object.hasOwn(STANDARD_FACTS, fact))
  if (odd !== undefined)
    throw malformed(`The fact "${odd}" needs a name of its own, such as dueDate or amount.`)
}

/** This will refuse words that could not be sent: `text_malformed`, `placeholder_unknown`. */
export function checkText(template: NoticeTemplate, { subject, body }: NoticeText): void {
  if (subject.trim() === '' || body.trim() === '')
    throw new Refusal('malformed', 'text_malformed', 'A notice needs a subject and a body.')
  if (subject.length > SUBJECT_LENGTH || /\p{Cc}/u.test(subject) || body.length > BODY_LENGTH)
    throw new Refusal(
      'malformed',
      'text_malformed',
      `A subject is one line of at most ${SUBJECT_LENGTH} characters, a body has at most ${BODY_LENGTH}.`,
    )
  const known = { ...STANDARD_FACTS, ...template.facts }
  for (const [, name = ''] of `${subject}\n${body}`.matchAll(PLACEHOLDER)) {
    if (Object.hasOwn(known, name)) continue
    throw new Refusal(
      'rule',
      'placeholder_unknown',
      `{${name}} is no fact of ${template.templateCode}; there are: ${Object.keys(known).join(', ')}.`,
    )
  }
}

/** This will put words in the place of placeholders; a line break inside a fact stays one line of a subject. */
export function fillText(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => words[name] ?? whole)
}

export type WordedFacts =
  | { words: Record<string, string>; missing?: undefined }
  | { missing: string; words?: undefined }

/** This will write a template's facts in a language, or name the one that was not told or cannot be read. */
export function wordFacts(
  template: NoticeTemplate,
  facts: Readonly<Record<string, unknown>>,
  language: Language,
): WordedFacts {
  const words: Record<string, string> = {}
  for (const [name, kind] of Object.entries({ ...STANDARD_FACTS, ...template.facts })) {
    const field = kind === 'money' ? `${name}Cents` : name
    const word = wordFact(kind, facts[field], language)
    if (word === undefined) return { missing: field }
    words[name] = word
  }
  return { words }
}

function wordFact(kind: FactKind, value: unknown, language: Language): string | undefined {
  switch (kind) {
    case 'money':
      return Number.isSafeInteger(value) ? wordMoney(value as number) : undefined
    case 'date':
      return typeof value === 'string' && isLocalDate(value) ? wordDate(value, language) : undefined
    case 'number':
      return typeof value === 'number' ? String(value) : undefined
    case 'text': {
      const text =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[language] : value
      return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : undefined
    }
  }
}

function malformed(sentence: string): Refusal {
  return new Refusal('malformed', 'template_malformed', sentence)
}
