import { readFileSync } from 'node:fs'
import { loadPaymentFile } from '../../src/domain/payments/index.ts'
import { connect } from '../../src/platform/db/index.ts'
import { clockStartingAt } from '../../src/platform/time.ts'
import { ACTOR, NOW } from './billed-town.ts'

/** A process that loads a lockbox file in small chunks and says how far it is: `node load-process.ts ADDRESS FILE`. */
const [connectionString = '', file = ''] = process.argv.slice(2)
const database = connect({ connectionString, poolSize: 2 })
await loadPaymentFile(database, {
  clientId: 1,
  content: readFileSync(file),
  format: 'lockbox',
  fileName: 'killed.csv',
  chunkRows: 10,
  clock: clockStartingAt(NOW),
  actor: ACTOR,
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
})
await database.destroy()
