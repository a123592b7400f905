import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, centsToDecimal, requireAmount } from '../../../platform/money.ts'
import { addDays, type Instant, type LocalDate, startOfDaySeconds } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import { balances } from '../../receivables/index.ts'
import type { OnlinePaymentPolicy } from '../gateways/policy.ts'
import { selectPaidCents } from '../store/hosted.ts'
import { selectDayCents, selectLike } from '../store/request.ts'

/** This will refuse an amount outside what the client allows for one payment, or for one account and day. */
export async function checkLimits(
  tx: Tx,
  policy: OnlinePaymentPolicy,
  wish: AccountKey & { amountCents: Cents; day: LocalDate; timeZone: string },
): Promise<void> {
  const { minCents, maxCents, perDayCents } = policy.online
  const { amountCents, day, timeZone } = wish
  requireAmount(amountCents, 'The payment')
  if (amountCents < minCents)
    throw limit('payment_below_minimum', `A payment here is at least ${centsToDecimal(minCents)}.`)
  if (amountCents > maxCents)
    throw limit(
      'payment_above_maximum',
      `A payment here is at most ${centsToDecimal(maxCents)}; pay in parts or call.`,
    )
  const onPages = { from: startOfDaySeconds(day, timeZone), to: startOfDaySeconds(addDays(day, 1), timeZone) }
  const sameDay = (await selectDayCents(tx, wish, day)) + (await selectPaidCents(tx, wish, onPages))
  if (sameDay + amountCents > perDayCents)
    throw limit('payment_day_limit', `Payments of one day are at most ${centsToDecimal(perDayCents)}.`)
}

/** This will refuse what looks like the same payment sent twice: same account, same amount, shortly before. */
export async function refuseDuplicate(
  tx: Tx,
  policy: OnlinePaymentPolicy,
  wish: AccountKey & { amountCents: Cents | null; now: Instant },
): Promise<void> {
  const { duplicateHours } = policy.online
  if (duplicateHours === 0) return
  const since = wish.now.subtract({ hours: duplicateHours })
  const found = await selectLike(tx, wish, { amountCents: wish.amountCents, since })
  if (!found) return
  throw new Refusal(
    'conflict',
    'payment_duplicate',
    `Payment request ${found.requestNumber} of the same amount was made within ${duplicateHours} hours; confirm that this is another one.`,
  )
}

/** This will tell what a billing account is asked to pay now; never below zero. */
export async function amountDue(tx: Tx, account: AccountKey, day: LocalDate): Promise<Cents> {
  const owed = (await balances(tx, [account.customerId], day)).filter(
    (balance) => balance.accountNumber === account.accountNumber,
  )
  return Math.max(
    0,
    owed.reduce((sum, balance) => sum + balance.currentCents, 0),
  )
}

function limit(code: string, sentence: string): Refusal {
  return new Refusal('rule', code, sentence)
}
