import { randomBytes } from 'node:crypto'

/** What an idempotency key says about itself, so that a gateway's message finds its customer. */
export interface KeyOwner {
  act: 'charge' | 'refund' | 'session'
  customerId: number
  /** Of the payment request, or of the hosted session. */
  number: number
  attempt: number
}

const LETTER = { charge: 'c', refund: 'r', session: 's' } as const
const ACT = { c: 'charge', r: 'refund', s: 'session' } as const

/** This will make a key that nobody else's request has: `bw-c-100000042-12-1-5f3a9c0d1e2b`. */
export function newKey({ act, customerId, number, attempt }: KeyOwner): string {
  return `bw-${LETTER[act]}-${customerId}-${number}-${attempt}-${randomBytes(6).toString('hex')}`
}

/** This will read whose a key is; undefined when it is none of ours. */
export function readKey(key: string): KeyOwner | undefined {
  const match = /^bw-([crs])-(\d{9,12})-(\d{1,9})-(\d{1,4})-[0-9a-f]{12}$/.exec(key)
  if (!match) return undefined
  const [, letter, customerId, number, attempt] = match
  return {
    act: ACT[letter as keyof typeof ACT],
    customerId: Number(customerId),
    number: Number(number),
    attempt: Number(attempt),
  }
}
