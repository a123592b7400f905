import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { AccountKey } from '../customers/index.ts'
import type { Agreement, AgreementKey, AgreementSummary, BillableAgreement } from './agreement.ts'
import {
  selectAgreementsOfAccounts,
  selectAgreementsOfCustomers,
  selectAgreementsOfServicePoint,
  selectSummaries,
  selectTerms,
} from './store/agreement.ts'

/**
 * This will read the agreements of billing accounts with all that pricing asks, sorted by customer and agreement: one
 * query a table, whatever the number of accounts. With `asOf`, terms that had ended by that day are left out.
 */
export async function agreementsOfAccounts(
  tx: Tx,
  accounts: readonly AccountKey[],
  asOf?: LocalDate,
): Promise<BillableAgreement[]> {
  return await withTerms(tx, await selectAgreementsOfAccounts(tx, accounts), asOf)
}

/** This will read what money asks of the agreements on billing accounts, sorted by customer and agreement. */
export function agreementsOnAccounts(tx: Tx, accounts: readonly AccountKey[]): Promise<AgreementSummary[]> {
  return selectSummaries(tx, accounts)
}

/** This will read the agreements of customers with their terms, by customer and agreement. */
export async function agreementsOfCustomers(
  tx: Tx,
  customerIds: readonly number[],
): Promise<BillableAgreement[]> {
  return await withTerms(tx, await selectAgreementsOfCustomers(tx, customerIds))
}

/** This will read one agreement with its terms. Refuses an unknown one. */
export async function getAgreement(tx: Tx, key: AgreementKey): Promise<BillableAgreement> {
  const ofCustomer = await selectAgreementsOfCustomers(tx, [key.customerId])
  const own = ofCustomer.filter((agreement) => agreement.agreementId === key.agreementId)
  const [agreement] = await withTerms(tx, own)
  if (agreement) return agreement
  throw new Refusal('not_found', 'agreement_unknown', 'There is no such account.')
}

/** This will tell who was and is served at a service point, newest first. */
export async function agreementsOfServicePoint(tx: Tx, servicePointId: number) {
  return await selectAgreementsOfServicePoint(tx, servicePointId)
}

async function withTerms(
  tx: Tx,
  agreements: readonly Agreement[],
  asOf?: LocalDate,
): Promise<BillableAgreement[]> {
  if (agreements.length === 0) return []
  const terms = await selectTerms(tx, agreements, asOf)
  const byKey = new Map<string, BillableAgreement>()
  for (const agreement of agreements)
    byKey.set(keyText(agreement), {
      ...agreement,
      points: [],
      plans: [],
      facts: [],
      exemptions: [],
      flags: [],
    })
  for (const point of terms.points) byKey.get(keyText(point))?.points.push(point)
  for (const plan of terms.plans) byKey.get(keyText(plan))?.plans.push(plan)
  for (const fact of terms.facts) byKey.get(keyText(fact))?.facts.push(fact)
  for (const exemption of terms.exemptions) byKey.get(keyText(exemption))?.exemptions.push(exemption)
  for (const flag of terms.flags) byKey.get(keyText(flag))?.flags.push(flag)
  return [...byKey.values()]
}

function keyText({ customerId, agreementId }: AgreementKey): string {
  return `${customerId}-${agreementId}`
}
