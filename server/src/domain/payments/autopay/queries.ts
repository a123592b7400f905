import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import * as store from '../store/autopay.ts'
import type { Autopay, AutopayKey } from './autopay.ts'

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

/** This will find the autopay that serves an account on a day, suspended or not. */
export async function autopayOn(tx: Tx, account: AccountKey, day: LocalDate): Promise<Autopay | undefined> {
  const autopays = await store.selectAutopaysOfAccounts(tx, [account])
  return autopays.find(({ startDate, endDate }) => startDate <= day && (endDate === null || day < endDate))
}
