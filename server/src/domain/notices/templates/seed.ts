import type { Language } from '../../customers/index.ts'
import type { Category, FactKind } from './template.ts'

interface Words {
  subject: string
  body: string
}

/** A template with the words that a client begins with, for letter and e-mail alike. */
export interface TemplateSeed extends Record<Language, Words> {
  templateCode: string
  name: string
  category: Category
  legal?: boolean
  letters?: boolean
  facts: Record<string, FactKind>
}

/** This will put English paragraphs between greeting, whom to ask and signature. */
export const en = (subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: [
    'Dear {customerName},',
    ...paragraphs,
    'Questions? Call {companyPhone} or visit {companyWebsite}, and have account {accountNumber} ready.',
    '{companyName}',
  ].join('\n\n'),
})

/** This will put Spanish paragraphs between greeting, whom to ask and signature. */
export const es = (subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: [
    'Estimado cliente, {customerName}:',
    ...paragraphs,
    '¿Preguntas? Llame al {companyPhone} o visite {companyWebsite}; tenga a la mano su cuenta {accountNumber}.',
    '{companyName}',
  ].join('\n\n'),
})
