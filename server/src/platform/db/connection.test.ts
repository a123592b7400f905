import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { Refusal } from '../errors.ts'
import { Temporal } from '../time.ts'
import { connect, withSessionSettings } from './connection.ts'
import { prepared } from './prepared.ts'

const { db, owner } = await testDatabase()

async function one(expression: ReturnType<typeof sql>): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(owner.read)
  return rows[0]?.value
}

test('column values lose nothing and are never JS Dates', async () => {
  expect(await one(sql`9007199254740991::int8`)).toBe(9007199254740991)
  expect(await one(sql`'2026-03-08'::date`)).toBe('2026-03-08')
  expect(await one(sql`0.10::numeric(4,2)`)).toBe('0.10')
  expect(String(await one(sql`'2026-03-08 01:59:59.5-06'::timestamptz`))).toBe('2026-03-08T07:59:59.5Z')
  expect(await one(sql`array[1, null]::int8[]`)).toEqual([1, null])
  expect(await one(sql`array['2026-03-08'::date]`)).toEqual(['2026-03-08'])
  expect(await one(sql`'{"a":[1]}'::jsonb`)).toEqual({ a: [1] })
  expect(await one(sql`'\\x00ff'::bytea`)).toEqual(Buffer.from([0, 255]))
})

test('an int8 beyond the safe integers is an error, not a rounded number', async () => {
  await expect(one(sql`9007199254740992::int8`)).rejects.toThrow('9007199254740992')
})

test('parameters go out as they came in', async () => {
  const noon = Temporal.Instant.from('2026-03-08T12:00:00.123456Z')
  expect(String(await one(sql`${noon}::timestamptz`))).toBe('2026-03-08T12:00:00.123456Z')
  expect(String(await one(sql`(${[noon]}::timestamptz[])[1]`))).toBe('2026-03-08T12:00:00.123456Z')
  expect(await one(sql`${'2026-03-08'}::date + 1`)).toBe('2026-03-09')
  expect(await one(sql`${Buffer.from([0, 39, 92, 255])}::bytea`)).toEqual(Buffer.from([0, 39, 92, 255]))
})

test('a marked statement is prepared once a connection, under its name, and takes new parameters', async () => {
  const plus = async (tx: typeof owner.read, n: number) => {
    const { rows } = await sql<{
      value: number
    }>`${prepared('plus_one')} select ${n}::int + 1 as value`.execute(tx)
    return rows[0]?.value
  }
  await owner.transaction(async (tx) => {
    expect([await plus(tx, 1), await plus(tx, 41)]).toEqual([2, 42])
    const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(tx)
    expect(rows).toEqual([{ name: 'plus_one' }])
  })
})

test('a transaction commits whole or not at all', async () => {
  await sql`create table item (n int primary key)`.execute(owner.read)
  await owner.transaction((tx) => sql`insert into item values (1)`.execute(tx))
  const failing = owner.transaction(async (tx) => {
    await sql`insert into item values (2)`.execute(tx)
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await one(sql`(select array_agg(n) from item)`)).toEqual([1])
})

test('a serialization failure is tried again', async () => {
  await sql`create table counter (n int8)`.execute(owner.read)
  await sql`insert into counter values (0)`.execute(owner.read)
  const runs = [0, 0]
  const increment = (index: number) =>
    owner.transaction(async (tx) => {
      runs[index] = (runs[index] ?? 0) + 1
      const { rows } = await sql<{ n: number }>`select n from counter`.execute(tx)
      await bothHaveRead(index)
      await sql`update counter set n = ${(rows[0]?.n ?? 0) + 1}`.execute(tx)
    }, 'serializable')
  const bothHaveRead = meeting(2)
  await Promise.all([increment(0), increment(1)])
  expect(await one(sql`(select n from counter)`)).toBe(2)
  expect((runs[0] ?? 0) + (runs[1] ?? 0)).toBe(3)
})

/** Lets nobody on before `size` different members have come. */
function meeting(size: number): (member: number) => Promise<void> {
  const members = new Set<number>()
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return (member) => {
    members.add(member)
    if (members.size === size) open()
    return opened
  }
}

test('the server works under its own role, in UTC', async () => {
  const { rows } = await sql<{ role: string; zone: string }>`
    select current_user as role, current_setting('TimeZone') as zone`.execute(db.read)
  expect(rows[0]).toEqual({ role: 'billwright_server', zone: 'UTC' })
})

test('session settings join those of the address', () => {
  const address = withSessionSettings(
    'postgresql://u:p%40@h:5433/d?options=-c%20work_mem%3D1MB&sslmode=require',
    {
      TimeZone: 'UTC',
    },
  )
  const parsed = new URL(address)
  expect(parsed.searchParams.get('options')).toBe('-c work_mem=1MB -c TimeZone=UTC')
  expect(parsed.password).toBe('p%40')
})

test('a wrong address is refused in one sentence', () => {
  expect(() => connect({ connectionString: 'localhost:5432' })).toThrow(Refusal)
})
