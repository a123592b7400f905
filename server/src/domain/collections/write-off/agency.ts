import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import { audit } from '../../identity/index.ts'
import type { Arrears } from '../debt/arrears.ts'
import type { Rules } from '../debt/caseload.ts'
import type { CollectionProcess } from '../processes/process.ts'
import { selectProcesses } from '../store/process.ts'
import { insertReferral, selectRecovering, selectReferrals, updateRecalled } from '../store/write-off.ts'
import type { AgencyReferral } from './write-off.ts'

type AgencyRules = Pick<Rules, 'clientId' | 'day' | 'now' | 'actor'>

/** This will hand the debt of a process to the client's agency, once, and answer the referral's id. */
export async function referToAgency(
  tx: Tx,
  rules: Rules,
  process: CollectionProcess,
  { amountCents }: Arrears,
): Promise<number> {
  const { customerId, accountNumber, processId } = process
  const { agencyCode } = rules.policy
  const present = (await selectReferrals(tx, [customerId])).find((one) => one.processId === processId)
  if (present) return present.referralId
  const referral = { customerId, accountNumber, processId, agencyCode, amountCents, referredOn: rules.day }
  const referralId = await insertReferral(tx, referral)
  await tell(tx, rules, { ...referral, referralId }, 'referToAgency', 'agency.referred')
  return referralId
}

/** This will take back from the agency what a process that ends had handed over. */
export async function recallReferrals(
  tx: Tx,
  rules: AgencyRules,
  process: Pick<CollectionProcess, 'customerId' | 'processId'>,
  reason: string,
): Promise<void> {
  for (const referral of await selectReferrals(tx, [process.customerId]))
    if (referral.processId === process.processId && referral.recalledOn === null)
      await recall(tx, rules, referral, reason)
}

/** This will take back from agencies written-off debt that was paid in full after all. */
export async function recallPaid(tx: Tx, rules: AgencyRules, customerIds: readonly number[]): Promise<void> {
  const referrals = (await selectReferrals(tx, customerIds)).filter((one) => one.recalledOn === null)
  if (referrals.length === 0) return
  const kept = await selectRecovering(tx, customerIds)
  const running = await selectProcesses(tx, customerIds, { active: true })
  for (const referral of referrals) {
    const same = (one: { customerId: number; accountNumber: number }) =>
      one.customerId === referral.customerId && one.accountNumber === referral.accountNumber
    const runs = running.some((one) => same(one) && one.processId === referral.processId)
    const owed = kept.some((one) => same(one) && one.restCents > 0)
    if (!runs && !owed) await recall(tx, rules, referral, 'paid')
  }
}

async function recall(tx: Tx, rules: AgencyRules, referral: AgencyReferral, reason: string): Promise<void> {
  await updateRecalled(tx, referral, rules.day, reason)
  await tell(tx, rules, referral, 'recallFromAgency', 'agency.recalled')
}

async function tell(
  tx: Tx,
  { clientId, now, actor }: AgencyRules,
  referral: Pick<
    AgencyReferral,
    'customerId' | 'referralId' | 'accountNumber' | 'agencyCode' | 'amountCents'
  >,
  operation: string,
  type: string,
): Promise<void> {
  const { customerId, referralId, accountNumber, agencyCode, amountCents } = referral
  const subject = `agency_referral:${customerId}-${referralId}`
  const payload = { customerId, accountNumber, agencyCode, amountCents }
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type, subject, payload }])
}
