import type { Tx } from '../../../platform/db/index.ts'
import { agreementsOnAccounts, readAccountId } from '../../agreements/index.ts'
import { type AccountKey, customerIdOf, getBillingAccounts } from '../../customers/index.ts'

export interface Place extends AccountKey {
  closed: boolean
}

/**
 * This will find the billing accounts that rows of a file name, by the text that names them: `42-1` (customer and
 * billing account), or the account id of the bill, `00000042-01-0001`, with or without dashes. Unknown ones are left out.
 */
export async function placesOf(
  tx: Tx,
  clientId: number,
  texts: readonly string[],
): Promise<Map<string, Place>> {
  const named = texts.flatMap((text) => {
    const key = readName(clientId, text)
    return key ? [{ text, ...key }] : []
  })
  const accounts = await getBillingAccounts(tx, [...new Set(named.map(({ customerId }) => customerId))])
  const agreements = await agreementsOnAccounts(tx, accounts)
  const accountOf = new Map(
    agreements.map((one) => [`${one.customerId} agreement ${one.agreementId}`, one.accountNumber]),
  )
  const statusOf = new Map(accounts.map((one) => [`${one.customerId}-${one.accountNumber}`, one.status]))
  const places = new Map<string, Place>()
  for (const { text, customerId, ...name } of named) {
    const accountNumber =
      name.accountNumber ?? accountOf.get(`${customerId} agreement ${name.agreementId}`) ?? 0
    const status = statusOf.get(`${customerId}-${accountNumber}`)
    if (status !== undefined) places.set(text, { customerId, accountNumber, closed: status === 'closed' })
  }
  return places
}

function readName(clientId: number, text: string) {
  const plain = text.replaceAll(/\s/g, '')
  const account = /^(\d{1,8})-(\d{1,3})$/.exec(plain)
  if (account) {
    const customerId = customerIdOf(clientId, Number(account[1]))
    return { customerId, accountNumber: Number(account[2]), agreementId: undefined }
  }
  const agreement = readAccountId(clientId, plain)
  return agreement && { ...agreement, accountNumber: undefined }
}
