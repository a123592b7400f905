import pg from 'pg'
import { openEmbedded } from '../../src/platform/db/index.ts'
import { randomFrom } from './crowd.ts'

/**
 * One program of a crowd: opens the embedded database of a folder, uses it and closes it, again and again; now and
 * then it is cut off, or cuts off the server. Arguments: folder, seed, rounds, a chance in 100 for each way.
 */
const [dataDir = '', seed, rounds, selfKill, serverKill] = process.argv.slice(2)
const next = randomFrom(Number(seed))

for (let round = 0; round < Number(rounds); round++) {
  const database = await openEmbedded({ dataDir, durable: false })
  const fate = next(100)
  if (fate < Number(selfKill)) process.kill(process.pid, 'SIGKILL')
  if (fate >= 100 - Number(serverKill)) kill(database.pid)
  await use(database.addressOf('postgres')).catch((error) => {
    if (Number(serverKill) === 0) throw error
  })
  await database.close()
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Another one of the crowd was first.
  }
}

async function use(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select pg_sleep($1)', [next(20) / 1000])
  } finally {
    await client.end().catch(() => {})
  }
}
