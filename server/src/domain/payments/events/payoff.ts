import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { centsToDecimal } from '../../../platform/money.ts'
import type { Instant } from '../../../platform/time.ts'
import { agreementsOnAccounts } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { releaseAll, unsettledItems } from '../../receivables/index.ts'
import type { NumberedPayment } from './post.ts'

/**
 * This will ask an account for all that it owes, so that a payment can pay it off: its budget and its arrangements end.
 * What a court has frozen is not asked for. Refuses a payment of less than all that is owed.
 */
export async function askPayoff(
  tx: Tx,
  payment: NumberedPayment & AccountKey,
  { now, actor }: { now: Instant; actor: Actor },
): Promise<void> {
  const { customerId, accountNumber, paymentDate: effectiveDate, accountingDate, amountCents } = payment
  const dates = { effectiveDate, accountingDate, now }
  await releaseAll(tx, { customerId, accountNumber, ...dates, reason: 'paid off', actor })
  const own = new Set((await agreementsOnAccounts(tx, [payment])).map(({ agreementId }) => agreementId))
  const owedCents = (await unsettledItems(tx, [customerId]))
    .filter((item) => own.has(item.agreementId) && item.unsettledCents > 0)
    .reduce((sum, item) => sum + item.unsettledCents, 0)
  if (owedCents <= amountCents) return
  throw new Refusal(
    'rule',
    'payoff_not_covered',
    `The account owes ${centsToDecimal(owedCents)} in all; pay that much to pay it off, or name nothing.`,
  )
}
