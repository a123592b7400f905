import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays, type Instant, localDateAt } from '../../platform/time.ts'
import { type Actor, audit, getClient } from '../identity/index.ts'
import { type AccountingPeriod, monthsOfFiscalYear } from './period.ts'
import { ledgerPolicy } from './policy.ts'
import { trialBalance } from './queries.ts'
import { deleteBalances, insertBalances } from './store/balance.ts'
import { insertPeriods, lockBooks, selectPeriods, selectWorkedDay, updateClosed } from './store/period.ts'

interface Act {
  clientId: number
  now: Instant
  actor: Actor
}

/**
 * This will open the twelve periods of a fiscal year, as the client's settings begin it, and answer them. Refuses a year
 * that does not begin where the last one ends.
 */
export async function openFiscalYear(
  tx: Tx,
  input: Act & { fiscalYear: number },
): Promise<Pick<AccountingPeriod, 'code' | 'start' | 'end'>[]> {
  const { clientId, fiscalYear, now, actor } = input
  const { fiscalYearStartMonth } = await ledgerPolicy(tx, clientId)
  await lockBooks(tx, clientId)
  const periods = monthsOfFiscalYear(fiscalYear, fiscalYearStartMonth)
  const last = (await selectPeriods(tx, clientId)).at(-1)
  if (last && last.end !== periods[0]?.start) {
    const message = `The periods of the books end on ${last.end}; open the fiscal year that begins then.`
    throw new Refusal('conflict', 'period_not_next', message)
  }
  await insertPeriods(tx, clientId, periods)
  const subject = `fiscal_year:${fiscalYear}`
  await audit(tx, { clientId, at: now, actor, operation: 'openFiscalYear', subject })
  return periods
}

/**
 * This will close a period: nothing is posted before its end any more, and the balance of every account is frozen there.
 * Waits until who is posting has finished. Refuses a period that is not over, is closed, follows one that is open, whose
 * recurring work is not done, or in which an act over several customers is only half.
 */
export async function closePeriod(tx: Tx, input: Act & { code: string }): Promise<void> {
  const { clientId, code, now, actor } = input
  await lockBooks(tx, clientId)
  const periods = await selectPeriods(tx, clientId)
  const period = requirePeriod(periods, code)
  if (period.status === 'closed') {
    throw new Refusal('conflict', 'period_closed', `Period ${code} is closed already.`)
  }
  const earlier = periods.find((one) => one.status === 'open')
  if (earlier && earlier.code !== code) {
    const message = `Period ${earlier.code} is still open; periods close in their order.`
    throw new Refusal('rule', 'period_out_of_order', message)
  }
  await requireOver(tx, { clientId, now }, period)
  const balances = await trialBalance(tx, clientId, addDays(period.end, -1))
  const half = balances.find(({ kind, balanceCents }) => kind === 'clearing' && balanceCents !== 0)
  if (half) {
    const message = `${half.name} holds ${half.balanceCents} cents at the end of ${code}: an act over several customers is only half in it; correct its accounting date.`
    throw new Refusal('rule', 'clearing_not_zero', message)
  }
  await insertBalances(tx, clientId, period.end, balances)
  await updateClosed(tx, clientId, code, now)
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'closePeriod',
    subject: `accounting_period:${code}`,
  })
}

/** This will open the latest closed period again. Refuses any other, and an actor who gives no reason. */
export async function reopenPeriod(tx: Tx, input: Act & { code: string }): Promise<void> {
  const { clientId, code, now, actor } = input
  if (!actor.reason?.trim()) {
    throw new Refusal('rule', 'reason_missing', 'Say why the period is opened again.')
  }
  await lockBooks(tx, clientId)
  const periods = await selectPeriods(tx, clientId)
  const period = requirePeriod(periods, code)
  const latest = periods.findLast((one) => one.status === 'closed')
  if (latest?.code !== code) {
    const message = latest
      ? `Only the latest closed period, ${latest.code}, can be opened again.`
      : `Period ${code} is open already.`
    throw new Refusal('conflict', 'period_not_latest', message)
  }
  await deleteBalances(tx, clientId, period.end)
  await updateClosed(tx, clientId, code, null)
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'reopenPeriod',
    subject: `accounting_period:${code}`,
  })
}

async function requireOver(
  tx: Tx,
  { clientId, now }: Omit<Act, 'actor'>,
  { code, end }: AccountingPeriod,
): Promise<void> {
  const { timeZone } = await getClient(tx, clientId)
  if (localDateAt(now, timeZone) < end) {
    const message = `Period ${code} lasts until ${end}; close it from that day on.`
    throw new Refusal('rule', 'period_not_over', message)
  }
  const worked = await selectWorkedDay(tx, clientId)
  if (worked === null || worked >= end) return
  const message = `The daily work of ${worked} is not followed by that of ${end} yet, and it may still post into ${code}; let the worker catch up.`
  throw new Refusal('rule', 'period_unfinished', message)
}

function requirePeriod(periods: readonly AccountingPeriod[], code: string): AccountingPeriod {
  const period = periods.find((one) => one.code === code)
  if (period) return period
  const known = periods.length > 0 ? `from ${periods[0]?.code} to ${periods.at(-1)?.code}` : 'none'
  const message = `There is no accounting period ${code}; there are ${known}. A fiscal year's periods are opened together.`
  throw new Refusal('not_found', 'period_unknown', message)
}
