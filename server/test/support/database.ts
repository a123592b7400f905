import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect, type Database, SERVER_ROLE } from '../../src/platform/db/index.ts'

export interface TestDatabase {
  /** As the servers work: may not update or delete append-only tables. */
  db: Database
  /** As the migrations run: may do everything, for tests that tamper. */
  owner: Database
  /** The owner's address. */
  connectionString: string
}

/**
 * This will give a test file its own migrated, empty database and drop it after the file's last test.
 * Call it at the top level of the file: `const { db } = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const connectionString = addressOf(name)
  await command(`create database ${name} template billwright strategy file_copy`)
  const owner = connect({ connectionString, poolSize: 4, applicationName: 'test owner' })
  const db = connect({ connectionString, role: SERVER_ROLE, poolSize: 8, applicationName: 'test' })
  afterAll(async () => {
    await Promise.all([db.destroy(), owner.destroy()])
    await command(`drop database ${name} with (force)`)
  })
  return { db, owner, connectionString }
}

function addressOf(database: string): string {
  return inject('databaseAddress').replace('DATABASE', database)
}

async function command(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf('postgres') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
