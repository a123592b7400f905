import type { NachaBatch, NachaEntry } from './nacha-file.ts'

export interface NachaTotals {
  /** Entries and addenda. */
  count: number
  /** The banks' eight digits summed, the last ten digits kept. */
  hash: number
  debitCents: number
  creditCents: number
}

const HASH_MODULUS = 10_000_000_000

/** This will sum entries as their batch's control record does. */
export function totalsOf(entries: readonly NachaEntry[]): NachaTotals {
  const total = { count: 0, hash: 0, debitCents: 0, creditCents: 0 }
  for (const entry of entries) {
    total.count += 1 + entry.addenda.length
    total.hash = (total.hash + Number(entry.routingNumber.slice(0, 8))) % HASH_MODULUS
    if (isDebit(entry)) total.debitCents += entry.amountCents
    else total.creditCents += entry.amountCents
  }
  return total
}

/** This will sum batches as the file's control record does. */
export function totalsOfFile(batches: readonly NachaBatch[]): NachaTotals {
  return totalsOf(batches.flatMap((batch) => batch.entries))
}

/** Codes end in 0 to 4 when money is paid to the account, in 5 to 9 when it is drawn. */
function isDebit({ transactionCode }: NachaEntry): boolean {
  return Number(transactionCode) % 10 >= 5
}
