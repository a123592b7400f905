import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import { type Agreement, agreementsOfAccounts, getAgreement } from '../agreements/index.ts'
import { lockCustomers } from '../customers/index.ts'
import { askTheRest } from './arrangements/release.ts'
import { takeOffBudgets } from './budgets/release.ts'
import { type Act, actOnContract, recordAct } from './contracts/record.ts'
import type { PostingDates } from './post.ts'
import { selectContracts } from './store/contract.ts'

/** One agreement that is over, or all of an account. */
export type ReleaseScope = { customerId: number } & ({ agreementId: number } | { accountNumber: number })

/**
 * This will ask for all that is owed, because service has stopped: agreements leave their budgets, and when nothing is
 * served on the account any more its arrangements are cancelled and asked for whole; so is one that is named itself. Current = payoff from then on; what
 * deposits hold stays held. Again: nothing more happens. Locks the customer.
 */
export async function releaseAll(
  tx: Tx,
  input: ReleaseScope & PostingDates & { dueDate?: LocalDate; reason?: string; actor: Act['actor'] },
): Promise<void> {
  const { customerId, effectiveDate, accountingDate, now, actor, reason = 'stopped' } = input
  await lockCustomers(tx, [customerId])
  const dates = { effectiveDate, accountingDate, now }
  const dueDate = input.dueDate ?? effectiveDate
  const { accountNumber, stopping } = await scopeOf(tx, input)
  const agreementIds = stopping.map((one) => one.agreementId)
  await takeOffBudgets(tx, { customerId, agreementIds, dueDate, reason, actor, ...dates })
  const onAccount = await agreementsOfAccounts(tx, [{ customerId, accountNumber }])
  const goesOn = onAccount.some((one) => isServed(one, agreementIds, effectiveDate))
  const ownIds = goesOn ? agreementIds : onAccount.map((one) => one.agreementId)
  const live = await selectContracts(tx, [customerId], { kinds: ['arrangement'], activeOnly: true })
  for (const contract of live.filter(({ agreementId }) => ownIds.includes(agreementId ?? 0))) {
    const askedCents = await askTheRest(tx, contract, { ...dates, dueDate })
    const over = await actOnContract(tx, contract, 'cancel', { day: effectiveDate, reason })
    const told = { operation: 'cancelArrangement', event: 'cancelled', detail: { reason, askedCents } }
    await recordAct(tx, over, told, { now, actor })
  }
}

async function scopeOf(
  tx: Tx,
  scope: ReleaseScope,
): Promise<{ accountNumber: number; stopping: Agreement[] }> {
  if ('agreementId' in scope) {
    const agreement = await getAgreement(tx, scope)
    return { accountNumber: agreement.accountNumber, stopping: [agreement] }
  }
  const stopping = (await agreementsOfAccounts(tx, [scope])).filter(({ kind }) => kind === 'service')
  return { accountNumber: scope.accountNumber, stopping }
}

/** Whether a service agreement goes on beside those that stop. */
function isServed(agreement: Agreement, stoppingIds: readonly number[], day: LocalDate): boolean {
  const { kind, agreementId, status, endDate } = agreement
  if (kind !== 'service' || stoppingIds.includes(agreementId)) return false
  return ['pending_start', 'active', 'pending_stop'].includes(status) && (endDate === null || endDate > day)
}
