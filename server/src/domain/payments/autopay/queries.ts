import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import * as store from '../store/autopay.ts'
import { type Autopay, type AutopayKey, drawsOn } from './autopay.ts'

/** This will read an autopay. Refuses an unknown one. */
export async function getAutopay(tx: Tx, key: AutopayKey): Promise<Autopay> {
  const autopay = await store.selectAutopay(tx, key)
  if (autopay) return autopay
  throw new Refusal(
    'not_found',
    'autopay_unknown',
    `There is no autopay ${key.autopayNumber} of this customer.`,
  )
}

/** This will list the autopays that an account has, had or will have, latest first. */
export function autopaysOfAccount(tx: Tx, account: AccountKey): Promise<Autopay[]> {
  return store.selectAutopaysOfAccounts(tx, [account])
}

/** This will tell which accounts (`customerId-accountNumber`) an autopay serves on a day, that is not suspended. */
export async function autopayAccounts(
  tx: Tx,
  accounts: readonly AccountKey[],
  day: LocalDate,
): Promise<ReadonlySet<string>> {
  const autopays = await store.selectAutopaysOfAccounts(tx, accounts)
  const serving = autopays.filter((autopay) => drawsOn(autopay, day))
  return new Set(serving.map(({ customerId, accountNumber }) => `${customerId}-${accountNumber}`))
}

/** This will find the autopay that serves an account on a day, suspended or not. */
export async function autopayOn(tx: Tx, account: AccountKey, day: LocalDate): Promise<Autopay | undefined> {
  const autopays = await store.selectAutopaysOfAccounts(tx, [account])
  return autopays.find(({ startDate, endDate }) => startDate <= day && (endDate === null || day < endDate))
}
