import type { Tx } from '../../../platform/db/index.ts'
import { addDays } from '../../../platform/time.ts'
import { actOnAgreement, getAgreement, stopAgreement } from '../../agreements/index.ts'
import type { PostingDates } from '../post.ts'
import { balances } from '../queries.ts'
import type { Contract } from './contract.ts'

/**
 * This will close the agreement that held a contract's money, when nothing is left on it and it is older than a day.
 * The customer is locked by the caller.
 */
export async function closeHolder(tx: Tx, contract: Contract, dates: PostingDates): Promise<void> {
  const { customerId, agreementId } = contract
  if (agreementId === null) return
  const key = { customerId, agreementId }
  const { status, startDate } = await getAgreement(tx, key)
  const endDate = dates.effectiveDate
  if (!['active', 'stopped', 'reopened'].includes(status) || endDate < addDays(startDate, 1)) return
  const left = await balances(tx, [customerId], endDate)
  if (left.some((one) => one.agreementId === agreementId)) return
  if (status === 'active') await stopAgreement(tx, { ...key, endDate, now: dates.now })
  if ((await getAgreement(tx, key)).status !== 'pending_stop')
    await actOnAgreement(tx, { ...key, action: 'close' })
}

/** This will reopen that agreement, because money moves on it again. */
export async function reopenHolder(tx: Tx, { customerId, agreementId }: Contract): Promise<void> {
  if (agreementId === null) return
  const { status } = await getAgreement(tx, { customerId, agreementId })
  if (status === 'closed') await actOnAgreement(tx, { customerId, agreementId, action: 'reopen' })
}

/**
 * This will close that agreement when a contract is over and paid, or reopen it when its money was taken back. Debt that
 * was written off or is in bankruptcy may come back: then it stays as it is. The customer is locked by the caller.
 */
export async function followHolder(tx: Tx, contract: Contract, dates: PostingDates): Promise<void> {
  const { customerId, agreementId } = contract
  if (agreementId === null) return
  const { flags } = await getAgreement(tx, { customerId, agreementId })
  if (flags.some(({ flag, endDate }) => MAY_COME_BACK.has(flag) && endDate === null)) return
  const left = await balances(tx, [customerId], dates.effectiveDate)
  if (left.some((one) => one.agreementId === agreementId)) await reopenHolder(tx, contract)
  else await closeHolder(tx, contract, dates)
}

const MAY_COME_BACK: ReadonlySet<string> = new Set(['bankruptcy', 'write_off'])
