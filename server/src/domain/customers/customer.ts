/** A client's customer numbers run from 1; number 0 is the client's own file. */
export const CUSTOMERS_PER_CLIENT = 100_000_000

export type CustomerClass = 'residential' | 'commercial' | 'industrial' | 'internal'

export interface Customer {
  customerId: number
  clientId: number
  number: number
  companyId: number
  mainPersonId: number
  class: CustomerClass
  status: 'active' | 'inactive'
  since: string
}

/** This will give the customer's id: client x 10^8 + number. */
export function customerIdOf(clientId: number, number: number): number {
  if (!Number.isInteger(number) || number < 0 || number >= CUSTOMERS_PER_CLIENT)
    throw new Error(`not a customer number: ${number}`)
  return clientId * CUSTOMERS_PER_CLIENT + number
}

/** This will tell the client that a customer belongs to. */
export function clientOf(customerId: number): number {
  return Math.floor(customerId / CUSTOMERS_PER_CLIENT)
}

/** This will tell the customer's number inside its client. */
export function customerNumber(customerId: number): number {
  return customerId % CUSTOMERS_PER_CLIENT
}
