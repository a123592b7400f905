import { assessLateFees, lateCustomers } from '../domain/billing/index.ts'
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
      await database.transaction((tx) =>
        assessLateFees(tx, { clientId, customerIds, day, now: clock(), actor }),
      )
    }
  },
}
