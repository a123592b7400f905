import type { Instant } from '../../platform/time.ts'

/** A tenant: an installation's customer, with its staff and settings. */
export interface Client {
  clientId: number
  code: string
  name: string
  timeZone: string
  locale: 'en' | 'es'
  settings: Record<string, unknown>
}

export interface CompanyAddress {
  line1: string
  line2?: string
  city: string
  state: string
  postalCode: string
  country?: string
}

/** A brand, division or utility inside a client: owns its books and its plans. */
export interface Company {
  clientId: number
  companyId: number
  code: string
  name: string
  kind: 'utility' | 'supplier'
  currency: string
  currencyExponent: number
  timeZone: string
  address: Partial<CompanyAddress>
  remitAddress: Partial<CompanyAddress>
  phone: string | null
  email: string | null
  website: string | null
}

export interface NewClient {
  code: string
  name: string
  timeZone: string
  locale?: 'en' | 'es'
  settings?: Record<string, unknown>
  now: Instant
}

export interface NewCompany {
  clientId: number
  code: string
  name: string
  kind: 'utility' | 'supplier'
  currency?: string
  timeZone: string
  address?: CompanyAddress
  remitAddress?: CompanyAddress
  phone?: string
  email?: string
  website?: string
}
