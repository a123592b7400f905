import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const { db, owner } = await testDatabase()

test('a connection that is lost in the middle of a transaction fails the transaction, not the program', async () => {
  const lost = db.transaction(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(owner.read)
    // One more turn over the wire, in which the news of the end arrives here.
    await sql`select 1`.execute(db.read)
    await sql`select 1`.execute(tx)
  })
  await expect(lost).rejects.toThrow(/connection/i)
  expect((await sql<{ one: number }>`select 1 as one`.execute(db.read)).rows).toEqual([{ one: 1 }])
})
