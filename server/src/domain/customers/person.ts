import { Refusal } from '../../platform/errors.ts'
import { searchText } from '../../platform/search-text.ts'

export type Language = 'en' | 'es'

export type PersonName =
  | { kind: 'human'; firstName?: string; lastName: string; doingBusinessAs?: string }
  | { kind: 'organisation'; organisationName: string; doingBusinessAs?: string }

export type ContactKind = 'phone' | 'mobile' | 'email'

export interface Contact {
  kind: ContactKind
  value: string
  main?: boolean
}

export interface Person {
  personId: number
  clientId: number
  name: PersonName
  language: Language
  contacts: (Contact & { main: boolean })[]
}

/** This will write a name as it is greeted and mailed. */
export function displayName(name: PersonName): string {
  if (name.kind === 'organisation') return name.organisationName
  return [name.firstName, name.lastName].filter(Boolean).join(' ')
}

/** This will give the text under which a person is searched: all names in one. */
export function personSearchName(name: PersonName): string {
  return searchText(displayName(name), name.doingBusinessAs)
}

/**
 * This will give the form in which a contact is compared: the digits of a phone number without the country's 1,
 * a lower-case e-mail address. Refuses what is neither.
 */
export function normalizeContact({ kind, value }: Contact): string {
  if (kind === 'email') {
    const email = value.trim().toLowerCase()
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 254) return email
    throw new Refusal(
      'malformed',
      'email_malformed',
      `"${value}" is not an e-mail address; write it as name@example.com.`,
    )
  }
  const digits = value.replace(/\D/g, '')
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
  if (national.length >= 7 && national.length <= 15 && !/[^\d\s().+-]/.test(value)) return national
  throw new Refusal('malformed', 'phone_malformed', `"${value}" is not a phone number; write 7 to 15 digits.`)
}
