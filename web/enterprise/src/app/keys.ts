/** An account package in an address: `00000042-01-0001`, as people read it out. */
export type AccountKey = string
/** A bill in an address: customer, statement group and bill, `42-1-3`. */
export type BillKey = string

export interface AccountPath {
  customerId: string
  customerAccountId: string
  accountPackageId: string
}

export interface BillPath {
  customerId: string
  billingPackageId: string
  billId: string
}

/** This will split an account's key into the parts of its API path. */
export function accountPath(key: AccountKey): AccountPath {
  const [customerId = '', customerAccountId = '', accountPackageId = ''] = key.split('-').map(plain)
  return { customerId, customerAccountId, accountPackageId }
}

/** This will write the key of an account: 8-2-4 digits. */
export function accountKey(path: AccountPath): AccountKey {
  const { customerId, customerAccountId, accountPackageId } = path
  return `${customerId.padStart(8, '0')}-${customerAccountId.padStart(2, '0')}-${accountPackageId.padStart(4, '0')}`
}

/** This will split a bill's key into the parts of its API path. */
export function billPath(key: BillKey): BillPath {
  const [customerId = '', billingPackageId = '', billId = ''] = key.split('-').map(plain)
  return { customerId, billingPackageId, billId }
}

/** This will write the key of a bill. */
export function billKey({ customerId, billingPackageId, billId }: BillPath): BillKey {
  return `${customerId}-${billingPackageId}-${billId}`
}

function plain(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}
