import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type AgreementKey, getAgreement } from '../../agreements/index.ts'
import { selectLiveAmounts } from '../store/budget.ts'
import { type BudgetTerms, budgetTerms } from './recommend.ts'
import { type BudgetStatus, budgetStatus } from './status.ts'

/** The budget that an agreement is on, and the one that it could have. */
export interface AgreementBudget {
  status?: BudgetStatus
  terms: BudgetTerms
}

/** This will tell the budget of an agreement and what one would be now; one that is not served can have none. */
export async function budgetOfAgreement(
  tx: Tx,
  { customerId, agreementId, day }: AgreementKey & { day: LocalDate },
): Promise<AgreementBudget> {
  const { accountNumber } = await getAgreement(tx, { customerId, agreementId })
  const live = await selectLiveAmounts(tx, customerId)
  const own = live.find((one) => one.agreementId === agreementId)
  const status = own && (await budgetStatus(tx, own, day))
  const scope = { customerId, accountNumber, agreementIds: [agreementId], day }
  return { ...(status && { status }), terms: await termsOrRefusal(tx, scope) }
}

async function termsOrRefusal(tx: Tx, scope: Parameters<typeof budgetTerms>[1]): Promise<BudgetTerms> {
  try {
    return await budgetTerms(tx, scope)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return { advice: [], totalCents: 0, months: 0, trueUp: 'roll', refusal }
  }
}
