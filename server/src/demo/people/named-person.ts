import type { Contact } from '../../domain/customers/index.ts'
import type { LoadProfile } from '../load-shapes.ts'
import type { DemoAccount, DemoCustomer, DemoSite } from '../town.ts'

/** Numbers of named customers, as guides and tests use them. */
export const NAMED = {
  rosa: 42,
  dan: 43,
  mei: 44,
  hal: 45,
  petra: 46,
  sam: 47,
  june: 48,
  otis: 49,
  cedarCourt: 50,
  tran: 51,
  cameBack: 52,
  fairview: 53,
  bankrupt: 54,
  lucas: 55,
  held: 56,
} as const

/** A home's load in watts: always on, with people, for each degree above 22 and below 16. */
export const home = (baseW: number, busyW: number, coolW: number, heatW: number): LoadProfile => ({
  shape: 'home',
  baseW,
  busyW,
  coolW,
  heatW,
})

type SiteInput = Pick<DemoSite, 'line1' | 'badge' | 'load'> & Partial<DemoSite>

/** A house with an hourly meter unless told otherwise. */
export function site(input: SiteInput): DemoSite {
  const externalNumber = `SP-${input.badge.slice(2)}`
  return { kind: 'house', postalCode: '93991', intervalSeconds: 3600, externalNumber, ...input }
}

interface PersonInput
  extends Omit<DemoCustomer, 'name' | 'contacts' | 'accounts' | 'language' | 'class'>,
    Partial<Pick<DemoCustomer, 'language' | 'class'>> {
  firstName: string
  lastName: string
  phone: string
  account: Omit<DemoAccount, 'delivery' | 'cycleCode'> & Partial<DemoAccount>
}

/** A household with one billing account, in cycle 01 unless told otherwise. */
export function person({ firstName, lastName, phone, account, ...rest }: PersonInput): DemoCustomer {
  return {
    language: 'en',
    class: 'residential',
    ...rest,
    name: { kind: 'human', firstName, lastName },
    contacts: contacts(phone, `${firstName}.${lastName}@example.com`.toLowerCase()),
    accounts: [{ cycleCode: '01', delivery: 'email', ...account }],
  }
}

interface FirmInput extends Omit<DemoCustomer, 'name' | 'contacts' | 'accounts' | 'language'> {
  name: string
  phone: string
  email: string
  account: DemoAccount
}

/** A business with one billing account. */
export function firm({ name, phone, email, account, ...rest }: FirmInput): DemoCustomer {
  return {
    language: 'en',
    ...rest,
    name: { kind: 'organisation', organisationName: name },
    contacts: contacts(phone, email),
    accounts: [account],
  }
}

const contacts = (phone: string, email: string): Contact[] => [
  { kind: 'mobile', value: phone, main: true },
  { kind: 'email', value: email },
]
