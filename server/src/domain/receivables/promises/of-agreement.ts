import type { Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { selectDeposits } from '../store/deposit.ts'
import { type PromiseTerms, promiseTerms } from './terms.ts'

/** What one agreement may promise, and what is asked for as deposits that secure it. */
export interface AgreementPromiseTerms extends PromiseTerms {
  /** On agreements of their own: not part of what this agreement is asked for. */
  securingDepositCents: Cents
}

/** This will tell what one agreement may promise to pay later, and which deposits for it are not paid. */
export async function promiseTermsOfAgreement(
  tx: Tx,
  { customerId, agreementId, day }: AgreementKey & { day: LocalDate },
): Promise<AgreementPromiseTerms> {
  const { accountNumber } = await getAgreement(tx, { customerId, agreementId })
  const terms = await promiseTerms(tx, { customerId, accountNumber, coversAgreementId: agreementId, day })
  const deposits = (await selectDeposits(tx, [customerId], { activeOnly: true })).filter(
    (one) => one.accountNumber === accountNumber && (one.coversAgreementId ?? agreementId) === agreementId,
  )
  return { ...terms, securingDepositCents: sumCents(deposits.map((one) => one.unpaidCents)) }
}
