import { searchText } from '../../platform/search-text.ts'
import { readAccountId } from '../agreements/index.ts'
import { customerIdOf } from '../customers/index.ts'
import type { Reading } from './found.ts'

const MIN_PHONE_DIGITS = 7
const MIN_BADGE_LENGTH = 4

/** This will say everything a search text may mean. */
export function readQuery(clientId: number, query: string): Reading {
  const text = query.trim()
  const digits = text.replace(/\D/g, '')
  const isNumeric = digits !== '' && /^[\d\s().+-]+$/.test(text)
  const account = readAccountId(clientId, text)
  const bill = isNumeric ? readBillNumber(clientId, text) : undefined
  return {
    text,
    searched: searchText(text),
    digits,
    ...(account && { account }),
    ...(bill && { bill }),
    ...(isNumeric && /^\d{1,8}$/.test(text) && { customerNumber: Number(text) }),
    ...(isNumeric &&
      digits.length >= MIN_PHONE_DIGITS && { phoneDigits: digits.replace(/^1(?=\d{10}$)/, '') }),
    ...(text.includes('@') && { email: text.toLowerCase() }),
    ...(/^[\w-]+$/.test(text) && digits !== '' && text.length >= MIN_BADGE_LENGTH && { badge: text }),
    ...(/\p{L}/u.test(text) && text.length >= 2 && !text.includes('@') && { words: searchText(text) }),
  }
}

function readBillNumber(clientId: number, text: string): Reading['bill'] {
  const match = /^(\d{1,8})-(\d{1,4})$/.exec(text) ?? /^(\d{8})(\d{4})$/.exec(text)
  if (!match) return undefined
  const [number = 0, billId = 0] = match.slice(1).map(Number)
  return { customerId: customerIdOf(clientId, number), billId }
}
