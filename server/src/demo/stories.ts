import { agreementIdOf } from '../domain/agreements/index.ts'
import { writeOffsOf } from '../domain/collections/index.ts'
import { customerIdOf } from '../domain/customers/index.ts'
import { findClient, sealAudit } from '../domain/identity/index.ts'
import { openWorkItems } from '../domain/work/index.ts'
import { centsToDecimal } from '../platform/money.ts'
import { CLOCK_START } from './calendar.ts'
import { atHour, type DemoContext } from './context.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { NAMED } from './people/named-person.ts'
import { forgetEvents } from './store.ts'

/**
 * This will tell what only the billed history knows, and seal the audit trail of the loading. Nobody is told of events
 * that are history.
 */
export async function tellStories({ database }: DemoContext) {
  await database.transaction(async (tx) => {
    const { clientId } = await findClient(tx, CLIENT_CODE)
    const debtor = customerIdOf(clientId, NAMED.cameBack)
    const [writeOff] = await writeOffsOf(tx, debtor)
    const customerId = customerIdOf(clientId, NAMED.lucas)
    await openWorkItems(tx, [
      {
        clientId,
        kind: 'start_blocked',
        subject: `agreement:${customerId}-${agreementIdOf(1, 1)}`,
        customerId,
        reasonCode: 'switch_hold',
        reason: `A switch hold is on 401 Depot Street, Apt 2: the occupant before left $${centsToDecimal(writeOff?.amountCents ?? 0)} unpaid.`,
        remedy: 'Check that the new customer is not the old one, then lift the hold before September 21.',
        priority: 2,
        dueDate: '2026-09-18',
        createdAt: atHour('2026-09-04', 12),
      },
    ])
  })
  await database.transaction(async (tx) => {
    const { clientId } = await findClient(tx, CLIENT_CODE)
    await forgetEvents(tx, CLOCK_START)
    await sealAudit(tx, { clientId, now: CLOCK_START })
  })
  return { count: 1, unit: 'stories' }
}
