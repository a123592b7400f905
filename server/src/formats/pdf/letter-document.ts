import type { LocalDate } from '../../platform/time.ts'
import type { DocumentCompany, DocumentLanguage } from './bill-document.ts'
import { catalogueOf, fill } from './messages.ts'
import { dateParts, wordDate } from './wording.ts'

/** A letter as data: every text is free text in the document's language and never markup. */
export interface LetterDocument {
  language: DocumentLanguage
  company: Pick<DocumentCompany, 'name' | 'addressLines' | 'phone' | 'website'>
  writtenOn: LocalDate
  accountNumber: string
  /** Shown in the window of a number 10 envelope. */
  mailingLines: string[]
  subject: string
  /** Paragraphs are parted by an empty line; other line feeds stay. */
  body: string
}

/** A letter in words, as the template places it. */
export interface LetterView {
  language: string
  title: string
  date: [year: number, month: number, day: number]
  companyName: string
  companyLines: string[]
  mailing: string[]
  facts: { label: string; value: string }[]
  subject: string
  paragraphs: string[][]
  pageOf: string
}

/** This will word a letter in its language. */
export function toLetterView(letter: LetterDocument): LetterView {
  const { company, language, writtenOn, accountNumber, subject } = letter
  const texts = catalogueOf(language)
  const written = wordDate(writtenOn, language)
  return {
    language,
    title: fill(texts.letterTitle, { company: company.name, subject, date: written }),
    date: dateParts(writtenOn),
    companyName: company.name,
    companyLines: [...company.addressLines, company.phone, company.website].filter((line) => line !== ''),
    mailing: letter.mailingLines,
    facts: [
      { label: texts.date, value: written },
      { label: texts.accountNumber, value: accountNumber },
    ],
    subject,
    paragraphs: letter.body
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim().split('\n'))
      .filter((lines) => lines.join('') !== ''),
    pageOf: texts.pageOf,
  }
}
