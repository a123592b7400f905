import type { Tx } from '../../platform/db/index.ts'
import { addDays, type LocalDate } from '../../platform/time.ts'
import { getAgreement, type PlanAssignment } from '../agreements/index.ts'
import {
  type CalcRule,
  getTariffs,
  type StoredTariff,
  tariffVersions,
  tariffVersionsFor,
} from '../tariffs/index.ts'
import { selectBillings } from './store/plan.ts'

interface AgreementKey {
  customerId: number
  agreementId: number
}

export interface AccountPlanRecord extends PlanAssignment {
  tariff: StoredTariff
  revenueClass: string
  status: 'future' | 'active' | 'ended'
  /** Charges that fell into the assignment. */
  billings: number
  /** The rules of the version in force, in order. */
  rules: readonly CalcRule[]
}

/** This will list the plans of an agreement, latest first, with the rules of the version in force. Refuses `agreement_unknown`. */
export async function getAccountPlans(
  tx: Tx,
  key: AgreementKey & { clientId: number; today: LocalDate },
): Promise<AccountPlanRecord[]> {
  const agreement = await getAgreement(tx, key)
  const tariffs = new Map((await getTariffs(tx, key.clientId)).map((one) => [one.tariffId, one]))
  const versions = await tariffVersions(
    tx,
    key.clientId,
    agreement.plans.map((plan) => plan.tariffId),
  )
  const billings = await selectBillings(tx, key)
  return agreement.plans
    .toSorted((a, b) => (a.startDate < b.startDate ? 1 : -1))
    .flatMap((plan) => {
      const tariff = tariffs.get(plan.tariffId)
      if (!tariff) return []
      const day = key.today < plan.startDate ? plan.startDate : key.today
      const own = versions.filter((one) => one.tariffId === plan.tariffId)
      const version = own.findLast((one) => one.effectiveFrom <= day) ?? own[0]
      return [
        {
          ...plan,
          tariff,
          revenueClass: agreement.revenueClass,
          status: statusOn(plan, key.today),
          billings: billings.get(plan.assignmentNumber) ?? 0,
          rules: version?.document.versions[0]?.rules ?? [],
        },
      ]
    })
}

function statusOn(plan: PlanAssignment, today: LocalDate): AccountPlanRecord['status'] {
  if (plan.startDate > today) return 'future'
  return plan.endDate !== null && plan.endDate <= today ? 'ended' : 'active'
}

/**
 * This will list the active plans that an agreement may take today: of its company and service, open to its customer
 * class, with a version in force. Refuses `agreement_unknown`.
 */
export async function getValidPlans(
  tx: Tx,
  key: AgreementKey & { clientId: number; today: LocalDate; customerClass: string; name?: string },
): Promise<(StoredTariff & { description: string })[]> {
  const agreement = await getAgreement(tx, key)
  const wanted = key.name?.toLowerCase() ?? ''
  const candidates = (await getTariffs(tx, key.clientId)).filter(
    (tariff) =>
      tariff.status === 'active' &&
      tariff.companyId === agreement.companyId &&
      tariff.serviceKind === agreement.serviceKind &&
      (tariff.customerClass === null || tariff.customerClass === key.customerClass) &&
      `${tariff.name.en} ${tariff.name.es ?? ''} ${tariff.code}`.toLowerCase().includes(wanted),
  )
  const ids = candidates.map((tariff) => tariff.tariffId)
  const inForce = await tariffVersionsFor(tx, key.clientId, ids, key.today, addDays(key.today, 1))
  const described = new Map(inForce.map((one) => [one.tariffId, one.document.description ?? '']))
  return candidates.flatMap((tariff) => {
    const description = described.get(tariff.tariffId)
    return description === undefined ? [] : [{ ...tariff, description }]
  })
}
