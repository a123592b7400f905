import { assessLateFees, type FeeProtection, lateCustomers } from '../domain/billing/index.ts'
import { protectionsOf } from '../domain/collections/index.ts'
import { workApart } from '../domain/work/index.ts'
import type { DailyStep } from './daily-steps.ts'

/** How many customers are charged in one transaction. */
const CHUNK_CUSTOMERS = 200

/** This will charge a day's late fees, some customers at a time. */
export const lateFeesStep: DailyStep = {
  name: 'late_fees',
  async run({ database, clock, actor }, { clientId, day }) {
    const late = await lateCustomers(database.read, { clientId, day })
    for (let from = 0; from < late.length; from += CHUNK_CUSTOMERS) {
      const customerIds = late.slice(from, from + CHUNK_CUSTOMERS)
      await database.transaction(async (tx) => {
        const now = clock()
        const work = { clientId, kind: 'daily_work_refused', what: 'Late fees', now }
        await workApart(tx, work, customerIds, (some) =>
          assessLateFees(tx, { clientId, customerIds: some, day, protection, now, actor }),
        )
      })
    }
  },
}

/** What no step of collections may touch costs no fee either. */
const protection: FeeProtection = async (tx, customerIds, day) => {
  const known = []
  for (const customerId of customerIds) known.push(...(await protectionsOf(tx, customerId)))
  const counting = known.filter(
    ({ forbids, startDate, endDate, endedAt }) =>
      forbids === 'all' && endedAt === null && startDate <= day && (endDate === null || day < endDate),
  )
  return ({ customerId, accountNumber, agreementId }) =>
    counting.some(
      (one) =>
        one.customerId === customerId &&
        (one.accountNumber === null || one.accountNumber === accountNumber) &&
        (one.agreementId === null || one.agreementId === agreementId),
    )
}
