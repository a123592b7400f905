import { Refusal } from '../../platform/errors.ts'
import { customerIdOf, customerNumber } from '../customers/index.ts'
import { type AgreementKey, agreementIdOf } from './agreement.ts'

/** This will write the account id that people read: customer number, set, agreement number: `00000042-01-0001`. */
export function formatAccountId({ customerId, agreementId }: AgreementKey): string {
  const customer = String(customerNumber(customerId)).padStart(8, '0')
  const set = String(Math.floor(agreementId / 10_000)).padStart(2, '0')
  const number = String(agreementId % 10_000).padStart(4, '0')
  return `${customer}-${set}-${number}`
}

/** This will read an account id of a client, with or without dashes and leading zeros; undefined when it is none. */
export function readAccountId(clientId: number, text: string): AgreementKey | undefined {
  const match =
    /^(\d{1,8})-(\d{1,2})-(\d{1,4})$/.exec(text.trim()) ?? /^(\d{8})(\d{2})(\d{4})$/.exec(text.trim())
  if (!match) return undefined
  const [customer = 0, set = 0, number = 0] = match.slice(1).map(Number)
  if (set === 0 || number === 0) return undefined
  return { customerId: customerIdOf(clientId, customer), agreementId: agreementIdOf(set, number) }
}

/** This will read an account id as `readAccountId` does. Refuses a text that is none. */
export function parseAccountId(clientId: number, text: string): AgreementKey {
  const key = readAccountId(clientId, text)
  if (key) return key
  throw new Refusal(
    'malformed',
    'account_id_malformed',
    `"${text}" is not an account id; write it as 00000042-01-0001.`,
  )
}
