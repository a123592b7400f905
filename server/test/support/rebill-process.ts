import { rebillPeriods } from '../../src/domain/billing/index.ts'
import { connect } from '../../src/platform/db/index.ts'
import { ACTOR, NOW } from './billed-town.ts'

/**
 * A process that bills the months of each agreement again, one agreement after the other, and says how many are done:
 * `node rebill-process.ts ADDRESS CUSTOMER-AGREEMENT ...`.
 */
const [connectionString = '', ...agreements] = process.argv.slice(2)
const database = connect({ connectionString, poolSize: 1 })
for (const [index, agreement] of agreements.entries()) {
  const [customerId = 0, agreementId = 0] = agreement.split('-').map(Number)
  await database.transaction((tx) =>
    rebillPeriods(tx, {
      customerId,
      agreementId,
      from: '2026-01-01',
      correctedOn: '2026-04-02',
      reason: 'wrong meter',
      now: NOW,
      actor: ACTOR,
    }),
  )
  process.stdout.write(`${index + 1}\n`)
}
await database.destroy()
