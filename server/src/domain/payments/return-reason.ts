/** Why banks send payments back, by the codes of the automated clearing house. */
const REASONS: Readonly<Record<string, string>> = {
  R01: 'insufficient funds',
  R02: 'account closed',
  R03: 'no account, or unable to locate it',
  R04: 'account number invalid',
  R05: 'consumer debit not authorised',
  R06: 'returned at the originating bank’s request',
  R07: 'authorisation revoked by the customer',
  R08: 'payment stopped',
  R09: 'uncollected funds',
  R10: 'customer says the debit was not authorised',
  R11: 'customer says the entry does not follow the authorisation',
  R12: 'branch sold to another bank',
  R13: 'bank not qualified to take part',
  R14: 'representative payee deceased',
  R15: 'account holder deceased',
  R16: 'account frozen',
  R17: 'file edit criteria',
  R20: 'not a transaction account',
  R21: 'company identification invalid',
  R22: 'individual identification invalid',
  R23: 'credit refused by the receiver',
  R24: 'duplicate entry',
  R29: 'corporate customer says the debit was not authorised',
  R31: 'return permitted by both banks',
  R33: 'return of a destroyed check entry',
  chargeback: 'charged back by the card’s bank',
}

/** This will tell whether a text is a reason of a return. */
export function isReturnCode(code: string): boolean {
  return code in REASONS || /^R(0[1-9]|[1-7]\d|8[0-5])$/.test(code)
}

/** This will say a return code in words. */
export function returnReason(code: string): string {
  return REASONS[code] ?? 'returned by the bank'
}
