import { cycleStart } from './calendar.ts'
import { cedarCourt, fairviewSchools } from './estates.ts'
import { neighbours } from './neighbours.ts'
import { HOUSEHOLDS } from './people/households.ts'
import { IN_TROUBLE } from './people/in-trouble.ts'
import { OTIS_BAKERY } from './people/otis-bakery.ts'
import type { DemoCustomer, DemoSize } from './town.ts'

/**
 * This will describe every customer of the demo, in the order of their numbers. The named ones and their estates are
 * always there; neighbours fill the town up to `agreements`. Agreements that ended before the first billed month are left
 * out.
 */
export function buildTown({ agreements, months }: DemoSize): DemoCustomer[] {
  const all = [...HOUSEHOLDS, ...IN_TROUBLE, OTIS_BAKERY, ...cedarCourt(), fairviewSchools()]
  const named = all.map((customer) => withoutEnded(customer, months))
  const count = Math.max(0, agreements - countAgreements(named))
  return [...named, ...neighbours(count)].sort((a, b) => a.number - b.number)
}

function withoutEnded(customer: DemoCustomer, months: number): DemoCustomer {
  const accounts = customer.accounts.map((account) => {
    const first = cycleStart(account.cycleCode, months)
    return { ...account, agreements: account.agreements.filter(({ endDate }) => !endDate || endDate > first) }
  })
  return { ...customer, accounts }
}

/** This will count the agreements of customers. */
export function countAgreements(customers: readonly DemoCustomer[]): number {
  return customers.reduce(
    (sum, customer) => sum + customer.accounts.reduce((part, account) => part + account.agreements.length, 0),
    0,
  )
}
